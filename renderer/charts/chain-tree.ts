import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';
import type { CallRow } from '#shared/contract/rows.ts';

/** Kinds of edge from the strongest proof to none at all; the strongest one says which call is the cause. */
const STRENGTH: readonly EdgeKind[] = ['trace', 'rpc', 'nesting', 'redirect', 'pagination', 'credential', 'initiator', 'value', 'adjacent'];
/** From this many alike siblings on they are folded; two rows are quicker read than explained. */
const FOLD_FROM = 3;

/** A call with the calls that it led to. */
export interface TreeNode {
  readonly call: CallRow;
  /** Position of the call in the chain's order of time. */
  readonly order: number;
  /** The edge that makes it a child; absent for a root. */
  readonly edge: EdgeJson | undefined;
  readonly children: readonly TreeNode[];
}

/**
 * One row of a waterfall: a call, or alike siblings folded into one. `expanded` of a call: its effects are in sight,
 * undefined when it has none. `expanded` of a fold: its calls stand one by one; else their effects follow it together.
 */
export type TreeRow =
  | { readonly kind: 'call'; readonly key: string; readonly node: TreeNode; readonly depth: number; readonly expanded: boolean | undefined }
  | {
      readonly kind: 'fold';
      readonly key: string;
      readonly nodes: readonly TreeNode[];
      readonly depth: number;
      readonly expanded: boolean;
    };

const strength = (edge: EdgeJson): number => STRENGTH.indexOf(edge.kind);

/** What alike siblings have in common: method, route and whether they failed. */
const foldKey = (call: CallRow): string =>
  `${call.method ?? ''} ${call.endpoint ?? `${call.host ?? ''}${call.path ?? ''}`} ${call.status !== undefined && call.status >= 400 ? 'failed' : 'ok'}`;

/**
 * Arranges the calls of a chain as a forest: every call hangs under the cause that is proved best, in time order.
 * A page fetched after another page is its sibling, not its child, so that a long listing stays flat; so is a call that
 * only came after another one, since order alone is no cause.
 * Shape: every call comes out exactly once; an edge that would close a circle is not used.
 */
export function toForest(calls: readonly CallRow[], edges: readonly EdgeJson[]): readonly TreeNode[] {
  const known = new Map(calls.map((call) => [call.ref, call]));
  const causes = new Map<string, EdgeJson>();
  const circular = (from: string, to: string): boolean => {
    for (let at: string | undefined = from; at !== undefined; at = causes.get(at)?.from) if (at === to) return true;
    return false;
  };
  for (const edge of edges.toSorted((a, b) => strength(a) - strength(b) || b.confidence - a.confidence)) {
    if (!known.has(edge.from) || !known.has(edge.to) || causes.has(edge.to) || circular(edge.from, edge.to)) continue;
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
  const positions = new Map(calls.map((call, index) => [call.ref, index]));
  for (const call of order.toReversed())
    built.set(call.ref, {
      call,
      order: positions.get(call.ref) ?? 0,
      edge: causes.get(call.ref),
      children: nodesOf(childrenOf.get(call.ref) ?? []),
    });
  return nodesOf(childrenOf.get(undefined) ?? []);
}

const sameRoute = (a: CallRow | undefined, b: CallRow): boolean => a !== undefined && foldKey(a) === foldKey(b);

/** Siblings in time order, the alike ones together at the place of the first; a group of one stands for itself. */
export function groupAlike(siblings: readonly TreeNode[]): readonly (readonly TreeNode[])[] {
  const groups = new Map<string, TreeNode[]>();
  for (const node of siblings.toSorted((a, b) => a.order - b.order)) {
    const key = foldKey(node.call);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [node]);
    else group.push(node);
  }
  return [...groups.values()]
    .flatMap((group) => (group.length >= FOLD_FROM ? [group] : group.map((node) => [node])))
    .toSorted((a, b) => orderOf(a) - orderOf(b));
}

const orderOf = (group: readonly TreeNode[]): number => group[0]?.order ?? 0;

/** The key of a fold: the first of its calls, which no other fold has. */
export const foldKeyOf = (nodes: readonly TreeNode[]): string => `fold ${nodes[0]?.call.ref ?? ''}`;

/**
 * The rows that are in sight: folds closed unless `toggled` names them, calls open unless it does.
 * Below a closed fold stand the effects of all its calls, folded in turn, so that what a fold led to is never hidden.
 * Nothing is lost: opening everything gives every call once.
 */
export function toRows(forest: readonly TreeNode[], toggled: ReadonlySet<string>): readonly TreeRow[] {
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
      const expanded = toggled.has(key);
      rows.push({ kind: 'fold', key, nodes, depth, expanded });
      push(expanded ? nodes.map((node) => [node]) : groupAlike(nodes.flatMap((node) => node.children)), depth + 1);
    } else if (only !== undefined) {
      const open = !toggled.has(only.call.ref);
      rows.push({ kind: 'call', key: only.call.ref, node: only, depth, expanded: only.children.length === 0 ? undefined : open });
      if (open) push(groupAlike(only.children), depth + 1);
    }
  }
  return rows;
}
