import type { PathStep, Treatment, ValueKind } from '../../../lib/json-cutter.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { takeHead } from '../../../lib/bytes.ts';
import { durationMs } from '../../../model/units.ts';
import { toKnownText, toLooseText, toNumber, toObject } from '../read/fields.ts';
import type { ByteSource, DocumentImporter, Imported, ReadContext } from '../importer.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { readPieces } from '../read/read-pieces.ts';
import type { ParsedPiece } from '../read/read-pieces.ts';
import type { Batch } from '../read/reading.ts';
import { createTimeCheck, toIssue } from '../read/reading.ts';
import { toJaegerTags } from '../traces/attributes.ts';
import { giveSpan } from '../traces/give-span.ts';
import { LateContext } from '../traces/late-context.ts';
import { timeOfMicros, toSpanId, toSpanSide } from '../traces/span.ts';
import type { Span } from '../traces/span.ts';

/** What is looked at to tell how the spans stand in the file. Units: bytes. */
const HEAD_BYTES = 64 * 1024;

/**
 * How the spans stand in a file: in traces below `data` (the API's answers), in traces alone or in a list (the UI's download), or
 * each for itself, as Elasticsearch keeps them (alone, in lines, or in the answer of a search).
 */
type Layout = 'api' | 'traces' | 'documents' | 'search';

/**
 * Traces of Jaeger: what its API and UI give out, and the documents that it keeps in Elasticsearch. A span is a record.
 * Source: Jaeger's UI model and Elasticsearch schema, with the fixtures of its repository. Processes stand behind the spans that name
 * them; whole numbers may be texts; Elasticsearch holds tags also in a map whose keys have `@` for dots.
 */
export const jaeger = {
  id: 'jaeger',
  title: 'Jaeger traces (JSON)',
  extensions: ['.json', '.jsonl'],
  holds:
    'time, duration, trace and span ids, method, URL, status, service and peer of HTTP and RPC spans, whatever else their tags hold; no headers or bodies',
  recognize(head) {
    const found = findLayout(head);
    if (found === undefined) return { strength: 'none', why: 'no traces with spans and processes' };
    return { strength: 'magic', why: found.why };
  },
  records: 'document',
  read: readJaeger,
} as const satisfies DocumentImporter;

function findLayout(head: Uint8Array): { readonly layout: Layout; readonly why: string } | undefined {
  const objects = listJsonKeys(head);
  const some = (...keys: readonly string[]): boolean => objects.some((object) => keys.every((key) => object.has(key)));
  const names = new Set(listNames(head));
  const isTrace = names.has('traceID') && names.has('spans');
  if (some('traceID', 'spanID', 'operationName')) return { layout: 'documents', why: 'JSON spans with traceID, spanID and operationName' };
  if (some('_source.traceID', '_source.operationName')) return { layout: 'documents', why: 'spans of Jaeger as Elasticsearch documents' };
  if (some('hits.hits') && names.has('traceID') && names.has('operationName'))
    return { layout: 'search', why: 'spans of Jaeger in the answer of a search' };
  if (some('data') && isTrace && names.has('operationName'))
    return { layout: 'api', why: 'JSON with traces below data, as the API of Jaeger answers' };
  if (some('traceID', 'spans')) return { layout: 'traces', why: 'JSON traces with traceID and spans' };
  return undefined;
}

/** Names of members anywhere in the head. */
const listNames = (head: Uint8Array): readonly string[] =>
  [...new TextDecoder().decode(head).matchAll(/"(traceID|spans|operationName)"\s*:/g)].map((match) => match[1] ?? '');

/** Where the traces, or in the last two layouts the spans, stand. */
const ABOVE: Record<Layout, readonly string[]> = { api: ['data'], traces: [], documents: [], search: ['hits', 'hits'] };

/** The path from the list of traces or spans on, its index left out; `undefined` above it and beside it. */
function innerPath(path: readonly PathStep[], layout: Layout): readonly PathStep[] | undefined {
  const above = ABOVE[layout];
  if (!above.every((step, at) => path[at] === step)) return undefined;
  const inner = path.slice(above.length);
  return typeof inner[0] === 'number' ? inner.slice(1) : inner;
}

