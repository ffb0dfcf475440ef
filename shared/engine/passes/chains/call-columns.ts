import { letGo } from '../../../lib/let-go.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { narrowArray, type NarrowArray } from '../../../lib/narrow-array.ts';
import type { SourceJson } from '../../../contract/report-json.ts';
import { permute } from '../../../lib/permute.ts';
import { FAILED_SQL } from '../../store/call-answer.ts';
import { sortIndices } from '../../../lib/sort-indices.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { findOuterSpans } from './parents/outer-spans.ts';
import { readTextCodes } from './values/text-codes.ts';

/** Rows read at a time, so that other work gets in between; each is an object for the moment. */
const PAGE = 500;

/** `time_kind` of a call whose stamp is that of its end. */
const STAMPS_END = 1;

/** Terms and ids that a call lacks. */
export const NONE = -1;

/**
 * All calls of the case as columns, in time order (calls without a time last, in evidence order). Each column is as narrow as its numbers allow, so
 * that a million calls of one log take some 45 MB; as objects they would take twenty times that. The order comes from the evidence alone, not from
 * row ids. What one step alone asks for (URLs, referers) is read there; what no later step asks for is let go (`letGo`).
 * Units: times in µs; path, query and ids of traces, spans and requests are numbers for texts (`readTextCodes`), 0 where absent; `span` and
 * `parentSpan` share theirs; the other ids are row ids, NONE where absent.
 */
export interface CallColumns {
  readonly count: number;
  readonly id: NarrowArray;
  readonly record: NarrowArray;
  readonly source: NarrowArray;
  /** NaN where the evidence has no time. Corrected for clock offsets once those are known. */
  readonly start: Float64Array;
  /** Start where the duration is unknown. */
  readonly end: Float64Array;
  readonly timeKind: Uint8Array;
  /** What was taken off start and end as the clock's offset; 0 where nothing was. */
  readonly offset: Float64Array;
  readonly method: NarrowArray;
  readonly host: NarrowArray;
  readonly clientIp: NarrowArray;
  readonly userAgent: NarrowArray;
  readonly upstream: NarrowArray;
  readonly credential: NarrowArray;
  readonly principal: NarrowArray;
  readonly endpoint: NarrowArray;
  readonly status: Int16Array;
  /** 1 for a call that came to nothing, as `is:failed` finds it. */
  readonly failed: Uint8Array;
  readonly path: NarrowArray;
  readonly query: NarrowArray;
  readonly trace: NarrowArray;
  readonly span: NarrowArray;
  readonly parentSpan: NarrowArray;
  readonly requestId: NarrowArray;
}

export interface SourceInfo {
  readonly id: number;
  readonly name: string;
  readonly format: string;
  /** False where stamps that name no zone were taken for UTC. */
  readonly namesZone: boolean;
}

interface CallRecord {
  id: number; source_id: number; record: number; time: number | null; time_kind: number; duration: number | null;
  method_id: number | null; host_id: number | null; status: number | null; failed: 0 | 1;
  client_ip_id: number | null; user_agent_id: number | null; upstream_id: number | null;
  credential_id: number | null; principal_id: number | null; endpoint_id: number | null;
} // prettier-ignore

/** Sources that hold calls, by id. */
export function readSources(db: SqlDriver): ReadonlyMap<number, SourceInfo> {
  const rows = db
    .prepare('SELECT id, name, format, timezone FROM source')
    .all<{ id: number; name: string; format: string | null; timezone: SourceJson['timezone'] }>();
  return new Map(
    rows.map(({ id, name, format, timezone }) => [id, { id, name, format: format ?? '', namesZone: timezone !== 'assumed UTC' }]),
  );
}

