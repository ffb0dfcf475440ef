import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { createUnionFind } from '#shared/lib/union-find.ts';
import { foldKeyOf, groupAlike, isAlike } from './chain-folds.ts';
import type { TreeNode } from './tree-node.ts';

/** Kinds of edge from the strongest proof to none at all; the strongest one says which call is the cause. */
const STRENGTH: readonly EdgeKind[] = ['trace', 'rpc', 'nesting', 'redirect', 'pagination', 'credential', 'initiator', 'value', 'adjacent'];
/**
 * One row of a waterfall: a call, or alike siblings folded into one. `expanded` of a call: its effects are in sight,
 * undefined when it has none. `expanded` of a fold: its calls stand one by one; else their effects follow it together.
 */
export type TreeRow =
  | {
      readonly kind: 'call';
      readonly key: string;
      readonly node: TreeNode;
      readonly calls: readonly [CallRow];
      readonly depth: number;
      readonly expanded: boolean | undefined;
    }
  | {
      readonly kind: 'fold';
      readonly key: string;
      readonly nodes: readonly TreeNode[];
      readonly calls: readonly CallRow[];
      readonly depth: number;
      readonly expanded: boolean;
    };

const strength = (edge: EdgeJson): number => STRENGTH.indexOf(edge.kind);

/**
 * Arranges the calls of a chain as a forest: every call hangs under the cause that is proved best, in time order.
 * A page fetched after another page is its sibling, not its child, so that a long listing stays flat; so is a call that
 * only came after another one, since order alone is no cause.
 * Shape: every call comes out exactly once; an edge that would close a circle is not used.
 */
export function toForest(calls: readonly CallRow[], edges: readonly EdgeJson[]): readonly TreeNode[] {
  const known = new Map(calls.map((call) => [call.ref, call]));
  const causes = new Map<string, EdgeJson>();
  const positions = new Map(calls.map((call, index) => [call.ref, index]));
  const trees = createUnionFind(calls.length);
  for (const edge of edges.toSorted((a, b) => strength(a) - strength(b) || b.confidence - a.confidence)) {
    const [from, to] = [positions.get(edge.from), positions.get(edge.to)];
    // What has no cause yet is the root of its tree, so a cause inside that tree would close a circle.
    if (from === undefined || to === undefined || causes.has(edge.to) || trees.find(from) === trees.find(to)) continue;
    trees.join(from, to);
    causes.set(edge.to, edge);
  }
  const parentOf = (call: CallRow): string | undefined => {
    let edge = causes.get(call.ref);
    while (edge !== undefined && (edge.kind === 'adjacent' || (edge.kind === 'pagination' && sameRoute(known.get(edge.from), call))))
      edge = causes.get(edge.from);
    return edge?.from;
  };
  const childrenOf = new Map<string | undefined, CallRow[]>();
  for (const call of calls) {
    const parent = parentOf(call);
    const siblings = childrenOf.get(parent);
    if (siblings === undefined) childrenOf.set(parent, [call]);
    else siblings.push(call);
  }
  // Bottom up without recursion: a chain may be thousands of calls deep.
  const built = new Map<string, TreeNode>();
  const order: CallRow[] = [...(childrenOf.get(undefined) ?? [])];
  for (const call of order) for (const child of childrenOf.get(call.ref) ?? []) order.push(child); // the loop sees what it adds
  const nodesOf = (siblings: readonly CallRow[]): readonly TreeNode[] => siblings.flatMap((call) => built.get(call.ref) ?? []);
  for (const call of order.toReversed())
    built.set(call.ref, {
      call,
      order: positions.get(call.ref) ?? 0,
      edge: causes.get(call.ref),
      children: nodesOf(childrenOf.get(call.ref) ?? []),
    });
  return nodesOf(childrenOf.get(undefined) ?? []);
}

const sameRoute = (a: CallRow | undefined, b: CallRow): boolean => a !== undefined && isAlike(a, b);

/** How far a waterfall is unfolded. */
export interface Unfolding {
  /** Calls above this depth show their effects, those below it do not. Units: levels, 1 for the roots alone. */
  readonly level: number;
  /** True when alike calls stand one by one. */
  readonly folds: boolean;
  /** Rows by key that are the other way than these two say. */
  readonly toggled: ReadonlySet<string>;
}

/** Every effect in sight, alike calls folded. */
export const UNFOLDED: Unfolding = { level: Infinity, folds: false, toggled: new Set() };

/**
 * The rows that are in sight. Below a closed fold stand the effects of all its calls, folded in turn, so that what a fold
 * led to is never hidden. Nothing is lost: opening everything gives every call once.
 */
export function toRows(forest: readonly TreeNode[], { level, folds, toggled }: Unfolding): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const work: { readonly nodes: readonly TreeNode[]; readonly depth: number; readonly folded: boolean }[] = [];
  const push = (groups: readonly (readonly TreeNode[])[], depth: number): void => {
    for (const group of groups.toReversed()) work.push({ nodes: group, depth, folded: group.length > 1 });
  };
  push(groupAlike(forest), 0);
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { nodes, depth } = next;
    const [only] = nodes;
    if (next.folded) {
      const key = foldKeyOf(nodes);
      const expanded = folds !== toggled.has(key);
      rows.push({ kind: 'fold', key, nodes, calls: nodes.map(({ call }) => call), depth, expanded });
      if (expanded)
        push(
          nodes.map((node) => [node]),
          depth + 1,
        );
      else if (depth + 1 < level) push(groupAlike(nodes.flatMap((node) => node.children)), depth + 1);
    } else if (only !== undefined) {
      const open = depth + 1 < level !== toggled.has(only.call.ref);
      const expanded = only.children.length === 0 ? undefined : open;
      rows.push({ kind: 'call', key: only.call.ref, node: only, calls: [only.call], depth, expanded });
      if (open) push(groupAlike(only.children), depth + 1);
    }
  }
  return rows;
}

/** How many levels of cause and effect a chain has. */
export function depthOf(forest: readonly TreeNode[]): number {
  let depth = 0;
  for (let level = forest; level.length > 0; level = level.flatMap(({ children }) => children)) depth += 1;
  return depth;
}
