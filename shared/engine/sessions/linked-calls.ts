import type { EdgeKind } from '../../contract/report-json.ts';
import { numberAt } from '../../lib/numbers.ts';
import { sortIndices } from '../../lib/sort-indices.ts';
import { NONE } from '../passes/chains/call-columns.ts';
import { EDGE_KINDS } from '../passes/chains/edges/edge-list.ts';
import type { GroupEdges } from '../passes/chains/group.ts';
import type { SqlDriver } from '../store/driver.ts';

/** `time_kind` of a call whose stamp is that of its end. */
const STAMPS_END = 1;
/** Rows read between two pauses. */
const PAGE = 10_000;
/** Kinds of edge by which one call was made to answer another. */
const CALLED: ReadonlySet<EdgeKind> = new Set(['trace', 'rpc', 'nesting']);

/** Calls in time order with what the analysis found between them. Units: times in µs, NaN where unknown. Cost: 52 bytes a call and 9 an edge. */
export interface LinkedCalls {
  readonly count: number;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** The call that each is another sighting of, and the one that it answers; NONE for neither. */
  readonly standing: Int32Array;
  readonly parentOf: Int32Array;
  /** Row id of the chain, 0 for none. */
  readonly chainOf: Int32Array;
  readonly edges: GroupEdges;
  readonly indexOf: (id: number) => number;
}

interface CallRow {
  readonly id: number;
  readonly time: number | null;
  readonly time_kind: number;
  readonly duration: number | null;
  readonly same_as: number | null;
  readonly chain_id: number | null;
}

/** Places of calls by row id, which is nearly dense. */
async function readCalls(db: SqlDriver, breathe: () => Promise<void>) {
  const { count = 0, last = 0 } =
    db.prepare('SELECT count(*) AS count, ifnull(max(id), 0) AS last FROM call').get<{ count: number; last: number }>() ?? {};
  const columns = {
    id: new Float64Array(count),
    start: new Float64Array(count),
    end: new Float64Array(count),
    same: new Float64Array(count),
    chain: new Int32Array(count),
  };
  const page = db.prepare(
    `SELECT c.id, c.time, c.time_kind, c.duration, f.same_as, f.chain_id FROM call c LEFT JOIN call_fact f ON f.call_id = c.id
     WHERE c.id > ? ORDER BY c.id LIMIT ${String(PAGE)}`,
  );
  let at = 0;
  for (let rows = page.all<CallRow>(0); rows.length > 0; rows = page.all<CallRow>(rows.at(-1)?.id ?? last)) {
    for (const row of rows) {
      const [time, duration] = [row.time ?? NaN, row.duration ?? 0];
      columns.id[at] = row.id;
      columns.start[at] = row.time_kind === STAMPS_END ? time - duration : time;
      columns.end[at] = numberAt(columns.start, at) + duration;
      columns.same[at] = row.same_as ?? NONE;
      columns.chain[at] = row.chain_id ?? 0;
      at += 1;
    }
    await breathe();
  }
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const rankOf = (index: number): number => (Number.isNaN(numberAt(columns.start, index)) ? Infinity : numberAt(columns.start, index));
  await sortIndices(order, (a, b) => (rankOf(a) < rankOf(b) ? -1 : rankOf(a) > rankOf(b) ? 1 : a - b), breathe);
  const places = new Int32Array(last + 1).fill(NONE);
  for (let place = 0; place < count; place += 1) places[numberAt(columns.id, numberAt(order, place))] = place;
  return { columns, order, places };
}

/** Reads all calls and edges as the last analysis left them. */
export async function readLinkedCalls(db: SqlDriver, breathe: () => Promise<void>): Promise<LinkedCalls> {
  const { columns, order, places } = await readCalls(db, breathe);
  const indexOf = (id: number): number => places[id] ?? NONE;
  const count = order.length;
  const parentOf = new Int32Array(count).fill(NONE);
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
  return {
    count,
    start: Float64Array.from(order, (index) => numberAt(columns.start, index)),
    end: Float64Array.from(order, (index) => numberAt(columns.end, index)),
    standing: Int32Array.from(order, (index) => (numberAt(columns.same, index) === NONE ? NONE : indexOf(numberAt(columns.same, index)))),
    chainOf: Int32Array.from(order, (index) => numberAt(columns.chain, index)),
    parentOf,
    edges,
    indexOf,
  };
}

interface EdgeRow {
  readonly id: number;
  readonly from_call: number;
  readonly to_call: number;
  readonly kind: EdgeKind;
}