/** The largest number of each column, which says how wide it must be. */
function readLargest(
  db: SqlDriver,
): Readonly<Record<'count' | Exclude<keyof CallRecord, 'time' | 'time_kind' | 'duration' | 'status' | 'failed'>, number>> {
  const columns = [
    'id',
    'source_id',
    'record',
    'method_id',
    'host_id',
    'client_ip_id',
    'user_agent_id',
    'upstream_id',
    'credential_id',
  ] as const;
  const ofCalls = db
    .prepare(`SELECT count(*) AS count, ${columns.map((column) => `coalesce(max(${column}), 0) AS ${column}`).join(', ')} FROM call`)
    .get<Record<'count' | (typeof columns)[number], number>>();
  const ofFacts = db
    .prepare(
      'SELECT (SELECT coalesce(max(id), 0) FROM principal) AS principal_id, (SELECT coalesce(max(id), 0) FROM endpoint) AS endpoint_id',
    )
    .get<{ principal_id: number; endpoint_id: number }>();
  if (ofCalls === undefined || ofFacts === undefined) throw new Error('an aggregate gave no row');
  return { ...ofCalls, ...ofFacts };
}

async function allocate(db: SqlDriver, breathe: () => Promise<void>): Promise<CallColumns> {
  const largest = readLargest(db);
  const { count } = largest;
  // As many lists of codes as columns are asked for; the empty one satisfies the types alone.
  const none = new Int8Array();
  const [path = none] = await readTextCodes(db, ['path'], count, breathe);
  const [query = none] = await readTextCodes(db, ['query'], count, breathe);
  const [trace = none] = await readTextCodes(db, ['trace_id'], count, breathe);
  const [requestId = none] = await readTextCodes(db, ['request_id'], count, breathe);
  findOuterSpans(db);
  const [span = none, parentSpan = none] = await readTextCodes(db, ['span_id', 'parent_span_id'], count, breathe);
  const room = (column: Exclude<keyof typeof largest, 'count'>): NarrowArray => narrowArray(count, largest[column]);
  return {
    count,
    id: room('id'),
    record: room('record'),
    source: room('source_id'),
    start: new Float64Array(count),
    end: new Float64Array(count),
    timeKind: new Uint8Array(count),
    offset: new Float64Array(count),
    method: room('method_id'),
    host: room('host_id'),
    clientIp: room('client_ip_id'),
    userAgent: room('user_agent_id'),
    upstream: room('upstream_id'),
    credential: room('credential_id'),
    principal: room('principal_id'),
    endpoint: room('endpoint_id'),
    status: new Int16Array(count),
    failed: new Uint8Array(count),
    path,
    query,
    trace,
    span,
    parentSpan,
    requestId,
  };
}

function fill(to: CallColumns, at: number, row: CallRecord): void {
  to.id[at] = row.id;
  to.record[at] = row.record;
  to.source[at] = row.source_id;
  // A source that stamps the end of a call began it a duration earlier.
  const time = row.time ?? NaN;
  const duration = row.duration ?? 0;
  to.start[at] = row.time_kind === STAMPS_END ? time - duration : time;
  to.end[at] = row.time_kind === STAMPS_END ? time : time + duration;
  to.timeKind[at] = row.time_kind;
  to.method[at] = row.method_id ?? NONE;
  to.host[at] = row.host_id ?? NONE;
  to.clientIp[at] = row.client_ip_id ?? NONE;
  to.userAgent[at] = row.user_agent_id ?? NONE;
  to.upstream[at] = row.upstream_id ?? NONE;
  to.credential[at] = row.credential_id ?? NONE;
  to.principal[at] = row.principal_id ?? NONE;
  to.endpoint[at] = row.endpoint_id ?? NONE;
  to.status[at] = row.status ?? NONE;
  to.failed[at] = row.failed;
}

