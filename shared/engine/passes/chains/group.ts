import type { EdgeKind } from '../../../contract/report-json.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { sortIndices } from '../../../lib/sort-indices.ts';
import { createUnionFind } from '../../../lib/union-find.ts';
import { NONE, type CallColumns } from './call-columns.ts';
import { EDGE_KINDS, type MergedEdge } from './edge-list.ts';
import { NO_KEY } from './session-keys.ts';

/** A chain grows only over pauses shorter than this, except within one trace. Units: µs. */
export const MAX_PAUSE = 30 * 60 * 1_000_000;
/** Nor longer than this in all: a cart that lives a week is no one piece of work. Units: µs. */
export const MAX_SPAN = 4 * 60 * 60 * 1_000_000;
/** Nor larger: a chain of more calls is no longer read by anyone. */
export const MAX_CALLS = 20_000;

/** Kinds that say that one call was made to answer another; they are the strongest. */
const CALLED: ReadonlySet<EdgeKind> = new Set(['trace', 'rpc', 'nesting']);

/** What grouping needs to know of an edge. */
export type GroupEdge = Pick<MergedEdge, 'from' | 'to' | 'kind'>;

/** What joins two calls: one trace, a call made to answer another, one value of a chosen key, or anything weaker. */
type Bond = 'trace' | 'called' | 'keyed' | 'loose';

/** Edges looked at between two pauses. */
const STRETCH = 20_000;

const strength = (edge: GroupEdge): number => EDGE_KINDS.indexOf(edge.kind);

/**
 * Groups calls that edges or a session join, strongest kinds first, so that weak links meet groups that strong ones have made. A link that would
 * stretch a group over a long pause or past its limits stays a link between two chains; so does one between two values of a key that the
 * analyst chose. Calls that carry one value are one piece of work however long it lasts.
 * Shape: edges in time order of their effect; `keyOf` gives NO_KEY for calls without a key.
 */
export async function groupCalls(
  calls: Pick<CallColumns, 'count' | 'start' | 'end'>,
  edges: readonly GroupEdge[],
  sessionOf: Int32Array,
  keyOf: (at: number) => number,
  breathe: () => Promise<void>,
): Promise<(at: number) => number> {
  const groups = createUnionFind(calls.count);
  const size = new Map<number, number>();
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  const keys = new Map<number, number>();
  const order = Uint32Array.from({ length: edges.length }, (_, index) => index);
  const strengths = Uint8Array.from(edges, strength);
  await sortIndices(order, (a, b) => numberAt(strengths, a) - numberAt(strengths, b) || a - b, breathe);
  const join = (from: number, to: number, bond: Bond): void => {
    const a = groups.find(from);
    const b = groups.find(to);
    if (a === b) return;
    const [keyA, keyB] = [keys.get(a) ?? keyOf(a), keys.get(b) ?? keyOf(b)];
    if (bond === 'loose' && keyA !== NO_KEY && keyB !== NO_KEY && keyA !== keyB) return;
    const start = Math.min(first.get(a) ?? numberAt(calls.start, a), first.get(b) ?? numberAt(calls.start, b));
    const end = Math.max(last.get(a) ?? numberAt(calls.end, a), last.get(b) ?? numberAt(calls.end, b));
    const count = (size.get(a) ?? 1) + (size.get(b) ?? 1);
    if (bond !== 'trace' && count > MAX_CALLS) return;
    if ((bond === 'called' || bond === 'loose') && end - start > MAX_SPAN) return;
    const root = groups.join(a, b);
    size.set(root, count);
    first.set(root, start);
    last.set(root, end);
    const key = keyA === NO_KEY ? keyB : keyA;
    if (key !== NO_KEY) keys.set(root, key);
  };
  let place = 0;
  // What one call led to is one piece of work, which sessions then hold together; other links come last and meet whole sessions.
  for (; place < order.length; place += 1) {
    if (place % STRETCH === 0) await breathe();
    const edge = edges[numberAt(order, place)];
    if (edge === undefined || !CALLED.has(edge.kind)) break;
    join(edge.from, edge.to, edge.kind === 'trace' ? 'trace' : 'called');
  }
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    const session = sessionOf[at] ?? NONE;
    if (session !== NONE && session !== at) join(session, at, keyOf(at) === NO_KEY ? 'loose' : 'keyed');
  }
  for (; place < order.length; place += 1) {
    if (place % STRETCH === 0) await breathe();
    const edge = edges[numberAt(order, place)];
    if (edge !== undefined && numberAt(calls.start, edge.to) - numberAt(calls.end, edge.from) <= MAX_PAUSE)
      join(edge.from, edge.to, 'loose');
  }
  return (at) => groups.find(at);
}

/** Calls of each group of two or more, in time order; groups by their first call. */
export function membersOf(
  calls: Pick<CallColumns, 'count'>,
  standing: Int32Array,
  groupOf: (at: number) => number,
): ReadonlyMap<number, readonly number[]> {
  const sizes = new Uint32Array(calls.count);
  const isMember = (at: number): boolean => standing[at] === NONE;
  for (let at = 0; at < calls.count; at += 1) if (isMember(at)) sizes[groupOf(at)] = numberAt(sizes, groupOf(at)) + 1;
  const members = new Map<number, number[]>();
  for (let at = 0; at < calls.count; at += 1) {
    const group = groupOf(at);
    if (!isMember(at) || numberAt(sizes, group) < 2) continue;
    const list = members.get(group);
    if (list === undefined) members.set(group, [at]);
    else list.push(at);
  }
  return members;
}