function treatFor(layout: Layout): (path: readonly PathStep[], kind: ValueKind) => Treatment {
  const above = ABOVE[layout];
  return (path, kind) => {
    if (kind !== 'object' && kind !== 'array') return 'skip';
    if (path.length < above.length) return path.every((step, at) => step === above[at]) ? 'enter' : 'skip';
    const inner = innerPath(path, layout);
    if (inner === undefined) return 'skip';
    if (inner.length === 0 && kind === 'array') return 'enter';
    if (layout === 'documents' || layout === 'search') return 'cut';
    if (inner.length === 0) return 'enter';
    if (inner.length === 1) return inner[0] === 'spans' && kind === 'array' ? 'enter' : inner[0] === 'processes' ? 'cut' : 'skip';
    return 'cut';
  };
}

type Processes = JsonObject;

async function* readJaeger(source: ByteSource, context: ReadContext): AsyncGenerator<readonly Imported[]> {
  const { head, all } = await takeHead(source.chunks(), HEAD_BYTES);
  const layout = findLayout(head)?.layout ?? 'api';
  const checkTime = createTimeCheck();
  const traces = new LateContext<Processes>();
  const give = (piece: ParsedPiece, batch: Batch, processes: Processes | undefined): void => {
    const span = unwrapDocument(piece.value);
    if (span === undefined) batch.add(toIssue('reject', 'FIELD_TYPE', 'the span is not an object', piece, piece.text));
    else giveSpan(toSpan(span, processes), piece, batch, checkTime);
  };
  const isAlone = layout === 'documents' || layout === 'search';
  yield* readPieces({ name: source.name, size: source.size, chunks: () => all }, context, {
    treat: treatFor(layout),
    isRecord: (path) => isAlone || innerPath(path, layout)?.[0] === 'spans',
    take(piece, batch) {
      if (isAlone) give(piece, batch, undefined);
      else if (innerPath(piece.path, layout)?.[0] === 'processes') traces.learn(groupOf(piece, layout), toObject(piece.value));
      else traces.add(groupOf(piece, layout), (processes) => give(piece, batch, processes));
    },
    finish(batch) {
      traces.flush();
      if (traces.overflowed)
        batch.add({ kind: 'note', text: 'A trace has more spans than are held for its processes: some have no service.' });
    },
  });
}

/** The trace that a piece stands in. */
function groupOf({ document, path }: ParsedPiece, layout: Layout): string {
  const index = path[ABOVE[layout].length];
  return `${String(document)}/${typeof index === 'number' ? String(index) : ''}`;
}

const unwrapDocument = (value: Json): JsonObject | undefined => {
  if (!isJsonObject(value)) return undefined;
  return isJsonObject(value['_source']) ? value['_source'] : value;
};

function toSpan(span: JsonObject, processes: Processes | undefined): Span {
  const processId = toKnownText(span['processID']);
  const process = isJsonObject(span['process']) ? span['process'] : toObject(processId === undefined ? undefined : processes?.[processId]);
  const attributes = toJaegerTags(span['tags']);
  for (const [key, value] of Object.entries(toObject(span['tag']))) attributes.set(key.replaceAll('@', '.'), value);
  const side = attributes.get('span.kind');
  attributes.delete('span.kind');
  const outcome =
    attributes.get('otel.status_code') ?? (attributes.get('error') === true || attributes.get('error') === 'true' ? 'error' : undefined);
  const start = toLooseText(span['startTime']);
  const duration = toNumber(span['duration']);
  return {
    traceId: toSpanId(span['traceID'], 16),
    spanId: toSpanId(span['spanID'], 8),
    parentSpanId: toParent(span),
    name: toKnownText(span['operationName']),
    side: toSpanSide(side),
    time: timeOfMicros(toNumber(span['startTime'])),
    timeText: start,
    duration: duration === undefined || duration < 0 ? undefined : durationMs(duration / 1000),
    attributes,
    outcome: toOutcome(outcome, attributes.get('otel.status_description')),
    service: toKnownText(process['serviceName']),
    version: toLooseText(toJaegerTags(process['tags']).get('service.version')),
  };
}

const toOutcome = (code: Json | undefined, message: Json | undefined): string | undefined => {
  const word = toKnownText(code)?.toLowerCase();
  const said = toKnownText(message);
  return word === undefined || said === undefined ? word : `${word}: ${said}`;
};

/** The parent is the first reference of the same trace; before references there was a member of its own. */
function toParent(span: JsonObject): string | undefined {
  const references = Array.isArray(span['references']) ? (span['references'] as readonly Json[]).filter(isJsonObject) : [];
  const own = references.filter((reference) => reference['traceID'] === undefined || reference['traceID'] === span['traceID']);
  const parent = own.find((reference) => reference['refType'] === 'CHILD_OF') ?? own[0];
  return toSpanId(parent?.['spanID'] ?? span['parentSpanID'], 8);
}
