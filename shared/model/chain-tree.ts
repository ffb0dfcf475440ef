import { numberAt } from '../lib/numbers.ts';

/** Kinds of edge from the strongest proof to none at all; the strongest one says which call is the cause. */
const STRENGTH = ['trace', 'rpc', 'nesting', 'redirect', 'pagination', 'credential', 'initiator', 'value', 'adjacent'] as const;

/** No cause inside the chain. */
export const ROOT = -1;

/** An edge between two calls of one chain, by their places in its order of time. */
export interface TreeEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: (typeof STRENGTH)[number];
  readonly confidence: number;
}

const strength = (edge: TreeEdge): number => STRENGTH.indexOf(edge.kind);

/** The tree of a chain, by place of the effect; ROOT where there is none. */
export interface CauseTree {
  readonly cause: Int32Array;
  /** The edge that proves it, as its place among those given: for a page the one from the page before it. */
  readonly proof: Int32Array;
}

/**
 * The cause of each call that is proved best, or ROOT. A page fetched after another page of the same route is its sibling; so is a call that
 * only came after another one, since order alone is no cause. An edge that would close a circle is not used.
 * Cost: a sort of the edges; circles are looked for only once an edge runs against time.
 * Example: a call, the list that it asked for, the list's second page: ROOT, the call, the call.
 */
export function findCauseTree(count: number, edges: readonly TreeEdge[], isSameRoute: (a: number, b: number) => boolean): CauseTree {
  const proved = new Int32Array(count).fill(ROOT);
  const proof = new Int32Array(count).fill(ROOT);
  const isPage = new Uint8Array(count);
  let isBackward = false;
  const closesCircle = (from: number, to: number): boolean => {
    for (let at = from; at !== ROOT; at = numberAt(proved, at)) if (at === to) return true;
    return false;
  };
  for (const { edge, at } of strongestFirst(edges)) {
    if (proved[edge.to] !== ROOT) continue;
    isBackward ||= edge.from > edge.to;
    if (isBackward && closesCircle(edge.from, edge.to)) continue;
    proved[edge.to] = edge.from;
    proof[edge.to] = at;
    if (edge.kind === 'pagination' && isSameRoute(edge.from, edge.to)) isPage[edge.to] = 1;
  }
  // In order of time, so that the thousandth page need not walk back over all others.
  const cause = proved.slice();
  for (let at = 0; at < count; at += 1) {
    let first = at;
    while (isPage[first] === 1 && numberAt(proved, first) > at) first = numberAt(proved, first);
    cause[at] = isPage[first] === 1 ? numberAt(cause, numberAt(proved, first)) : numberAt(proved, first);
  }
  return { cause, proof };
}

/** The causes alone: see `findCauseTree`. */
export const findCauses = (count: number, edges: readonly TreeEdge[], isSameRoute: (a: number, b: number) => boolean): Int32Array =>
  findCauseTree(count, edges, isSameRoute).cause;

/** Among equal proofs what came before is the likelier cause. */
const isBack = ({ from, to }: TreeEdge): number => (from > to ? 1 : 0);

/** The edges that may show a cause, each with its place. */
const strongestFirst = (edges: readonly TreeEdge[]): readonly { readonly edge: TreeEdge; readonly at: number }[] =>
  edges
    .map((edge, at) => ({ edge, at, strength: strength(edge) }))
    .filter(({ edge: { from, to, kind } }) => from !== to && kind !== 'adjacent')
    .sort(
      (a, b) =>
        a.strength - b.strength ||
        b.edge.confidence - a.edge.confidence ||
        isBack(a.edge) - isBack(b.edge) ||
        a.edge.to - b.edge.to ||
        a.edge.from - b.edge.from,
    );

/** What each call led to, in order of time; calls without a cause stand under ROOT. */
export function effectsOf(cause: Int32Array): ReadonlyMap<number, readonly number[]> {
  const effects = new Map<number, number[]>();
  for (let at = 0; at < cause.length; at += 1) {
    const own = numberAt(cause, at);
    const list = effects.get(own);
    if (list === undefined) effects.set(own, [at]);
    else list.push(at);
  }
  return effects;
}

/** All calls, causes before their effects. Shape: no recursion, a chain may be thousands of calls deep. */
export function causesFirst(effects: ReadonlyMap<number, readonly number[]>): readonly number[] {
  const order = [...(effects.get(ROOT) ?? [])];
  for (const at of order) for (const effect of effects.get(at) ?? []) order.push(effect); // the loop sees what it adds
  return order;
}

/** The call that a chain begins with. */
export interface RootCause {
  readonly at: number;
  /** Calls that follow from it, over any number of steps. */
  readonly follows: number;
  /** Calls without a cause inside the chain. */
  readonly roots: number;
}

/**
 * Finds the root cause in a tree of causes: the call that at least half of the others follow from, else the first that has no cause.
 * Shape: at least one call, in time order.
 */
export function findRootCause(cause: Int32Array): RootCause {
  const effects = effectsOf(cause);
  const below = new Int32Array(cause.length);
  for (const at of causesFirst(effects).toReversed()) {
    const own = numberAt(cause, at);
    if (own !== ROOT) below[own] = numberAt(below, own) + numberAt(below, at) + 1;
  }
  const roots = effects.get(ROOT) ?? [];
  const first = roots[0] ?? 0;
  const most = roots.find((root) => numberAt(below, root) * 2 >= cause.length - 1) ?? first;
  return { at: most, follows: numberAt(below, most), roots: roots.length };
}
