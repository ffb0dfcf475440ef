import type { PathStep, Treatment, ValueKind } from '../../../lib/json-cutter.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { headText } from '../../../lib/text-bytes.ts';
import { toKnownText, toLooseText, toObject } from '../read/fields.ts';
import type { ByteSource, DocumentImporter, Imported, ReadContext } from '../importer.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { readPieces } from '../read/read-pieces.ts';
import type { ParsedPiece } from '../read/read-pieces.ts';
import type { Batch } from '../read/reading.ts';
import { createTimeCheck, toIssue } from '../read/reading.ts';
import { toOtlpAttributes } from '../traces/attributes.ts';
import { giveSpan } from '../traces/give-span.ts';
import { LateContext } from '../traces/late-context.ts';
import { toOwnAddress } from '../traces/own-address.ts';
import { durationOfNanos, timeOfNanos, toNanos, toSpanId, toSpanSide } from '../traces/span.ts';
import type { Span } from '../traces/span.ts';

/** Lists of resources: of the standard, of writers that keep protobuf's names, and of Tempo's API. */
const RESOURCE_LISTS = ['resourceSpans', 'resource_spans', 'batches'];
const SCOPE_LISTS = ['scopeSpans', 'scope_spans', 'instrumentationLibrarySpans', 'instrumentation_library_spans'];
/** The other signals, which stand in the same files of a collector. */
const OTHER_SIGNALS = ['resourceLogs', 'resource_logs', 'resourceMetrics', 'resource_metrics', 'resourceProfiles'];

/**
 * Traces of OpenTelemetry as OTLP/JSON: one document, or one request a line as the collector's file exporter writes them. A span
 * is a record; a span of HTTP, RPC, MCP, a model or a tool is a call.
 * Source: opentelemetry-proto, `trace.proto` and its JSON mapping. Read in the spellings of the wild: ids in hex or base64, kinds as
 * numbers or names, nanoseconds as texts or numbers, camel or snake case, `batches` of Tempo.
 */
export const otlpTraces = {
  id: 'otlp-traces',
  title: 'OpenTelemetry traces (OTLP/JSON)',
  extensions: ['.json', '.jsonl', '.ndjson'],
  holds:
    'time, duration, trace and span ids, method, URL, status, route, service and peer of HTTP and RPC spans; model and tool calls with what they were given; headers and bodies only where they were recorded',
  recognize(head) {
    const objects = listJsonKeys(head);
    const list = RESOURCE_LISTS.find((name) => objects.some((object) => object.has(name) || object.has(`trace.${name}`)));
    if (list === undefined) return { strength: 'none', why: 'no resourceSpans' };
    if (list !== 'batches') return { strength: 'magic', why: `JSON with a list ${list}` };
    const scopes = SCOPE_LISTS.find((name) => headText(head).includes(`"${name}"`));
    if (scopes === undefined) return { strength: 'none', why: 'batches, but no scopeSpans in them' };
    return { strength: 'magic', why: `JSON with batches of ${scopes}, as Tempo writes it` };
  },
  records: 'document',
  read: readOtlp,
} as const satisfies DocumentImporter;

/** The path without the list around the documents and without Tempo's `trace`. */
function plainPath(path: readonly PathStep[]): readonly PathStep[] {
  const inner = typeof path[0] === 'number' ? path.slice(1) : path;
  return inner[0] === 'trace' ? inner.slice(1) : inner;
}

const isOneOf = (names: readonly string[], step: PathStep | undefined): boolean => typeof step === 'string' && names.includes(step);

function treat(path: readonly PathStep[], kind: ValueKind): Treatment {
  if (kind !== 'object' && kind !== 'array') return 'skip';
  const [list, , member, , inner] = plainPath(path);
  const depth = plainPath(path).length;
  if (depth === 0) return 'enter';
  if (isOneOf(OTHER_SIGNALS, list)) return depth === 1 ? 'enter' : 'cut';
  if (!isOneOf(RESOURCE_LISTS, list)) return 'skip';
  if (depth <= 2) return 'enter';
  if (member === 'resource') return 'cut';
  if (!isOneOf(SCOPE_LISTS, member)) return 'skip';
  if (depth <= 4) return 'enter';
  if (inner !== 'spans') return 'skip';
  return depth === 5 ? 'enter' : 'cut';
}

function isRecord(path: readonly PathStep[]): boolean {
  const plain = plainPath(path);
  return plain[4] === 'spans' || (plain.length === 2 && isOneOf(OTHER_SIGNALS, plain[0]));
}

function readOtlp(source: ByteSource, context: ReadContext): AsyncGenerator<readonly Imported[]> {
  const checkTime = createTimeCheck();
  const resources = new LateContext<ReadonlyMap<string, Json>>();
  const takeSpan = (piece: ParsedPiece, batch: Batch): void => {
    const { value } = piece;
    resources.add(groupOf(piece), (resource) => {
      if (isJsonObject(value)) giveSpan(toSpan(value, resource), piece, batch, checkTime);
      else batch.add(toIssue('reject', 'FIELD_TYPE', 'the span is not an object', piece, piece.text));
    });
  };
  return readPieces(source, context, {
    treat,
    isRecord,
    take(piece, batch) {
      const [list, , member] = plainPath(piece.path);
      if (isOneOf(OTHER_SIGNALS, list))
        batch.add(toIssue('skip', 'NOT_HTTP', `${String(list)}: another signal than traces`, piece, piece.text));
      else if (member === 'resource') resources.learn(groupOf(piece), toOtlpAttributes(toObject(piece.value)['attributes']));
      else takeSpan(piece, batch);
    },
    finish(batch) {
      resources.flush();
      if (resources.overflowed)
        batch.add({ kind: 'note', text: 'A resource stands behind more spans than are held: they have no service.' });
    },
  });
}

/** The element of `resourceSpans` that a piece stands in. */
function groupOf({ document, path }: ParsedPiece): string {
  const [list, index] = plainPath(path);
  return `${String(document)}/${typeof path[0] === 'number' ? String(path[0]) : ''}/${String(list)}/${String(index)}`;
}

function toSpan(span: JsonObject, resource: ReadonlyMap<string, Json> | undefined): Span {
  const start = toLooseText(span['startTimeUnixNano'] ?? span['start_time_unix_nano']);
  const end = toLooseText(span['endTimeUnixNano'] ?? span['end_time_unix_nano']);
  return {
    traceId: toSpanId(span['traceId'] ?? span['trace_id'], 16),
    spanId: toSpanId(span['spanId'] ?? span['span_id'], 8),
    parentSpanId: toSpanId(span['parentSpanId'] ?? span['parent_span_id'], 8),
    name: toKnownText(span['name']),
    side: toSpanSide(span['kind']),
    time: timeOfNanos(toNanos(start)),
    timeText: start,
    duration: durationOfNanos(toNanos(start), toNanos(end)),
    attributes: toOtlpAttributes(span['attributes']),
    outcome: toOutcome(toObject(span['status'])),
    service: toKnownText(resource?.get('service.name')),
    version: toKnownText(resource?.get('service.version')),
    address: toOwnAddress(resource),
  };
}

/** Source: `Status.StatusCode`: 0 unset, 1 ok, 2 error. */
function toOutcome(status: JsonObject): string | undefined {
  const code = toLooseText(status['code'])?.replace('STATUS_CODE_', '').toLowerCase();
  const word = code === '2' ? 'error' : code === '1' ? 'ok' : code === '0' || code === 'unset' ? undefined : code;
  const message = toKnownText(status['message']);
  return word === undefined ? message : message === undefined ? word : `${word}: ${message}`;
}