/** Compares two calls by time, then by where they stand in the evidence; a call without a time comes after all others. */
const compareCalls = (columns: CallColumns, rankOfSource: ReadonlyMap<number, number>, a: number, b: number): number => {
  const startA = numberAt(columns.start, a);
  const startB = numberAt(columns.start, b);
  if (startA < startB) return -1;
  if (startA > startB) return 1;
  const untimed = Number(Number.isNaN(startA)) - Number(Number.isNaN(startB));
  if (untimed !== 0) return untimed;
  const bySource = (rankOfSource.get(numberAt(columns.source, a)) ?? 0) - (rankOfSource.get(numberAt(columns.source, b)) ?? 0);
  return bySource === 0 ? numberAt(columns.record, a) - numberAt(columns.record, b) : bySource;
};

type Column = Float64Array | Uint8Array | NarrowArray;

/** The columns that hold anything, without the count: those that nobody filled are never touched, so that they take no memory. */
const columnsOf = (columns: CallColumns): readonly Column[] =>
  Object.values(columns).filter(
    (column: Column | number): column is Column => typeof column !== 'number' && column.some((value: number) => value !== 0),
  );

/** Brings all columns into time order. */
async function sortCalls(columns: CallColumns, sources: ReadonlyMap<number, SourceInfo>, breathe: () => Promise<void>): Promise<void> {
  const names = [...sources.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id));
  const rank = new Map(names.map((source, index) => [source.id, index]));
  let sorted = 1;
  while (sorted < columns.count && compareCalls(columns, rank, sorted - 1, sorted) <= 0) sorted += 1;
  if (sorted >= columns.count) return;
  const order = Uint32Array.from({ length: columns.count }, (_, index) => index);
  await sortIndices(order, (a, b) => compareCalls(columns, rank, a, b), breathe);
  for (const column of columnsOf(columns)) {
    permute([column], order);
    await breathe();
  }
  letGo(order);
}

/** Reads all calls; `breathe` is called between pages. Calls that are no request at all (malformed) take part like any other. */
export async function readCallColumns(
  db: SqlDriver,
  sources: ReadonlyMap<number, SourceInfo>,
  breathe: () => Promise<void>,
): Promise<CallColumns> {
  const columns = await allocate(db, breathe);
  const { count } = columns;
  const page = db.prepare(
    `SELECT c.id, c.source_id, c.record, c.time, c.time_kind, c.duration, c.method_id, c.host_id, c.status, ${FAILED_SQL} AS failed,
            c.client_ip_id, c.user_agent_id, c.upstream_id, c.credential_id, f.principal_id, f.endpoint_id
     FROM call c LEFT JOIN call_fact f ON f.call_id = c.id
     WHERE c.id > ? ORDER BY c.id LIMIT ${String(PAGE)}`,
  );
  let after = 0;
  for (let at = 0; at < count;) {
    const rows = page.all<CallRecord>(after);
    if (rows.length === 0) break;
    for (const row of rows) {
      fill(columns, at, row);
      at += 1;
      after = row.id;
    }
    await breathe();
  }
  await sortCalls(columns, sources, breathe);
  return columns;
}

/** A look-up from row id to index. Cost: 4 bytes a call; row ids are nearly dense, so an array does. */
export function indexOfId(columns: CallColumns): (id: number) => number {
  let last = 0;
  for (let at = 0; at < columns.count; at += 1) last = Math.max(last, numberAt(columns.id, at));
  const index = new Int32Array(last + 1).fill(NONE);
  for (let at = 0; at < columns.count; at += 1) index[numberAt(columns.id, at)] = at;
  return (id) => index[id] ?? NONE;
}

/** The time as it was stamped, before clocks were set. Units: µs. */
export const stampOf = (columns: CallColumns, at: number): number =>
  Math.round(numberAt(columns.timeKind[at] === STAMPS_END ? columns.end : columns.start, at) + numberAt(columns.offset, at));

/** Re-sorts after clock offsets moved the starts. */
export const resort = (columns: CallColumns, sources: ReadonlyMap<number, SourceInfo>, breathe: () => Promise<void>): Promise<void> =>
  sortCalls(columns, sources, breathe);
