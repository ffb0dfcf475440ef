import type { EdgeKind } from '../../../contract/report-json.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { sortIndices } from '../../../lib/sort-indices.ts';
import { createUnionFind } from '../../../lib/union-find.ts';
import { NONE, type CallColumns } from './call-columns.ts';
import { EDGE_KINDS, type MergedEdge } from './edge-list.ts';

/** A chain grows only over pauses shorter than this, except within one trace. Units: µs. */
export const MAX_PAUSE = 30 * 60 * 1_000_000;
/** Nor longer than this in all: a cart that lives a week is no one piece of work. Units: µs. */
export const MAX_SPAN = 4 * 60 * 60 * 1_000_000;
/** Nor larger: a chain of more calls is no longer read by anyone. */
export const MAX_CALLS = 20_000;

/** Kinds that say that one call was made to answer another; they are the strongest. */
const CALLED: ReadonlySet<EdgeKind> = new Set(['trace', 'rpc', 'nesting']);

/** Edges looked at between two pauses. */
const STRETCH = 20_000;

const strength = (edge: MergedEdge): number => EDGE_KINDS.indexOf(edge.kind);

/**
 * Groups calls that edges or a session join, strongest kinds first, so that weak links meet groups that strong ones have made. A link that would
 * stretch a group over a long pause or past its limits stays a link between two chains.
 * Shape: edges in time order of their effect.
 */
export async function groupCalls(
  calls: CallColumns,
  edges: readonly MergedEdge[],
  sessionOf: Int32Array,
  breathe: () => Promise<void>,
): Promise<(at: number) => number> {
  const groups = createUnionFind(calls.count);
  const size = new Map<number, number>();
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  const order = Uint32Array.from({ length: edges.length }, (_, index) => index);
  const strengths = Uint8Array.from(edges, strength);
  await sortIndices(order, (a, b) => numberAt(strengths, a) - numberAt(strengths, b) || a - b, breathe);
  const join = (from: number, to: number, isBound: boolean): void => {
    const a = groups.find(from);
    const b = groups.find(to);
    if (a === b) return;
    const start = Math.min(first.get(a) ?? numberAt(calls.start, a), first.get(b) ?? numberAt(calls.start, b));
    const end = Math.max(last.get(a) ?? numberAt(calls.end, a), last.get(b) ?? numberAt(calls.end, b));
    const count = (size.get(a) ?? 1) + (size.get(b) ?? 1);
    if (!isBound && (end - start > MAX_SPAN || count > MAX_CALLS)) return;
    const root = groups.join(a, b);
    size.set(root, count);
    first.set(root, start);
    last.set(root, end);
  };
  let place = 0;
  // What one call led to is one piece of work, which sessions then hold together; other links come last and meet whole sessions.
  for (; place < order.length; place += 1) {
    if (place % STRETCH === 0) await breathe();
    const edge = edges[numberAt(order, place)];
    if (edge === undefined || !CALLED.has(edge.kind)) break;
    join(edge.from, edge.to, edge.kind === 'trace');
  }
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    const session = sessionOf[at] ?? NONE;
    if (session !== NONE && session !== at) join(session, at, false);
  }
  for (; place < order.length; place += 1) {
    if (place % STRETCH === 0) await breathe();
    const edge = edges[numberAt(order, place)];
    if (edge !== undefined && numberAt(calls.start, edge.to) - numberAt(calls.end, edge.from) <= MAX_PAUSE) join(edge.from, edge.to, false);
  }
  return (at) => groups.find(at);
}

/** Calls of each group of two or more, in time order; groups by their first call. */
export function membersOf(
  calls: CallColumns,
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
