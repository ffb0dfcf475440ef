import type { PathStep, Treatment, ValueKind } from '../../../lib/json-cutter.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { headText } from '../../../lib/text-bytes.ts';
import { durationMs } from '../../../model/units.ts';
import { toKnownText, toLooseText, toNumber, toObject } from '../read/fields.ts';
import type { ByteSource, DocumentImporter, Imported, ReadContext } from '../importer.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { readPieces } from '../read/read-pieces.ts';
import { createTimeCheck, toIssue } from '../read/reading.ts';
import { giveSpan } from '../traces/give-span.ts';
import { timeOfMicros, toSpanId, toSpanSide } from '../traces/span.ts';
import type { Span } from '../traces/span.ts';

/**
 * Traces of Zipkin's second format: a list of spans, a list of traces as its API answers, or spans one a line.
 * Source: zipkin-api, `zipkin2-api.yaml`. Times and durations are microseconds, tags are a map of texts, and both sides of a call may
 * share one span id (`shared`).
 */
export const zipkin = {
  id: 'zipkin',
  title: 'Zipkin traces (JSON)',
  extensions: ['.json', '.jsonl'],
  holds:
    'time, duration, trace and span ids, method, path, status, service and both endpoints of HTTP and RPC spans, whatever else their tags hold; no headers or bodies',
  recognize(head) {
    const isSpan = (keys: ReadonlySet<string>): boolean =>
      keys.has('traceId') &&
      keys.has('id') &&
      ['localEndpoint', 'remoteEndpoint', 'localEndpoint.serviceName'].some((key) => keys.has(key));
    const traces = /^\s*\[\s*(\[[\s\S]*)$/.exec(headText(head))?.[1];
    const objects = traces === undefined ? listJsonKeys(head) : listJsonKeys(new TextEncoder().encode(traces));
    if (objects.some(isSpan)) return { strength: 'magic', why: 'JSON spans with traceId, id and localEndpoint' };
    return { strength: 'none', why: 'no spans with traceId, id and localEndpoint' };
  },
  records: 'document',
  read: readZipkin,
} as const satisfies DocumentImporter;

const treat = (path: readonly PathStep[], kind: ValueKind): Treatment =>
  kind === 'array' && path.length < 2 ? 'enter' : kind === 'object' || path.length > 0 ? 'cut' : 'skip';

function readZipkin(source: ByteSource, context: ReadContext): AsyncGenerator<readonly Imported[]> {
  const checkTime = createTimeCheck();
  return readPieces(source, context, {
    treat,
    isRecord: () => true,
    take(piece, batch) {
      if (isJsonObject(piece.value)) giveSpan(toSpan(piece.value), piece, batch, checkTime);
      else batch.add(toIssue('reject', 'FIELD_TYPE', 'the span is not an object', piece, piece.text));
    },
    finish: () => undefined,
  });
}

function toSpan(span: JsonObject): Span {
  const tags = Object.entries(toObject(span['tags']));
  const attributes = new Map<string, Json>(tags);
  const remote = toObject(span['remoteEndpoint']);
  const address = toKnownText(remote['ipv4']) ?? toKnownText(remote['ipv6']);
  const port = toNumber(remote['port']);
  if (address !== undefined) attributes.set('network.peer.address', address);
  if (port !== undefined) attributes.set('network.peer.port', port);
  const remoteName = toKnownText(remote['serviceName']);
  if (remoteName !== undefined) attributes.set('peer.service', remoteName);
  if (span['shared'] === true) attributes.set('shared', true);
  const local = toObject(span['localEndpoint']);
  const error = attributes.get('error');
  const duration = toNumber(span['duration']);
  return {
    traceId: toSpanId(span['traceId'], 16),
    spanId: toSpanId(span['id'], 8),
    parentSpanId: toSpanId(span['parentId'], 8),
    name: toKnownText(span['name']),
    side: toSpanSide(span['kind']),
    time: timeOfMicros(toNumber(span['timestamp'])),
    timeText: toLooseText(span['timestamp']),
    duration: duration === undefined || duration < 0 ? undefined : durationMs(duration / 1000),
    attributes,
    outcome: error === undefined ? undefined : `error: ${toLooseText(error) ?? ''}`.replace(/: $/, ''),
    service: toKnownText(local['serviceName']),
    address: toKnownText(local['ipv4']) ?? toKnownText(local['ipv6']),
  };
}
