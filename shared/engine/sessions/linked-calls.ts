import type { EdgeKind } from '../../contract/report-json.ts';
import { numberAt } from '../../lib/numbers.ts';
import { sortIndices } from '../../lib/sort-indices.ts';
import { NONE, type CallColumns } from '../passes/chains/call-columns.ts';
import { EDGE_KINDS } from '../passes/chains/edges/edge-list.ts';
import type { GroupEdges } from '../passes/chains/group.ts';
import { NO_LANE, type Lanes } from '../passes/chains/sessions/lanes.ts';
import type { SqlDriver } from '../store/driver.ts';

/** `time_kind` of a call whose stamp is that of its end. */
const STAMPS_END = 1;
/** Rows read between two pauses. */
const PAGE = 10_000;
/** Kinds of edge by which one call was made to answer another. */
const CALLED: ReadonlySet<EdgeKind> = new Set(['trace', 'rpc', 'nesting']);

/** Calls in time order on the common clock, with what the analysis found between them. Units: times in µs, NaN where unknown. Cost: 68 bytes a call and 9 an edge. */
export interface LinkedCalls extends Pick<CallColumns, 'count' | 'start' | 'end' | 'clientIp' | 'userAgent' | 'credential'> {
  /** The call that each is another sighting of, and the one that it answers; NONE for neither. */
  readonly standing: Int32Array;
  readonly parentOf: Int32Array;
  /** Row id of the chain, 0 for none. */
  readonly chainOf: Int32Array;
  readonly edges: GroupEdges;
  readonly lanes: Lanes;
  readonly indexOf: (id: number) => number;
}

interface CallRow {
  readonly id: number;
  readonly source_id: number;
  readonly record: number;
  readonly time: number | null;
  readonly time_kind: number;
  readonly duration: number | null;
  readonly client_ip_id: number | null;
  readonly user_agent_id: number | null;
  readonly credential_id: number | null;
  readonly same_as: number | null;
  readonly chain_id: number | null;
  readonly lane_id: number | null;
}

const SELECT_PAGE = `SELECT c.id, c.source_id, c.record, c.time - coalesce(k.ahead, 0) AS time, c.time_kind, c.duration, c.client_ip_id, c.user_agent_id, c.credential_id,
    f.same_as, f.chain_id, l.lane_id
  FROM call c LEFT JOIN call_fact f ON f.call_id = c.id LEFT JOIN call_clock k ON k.call_id = c.id LEFT JOIN call_lane l ON l.call_id = c.id
  WHERE c.id > ? ORDER BY c.id LIMIT ${String(PAGE)}`;

/** Calls in the order in which they were read, and the places in order of time: as the pass sorts them. */
async function readCalls(db: SqlDriver, breathe: () => Promise<void>) {
  const { count = 0, last = 0 } =
    db.prepare('SELECT count(*) AS count, ifnull(max(id), 0) AS last FROM call').get<{ count: number; last: number }>() ?? {};
  const ids = (): Int32Array => new Int32Array(count);
  const columns = {
    id: ids(), start: new Float64Array(count), end: new Float64Array(count), rank: ids(), record: ids(),
    clientIp: ids(), userAgent: ids(), credential: ids(), same: ids(), chain: ids(), lane: ids(),
  }; // prettier-ignore
  const named = db.prepare('SELECT id FROM source ORDER BY name, id').all<{ id: number }>();
  const ranks = new Map(named.map(({ id }, rank) => [id, rank]));
  const page = db.prepare(SELECT_PAGE);
  let at = 0;
  for (let rows = page.all<CallRow>(0); rows.length > 0; rows = page.all<CallRow>(rows.at(-1)?.id ?? last)) {
    for (const row of rows) {
      const [time, duration] = [row.time ?? NaN, row.duration ?? 0];
      columns.id[at] = row.id;
      columns.start[at] = row.time_kind === STAMPS_END ? time - duration : time;
      columns.end[at] = numberAt(columns.start, at) + duration;
      columns.rank[at] = ranks.get(row.source_id) ?? 0;
      columns.record[at] = row.record;
      columns.clientIp[at] = row.client_ip_id ?? NONE;
      columns.userAgent[at] = row.user_agent_id ?? NONE;
      columns.credential[at] = row.credential_id ?? NONE;
      columns.same[at] = row.same_as ?? NONE;
      columns.chain[at] = row.chain_id ?? 0;
      columns.lane[at] = row.lane_id ?? NO_LANE;
      at += 1;
    }
    await breathe();
  }
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const timeOf = (index: number): number => (Number.isNaN(numberAt(columns.start, index)) ? Infinity : numberAt(columns.start, index));
  const compare = (a: number, b: number): number => {
    const [timeA, timeB] = [timeOf(a), timeOf(b)];
    if (timeA !== timeB) return timeA < timeB ? -1 : 1;
    return numberAt(columns.rank, a) - numberAt(columns.rank, b) || numberAt(columns.record, a) - numberAt(columns.record, b);
  };
  await sortIndices(order, compare, breathe);
  const places = new Int32Array(last + 1).fill(NONE);
  for (let place = 0; place < count; place += 1) places[numberAt(columns.id, numberAt(order, place))] = place;
  return { columns, order, places };
}

