import type { EdgeJson } from '../contract/report-json.ts';
import type { CallRow, ChainDetail } from '../contract/rows.ts';
import { groupBy } from '../lib/group-by.ts';
import { parseIsoTime } from '../lib/iso-time.ts';
import { textHash } from '../lib/text-hash.ts';
import { startOfCall } from '../model/call-start.ts';
import { commonTime, movedWords } from '../model/common-time.ts';
import { bestCauses } from './causes.ts';

/** Source: opentelemetry-proto, `Span.SpanKind` and `Status.StatusCode`. */
const SPAN_KIND = { server: 2, client: 3 } as const;
const STATUS_ERROR = 2;

type Value = { readonly stringValue: string } | { readonly intValue: string } | { readonly doubleValue: number };

interface Attribute {
  readonly key: string;
  readonly value: Value;
}

const text = (key: string, value: string | undefined): readonly Attribute[] =>
  value === undefined ? [] : [{ key, value: { stringValue: value } }];
/** 64-bit integers stand as texts in protobuf's JSON. */
const whole = (key: string, value: number | undefined): readonly Attribute[] => (value === undefined ? [] : [{ key, value: { intValue: String(value) } }]); // prettier-ignore

/** Hex digits out of a text; the same text gives the same, two texts hardly ever. Shape: at most 26 digits. */
const hexOf = (seed: string, digits: number): string =>
  `${textHash(`a ${seed}`).toString(16).padStart(14, '0').slice(-13)}${textHash(`b ${seed}`).toString(16).padStart(14, '0').slice(-13)}`.slice(0, digits); // prettier-ignore

const traceIdOf = (chain: string): string => `${hexOf(`trace ${chain}`, 26)}${hexOf(`more ${chain}`, 6)}`;

/** A span id for every call; never all zeros, never twice. */
function spanIds(calls: readonly CallRow[]): ReadonlyMap<string, string> {
  const used = new Set<string>(['0000000000000000']);
  const ids = new Map<string, string>();
  for (const { ref } of calls) {
    let id = hexOf(ref, 16);
    for (let round = 1; used.has(id); round += 1) id = hexOf(`${ref} ${String(round)}`, 16);
    used.add(id);
    ids.set(ref, id);
  }
  return ids;
}

/** µs since 1970 of a printed time; `undefined` where there is none. */
function microsOf(time: string | undefined): number | undefined {
  const parsed = time === undefined ? undefined : parseIsoTime(time, 0);
  return parsed === undefined || typeof parsed === 'string' ? undefined : parsed.time;
}

/** Begin and end on the clock that the chain was linked on: a viewer draws spans of one trace on one axis. Times of a double hold µs: the last three digits of nanoseconds are zeros. */
function stretchOf(call: CallRow, fallback: number): { readonly start: string; readonly end: string } {
  const stamp = microsOf(commonTime(call)) ?? fallback;
  const duration = Math.round((call.durationMs ?? 0) * 1000);
  const start = startOfCall(stamp, call.timeKind, call.durationMs);
  return { start: `${String(start)}000`, end: `${String(start + duration)}000` };
}

const aboutEdge = ({ kind, why, confidence, fromAt, toAt }: EdgeJson): readonly Attribute[] => [
  ...text('spoor.edge.kind', kind),
  ...text('spoor.edge.why', why),
  { key: 'spoor.edge.confidence', value: { doubleValue: confidence } },
  ...text('spoor.edge.from_at', fromAt),
  ...text('spoor.edge.to_at', toAt),
];

/** What a call says of itself, in the names of the semantic conventions; what has none begins with `spoor`. */
function attributesOf(call: CallRow): readonly Attribute[] {
  return [
    ...text('http.request.method', call.method),
    ...text('url.scheme', call.scheme),
    ...text('server.address', call.host),
    ...whole('server.port', call.port),
    ...text('url.path', call.path),
    ...text('url.query', call.query),
    ...whole('http.response.status_code', call.status),
    ...whole('http.request.body.size', call.reqBytes),
    ...whole('http.response.body.size', call.resBytes),
    ...text('client.address', call.clientIp),
    ...text('user_agent.original', call.userAgent),
    ...text('enduser.id', call.principalLabel),
    ...text('spoor.ref', call.ref),
    ...text('spoor.credential', call.credential),
    ...text('spoor.tool', call.tool),
    ...text('spoor.trace_id', call.traceId),
    ...text('spoor.span_id', call.spanId),
    ...text('spoor.time', call.time === undefined ? 'none' : undefined),
    ...text('spoor.stamp', call.clockAheadMs === undefined ? undefined : call.time),
    ...text('spoor.clock', movedWords(call)),
  ];
}

/**
 * A chain as one trace in OTLP/JSON: a span a call, its best cause as its parent, every other edge as a link. Ids are made from the
 * chain and the references, so that the same chain gives the same file; those of the evidence stand beside, as attributes.
 * Source: opentelemetry-proto, `trace.proto` and its JSON mapping (ids in hex, 64-bit numbers as texts).
 */
export function toOtlp({ chain, calls, edges }: ChainDetail, version: string): object {
  const traceId = traceIdOf(chain.id);
  const ids = spanIds(calls);
  const causes = bestCauses([...ids.keys()], edges);
  const others = groupBy(edges.filter((edge) => causes.get(edge.to) !== edge), ({ to }) => to);
  const fallback = microsOf(chain.start) ?? 0;
  const spanOf = (call: CallRow): object => {
    const cause = causes.get(call.ref);
    const { start, end } = stretchOf(call, fallback);
    const links = (others.get(call.ref) ?? []).flatMap((edge) => {
      const spanId = ids.get(edge.from);
      return spanId === undefined ? [] : [{ traceId, spanId, attributes: aboutEdge(edge) }];
    });
    return {
      traceId,
      spanId: ids.get(call.ref),
      ...(cause === undefined ? {} : { parentSpanId: ids.get(cause.from) }),
      name: `${call.method ?? 'call'} ${call.endpoint?.slice(Math.max(0, call.endpoint.indexOf('/'))) ?? call.path ?? ''}`.trim(),
      kind: call.format === 'har' ? SPAN_KIND.client : SPAN_KIND.server,
      startTimeUnixNano: start,
      endTimeUnixNano: end,
      attributes: [...attributesOf(call), ...(cause === undefined ? [] : aboutEdge(cause))],
      status: call.status !== undefined && call.status >= 500 ? { code: STATUS_ERROR } : {},
      ...(links.length === 0 ? {} : { links }),
    };
  };
  const services = groupBy(calls, (call) => call.service ?? call.host ?? 'unknown');
  return {
    resourceSpans: [...services].map(([service, list]) => ({
      resource: { attributes: text('service.name', service) },
      scopeSpans: [{ scope: { name: 'spoor', version }, spans: list.map(spanOf) }],
    })),
  };
} // prettier-ignore
