import { numberAt } from '../../../lib/numbers.ts';
import { sortIndices } from '../../../lib/sort-indices.ts';
import { textHash } from '../../../lib/text-hash.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** Rows read at a time, so that other work gets in between. */
const PAGE = 10_000;

/** `time_kind` of a call whose stamp is that of its end. */
const STAMPS_END = 1;

/** Terms and ids that a call lacks. */
export const NONE = -1;

/**
 * All calls of the case as columns, in time order (calls without a time last, in evidence order). A million calls are at most
 * 111 MB like this, less what stays 0 throughout; as objects they would be eight times that. The order comes from the evidence alone, not from row ids.
 * What one step alone asks for (URLs, referers) is read there.
 * Units: times in µs; hashes are `textHash`, 0 where absent; ids are row ids, NONE where absent.
 */
export interface CallColumns {
  readonly count: number;
  /** Row ids and records are counted up: 32 bits hold more of them than a case can. */
  readonly id: Uint32Array;
  readonly record: Uint32Array;
  readonly source: Int32Array;
  /** NaN where the evidence has no time. Corrected for clock offsets once those are known. */
  readonly start: Float64Array;
  /** Start where the duration is unknown. */
  readonly end: Float64Array;
  readonly timeKind: Uint8Array;
  /** What was taken off start and end as the clock's offset; 0 where nothing was. */
  readonly offset: Float64Array;
  readonly method: Int32Array;
  readonly host: Int32Array;
  readonly clientIp: Int32Array;
  readonly userAgent: Int32Array;
  readonly upstream: Int32Array;
  readonly credential: Int32Array;
  readonly principal: Int32Array;
  readonly endpoint: Int32Array;
  readonly status: Int16Array;
  readonly path: Float64Array;
  readonly query: Float64Array;
  readonly trace: Float64Array;
  readonly span: Float64Array;
  readonly parentSpan: Float64Array;
  readonly requestId: Float64Array;
}

export interface SourceInfo {
  readonly id: number;
  readonly name: string;
  readonly format: string;
}

interface CallRecord {
  id: number; source_id: number; record: number; time: number | null; time_kind: number; duration: number | null;
  method_id: number | null; host_id: number | null; path: string | null; query: string | null; status: number | null;
  client_ip_id: number | null; user_agent_id: number | null; upstream_id: number | null;
  credential_id: number | null; trace_id: string | null; span_id: string | null; parent_span_id: string | null;
  request_id: string | null; principal_id: number | null; endpoint_id: number | null;
} // prettier-ignore

const hashOrZero = (text: string | null): number => (text === null || text === '' ? 0 : textHash(text));

/** Writes nothing where there is nothing to write: the memory of a column that stays empty is never touched, so that it is never taken. */
function setHash(column: Float64Array, at: number, text: string | null): void {
  if (text !== null && text !== '') column[at] = textHash(text);
}

/** Sources that hold calls, by id. */
export function readSources(db: SqlDriver): ReadonlyMap<number, SourceInfo> {
  const rows = db.prepare('SELECT id, name, format FROM source').all<{ id: number; name: string; format: string | null }>();
  return new Map(rows.map((row) => [row.id, { id: row.id, name: row.name, format: row.format ?? '' }]));
}

const allocate = (count: number): CallColumns => ({
  count,
  id: new Uint32Array(count),
  record: new Uint32Array(count),
  source: new Int32Array(count),
  start: new Float64Array(count),
  end: new Float64Array(count),
  timeKind: new Uint8Array(count),
  offset: new Float64Array(count),
  method: new Int32Array(count),
  host: new Int32Array(count),
  clientIp: new Int32Array(count),
  userAgent: new Int32Array(count),
  upstream: new Int32Array(count),
  credential: new Int32Array(count),
  principal: new Int32Array(count),
  endpoint: new Int32Array(count),
  status: new Int16Array(count),
  path: new Float64Array(count),
  query: new Float64Array(count),
  trace: new Float64Array(count),
  span: new Float64Array(count),
  parentSpan: new Float64Array(count),
  requestId: new Float64Array(count),
});

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
  to.path[at] = hashOrZero(row.path);
  setHash(to.query, at, row.query);
  setHash(to.trace, at, row.trace_id);
  setHash(to.span, at, row.span_id);
  setHash(to.parentSpan, at, row.parent_span_id);
  setHash(to.requestId, at, row.request_id);
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

type Column = Float64Array | Uint32Array | Int32Array | Int16Array | Uint8Array;

/** The columns themselves, without the count. */
const columnsOf = (columns: CallColumns): readonly Column[] =>
  Object.values(columns).filter((column: Column | number): column is Column => typeof column !== 'number');

/** Brings all columns into time order. */
async function sortCalls(columns: CallColumns, sources: ReadonlyMap<number, SourceInfo>, breathe: () => Promise<void>): Promise<void> {
  const names = [...sources.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id));
  const rank = new Map(names.map((source, index) => [source.id, index]));
  const order = Uint32Array.from({ length: columns.count }, (_, index) => index);
  await sortIndices(order, (a, b) => compareCalls(columns, rank, a, b), breathe);
  if (order.every((from, at) => from === at)) return;
  const spare = new Float64Array(columns.count);
  for (const column of columnsOf(columns)) {
    if (!column.some((value) => value !== 0)) continue;
    spare.set(column);
    for (let at = 0; at < columns.count; at += 1) column[at] = numberAt(spare, numberAt(order, at));
    await breathe();
  }
}

/** Reads all calls; `breathe` is called between pages. Calls that are no request at all (malformed) take part like any other. */
export async function readCallColumns(
  db: SqlDriver,
  sources: ReadonlyMap<number, SourceInfo>,
  breathe: () => Promise<void>,
): Promise<CallColumns> {
  const count = db.prepare('SELECT count(*) AS count FROM call').get<{ count: number }>()?.count ?? 0;
  const columns = allocate(count);
  const page = db.prepare(
    `SELECT c.id, c.source_id, c.record, c.time, c.time_kind, c.duration, c.method_id, c.host_id, c.path, c.query, c.status,
            c.client_ip_id, c.user_agent_id, c.upstream_id, c.credential_id, c.trace_id, c.span_id, c.parent_span_id,
            c.request_id, f.principal_id, f.endpoint_id
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