/** Edges in the order in which they were found, and who was called by whom. Shape: `indexOf` gives places of calls by row id. */
async function readEdges(db: SqlDriver, calls: number, indexOf: (id: number) => number, breathe: () => Promise<void>) {
  const parentOf = new Int32Array(calls).fill(NONE);
  const kinds = new Map<string, number>(EDGE_KINDS.map((kind, code) => [kind, code]));
  const most = db.prepare('SELECT count(*) AS most FROM edge').get<{ most: number }>()?.most ?? 0;
  const edges = { count: 0, from: new Int32Array(most), to: new Int32Array(most), kind: new Uint8Array(most) };
  const page = db.prepare(`SELECT id, from_call, to_call, kind FROM edge WHERE id > ? ORDER BY id LIMIT ${String(PAGE)}`);
  for (let rows = page.all<EdgeRow>(0); rows.length > 0; rows = page.all<EdgeRow>(rows.at(-1)?.id ?? Infinity)) {
    for (const { from_call, to_call, kind } of rows) {
      const [from, to] = [indexOf(from_call), indexOf(to_call)];
      if (from === NONE || to === NONE) continue;
      edges.from[edges.count] = from;
      edges.to[edges.count] = to;
      edges.kind[edges.count] = kinds.get(kind) ?? EDGE_KINDS.length - 1;
      edges.count += 1;
      if (CALLED.has(kind)) parentOf[to] = from;
    }
    await breathe();
  }
  return { edges, parentOf };
}

/** Reads all calls and edges as the last analysis left them. */
export async function readLinkedCalls(db: SqlDriver, breathe: () => Promise<void>): Promise<LinkedCalls> {
  const { columns, order, places } = await readCalls(db, breathe);
  const indexOf = (id: number): number => places[id] ?? NONE;
  const { edges, parentOf } = await readEdges(db, order.length, indexOf, breathe);
  const inOrder = (column: Int32Array): Int32Array => Int32Array.from(order, (index) => numberAt(column, index));
  const timesOf = (column: Float64Array): Float64Array => Float64Array.from(order, (index) => numberAt(column, index));
  const start = timesOf(columns.start);
  const standing = inOrder(columns.same).map((call) => (call === NONE ? NONE : indexOf(call)));
  const isRoot = (at: number): boolean => standing[at] === NONE && parentOf[at] === NONE && !Number.isNaN(numberAt(start, at));
  const kinds = db.prepare('SELECT kind FROM lane ORDER BY id').all<{ kind: string }>();
  return {
    count: order.length,
    start,
    end: timesOf(columns.end),
    clientIp: inOrder(columns.clientIp),
    userAgent: inOrder(columns.userAgent),
    credential: inOrder(columns.credential),
    standing,
    parentOf,
    chainOf: inOrder(columns.chain),
    edges,
    lanes: { laneOf: inOrder(columns.lane).map((lane, at) => (isRoot(at) ? lane : NONE)), kinds: kinds.map(({ kind }) => kind) },
    indexOf,
  };
}

interface EdgeRow {
  readonly id: number;
  readonly from_call: number;
  readonly to_call: number;
  readonly kind: EdgeKind;
}
