import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { numberAt } from '#shared/lib/numbers.ts';
import { toOutcome } from '#shared/model/call-outcome.ts';
import { alikeKey } from '#shared/model/chain-folds.ts';
import { findCauseTree } from '#shared/model/chain-tree.ts';
import { foldKeyOf, foldNodes, stepOf, type NodeFold } from './fold-facts.ts';
import type { TreeNode } from './tree-node.ts';

/**
 * One row of a waterfall: a call, or alike siblings folded into one. `expanded` of a call: its effects are in sight,
 * undefined when it has none. `expanded` of a fold: its calls stand one by one; else their effects follow it together.
 */
export type TreeRow =
  | {
      readonly kind: 'call';
      readonly key: string;
      readonly node: TreeNode;
      readonly calls: readonly [DrawnCall];
      readonly depth: number;
      readonly expanded: boolean | undefined;
    }
  | {
      readonly kind: 'fold';
      readonly key: string;
      readonly fold: NodeFold;
      readonly calls: readonly DrawnCall[];
      readonly depth: number;
      readonly expanded: boolean;
    };

/**
 * Arranges the calls of a chain as a forest, as `findCauseTree` finds it: every call hangs under the cause that is proved best,
 * in time order. A call that only came after another one has no cause; the link that says so is its `edge` all the same.
 * Shape: every call comes out exactly once.
 */
export function toForest(calls: readonly DrawnCall[], edges: readonly EdgeJson[]): readonly TreeNode[] {
  const places = new Map(calls.map((call, place) => [call.ref, place]));
  const inside = edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    return from === undefined || to === undefined ? [] : [{ from, to, kind: edge.kind, confidence: edge.confidence, edge }];
  });
  const isSameRoute = (a: number, b: number): boolean => keyAt(calls, a) === keyAt(calls, b);
  const { cause, proof } = findCauseTree(calls.length, inside, isSameRoute);
  const order = new Map(inside.flatMap(({ to, kind, edge }) => (kind === 'adjacent' ? [[to, edge] as const] : [])));
  const nodes = calls.map((call, place) => ({
    call,
    order: place,
    edge: inside[numberAt(proof, place)]?.edge ?? order.get(place),
    children: [] as TreeNode[],
  }));
  const roots: TreeNode[] = [];
  for (const [place, node] of nodes.entries()) (nodes[numberAt(cause, place)]?.children ?? roots).push(node);
  return roots;
}

const keyAt = (calls: readonly DrawnCall[], place: number): string | undefined => {
  const call = calls[place];
  return call === undefined ? undefined : alikeKey(stepOf(call), toOutcome(call));
};

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
 * led to is never hidden. Nothing is lost: opening everything gives every call once, but for what `leavesOut` is true of, which is left out with all
 * that it led to.
 */
export function toRows(
  forest: readonly TreeNode[],
  { level, folds, toggled }: Unfolding,
  leavesOut: (fold: NodeFold) => boolean = () => false,
): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const work: { readonly fold: NodeFold; readonly depth: number }[] = [];
  const push = (folds: readonly NodeFold[], depth: number): void => {
    for (const fold of folds.toReversed()) if (!leavesOut(fold)) work.push({ fold, depth });
  };
  // Who opens a fold asks for each of its calls.
  const pushAll = (nodes: readonly TreeNode[], depth: number): void => {
    for (const node of nodes.toReversed()) work.push({ fold: { members: [node] }, depth });
  };
  push(foldNodes(forest), 0);
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { fold, depth } = next;
    const { members } = fold;
    const [only] = members;
    if (members.length > 1) {
      const key = foldKeyOf(fold);
      const expanded = folds !== toggled.has(key);
      rows.push({ kind: 'fold', key, fold, calls: members.map(({ call }) => call), depth, expanded });
      if (expanded) pushAll(members, depth + 1);
      else if (depth + 1 < level) push(foldNodes(members.flatMap((node) => node.children)), depth + 1);
    } else if (only !== undefined) {
      const open = depth + 1 < level !== toggled.has(only.call.ref);
      const expanded = only.children.length === 0 ? undefined : open;
      rows.push({ kind: 'call', key: only.call.ref, node: only, calls: [only.call], depth, expanded });
      if (open) push(foldNodes(only.children), depth + 1);
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
