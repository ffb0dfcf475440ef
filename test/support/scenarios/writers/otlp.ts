import type { Exchange } from '../core/exchange.ts';
import type { Writer } from '../core/source.ts';
import type { Random } from '../../large/random.ts';
import { toEpochNanos } from './stamps.ts';

/** Source: `Span.SpanKind` of opentelemetry-proto. */
const SERVER = 2;
/** Source: `Status.StatusCode`; a server sets it for its own failures only. */
const ERROR = 2;

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string } | { readonly intValue: string };
}

const text = (key: string, value: string): Attribute => ({ key, value: { stringValue: value } });
/** The JSON of protobuf writes 64-bit numbers as texts. */
const number = (key: string, value: number): Attribute => ({ key, value: { intValue: String(value) } });

/** Source: OpenTelemetry semantic conventions, HTTP server spans. */
function toAttributes({ method, path, query, operation, status, host, from, party, headers }: Exchange): readonly Attribute[] {
  return [
    text('http.request.method', method),
    text('url.scheme', 'http'),
    text('url.path', path),
    ...(query === '' ? [] : [text('url.query', query)]),
    ...(operation === undefined ? [] : [text('http.route', operation.path)]),
    number('http.response.status_code', status),
    text('server.address', host),
    // From X-Forwarded-For, where the caller passed a request of somebody else on.
    text('client.address', party.ip),
    text('network.peer.address', from),
    text('user_agent.original', headers['user-agent'] ?? ''),
    ...(status >= 500 ? [text('error.type', String(status))] : []),
  ];
}

/** Sampled, and known whether the parent is of another process: no, and yes. Source: `SpanFlags` of opentelemetry-proto. */
const FLAGS = { own: 0x101, remote: 0x301 } as const;

/** Where the span stands in its trace; a caller without a trace makes the service begin one. */
function toContext({ trace }: Exchange, random: Random) {
  if (trace === undefined) return { traceId: random.hex(32), spanId: random.hex(16), flags: FLAGS.own };
  const { traceId, spanId, parentSpanId } = trace;
  return { traceId, spanId, ...(parentSpanId === undefined ? {} : { parentSpanId }), flags: FLAGS.remote };
}

/**
 * Spans of services as the collector's file exporter writes them: one `ExportTraceServiceRequest` a line, here with one SERVER span.
 */
export const otlp: Writer = {
  format: 'otlp-traces',
  shows: 'network',
  orderedBy: 'end',
  write: ({ exchange, start, end, random }) => {
    const { method, operation, service, status, to } = exchange;
    const attributes = [
      text('service.name', service ?? 'unknown_service'),
      text('service.instance.id', to),
      text('telemetry.sdk.language', 'java'),
      text('telemetry.sdk.name', 'opentelemetry'),
      text('telemetry.sdk.version', '1.54.1'),
    ];
    const span = {
      ...toContext(exchange, random),
      name: operation === undefined ? method : `${method} ${operation.path}`,
      kind: SERVER,
      startTimeUnixNano: toEpochNanos(start),
      endTimeUnixNano: toEpochNanos(end),
      attributes: toAttributes(exchange),
      status: status >= 500 ? { code: ERROR } : {},
    };
    const scope = { name: 'io.opentelemetry.netty-4.1', version: '2.20.1-alpha' };
    return JSON.stringify({
      resourceSpans: [
        { resource: { attributes }, scopeSpans: [{ scope, spans: [span] }], schemaUrl: 'https://opentelemetry.io/schemas/1.37.0' },
      ],
    });
  },
};
