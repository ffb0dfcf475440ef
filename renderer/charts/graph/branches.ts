import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { foldKeyOf, foldNodes } from './fold-facts.ts';
import type { TreeNode } from './tree-node.ts';

/** A call, or a fold of alike ones or of rounds, with its place in the tree of causes. */
export interface Branch {
  readonly id: string;
  /** In time order; several when folded. */
  readonly calls: readonly DrawnCall[];
  /** The fold that it was taken out of. */
  readonly home: string | undefined;
  /** Index of its cause, -1 for none; a cause comes before its effects. */
  readonly parent: number;
  readonly children: readonly number[];
}

/** The tree of causes as a picture draws it: folded siblings are one branch unless `opened` names their fold. */
export function toBranches(forest: readonly TreeNode[], opened: ReadonlySet<string>): readonly Branch[] {
  const branches: { id: string; calls: readonly DrawnCall[]; home: string | undefined; parent: number; children: number[] }[] = [];
  const work: { readonly siblings: readonly TreeNode[]; readonly parent: number }[] = [{ siblings: forest, parent: -1 }];
  const add = (nodes: readonly TreeNode[], id: string, home: string | undefined, parent: number): void => {
    const index = branches.push({ id, calls: nodes.map(({ call }) => call), home, parent, children: [] }) - 1;
    branches[parent]?.children.push(index);
    const effects = nodes.flatMap((node) => node.children);
    if (effects.length > 0) work.push({ siblings: effects, parent: index });
  };
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    for (const group of foldNodes(next.siblings)) {
      const { members } = group;
      const fold = foldKeyOf(group);
      if (members.length > 1 && !opened.has(fold)) add(members, fold, undefined, next.parent);
      else for (const node of members) add([node], node.call.ref, members.length > 1 ? fold : undefined, next.parent);
    }
  }
  return branches;
}

const isNamed = ({ calls }: Branch): boolean => calls.some((call) => call.findings > 0);

/**
 * The branches that findings name and the way to them: their causes in the tree and, with `wide`, whatever any link but
 * mere order leads from. Shape: one flag a branch.
 */
export function namedPaths(branches: readonly Branch[], edges: readonly EdgeJson[], wide: boolean): readonly boolean[] {
  const kept = branches.map(isNamed);
  const causes: number[][] = branches.map(({ parent }) => (parent < 0 ? [] : [parent]));
  if (wide) {
    const branchOf = new Map(branches.flatMap(({ calls }, index) => calls.map((call) => [call.ref, index] as const)));
    for (const edge of edges) {
      const from = branchOf.get(edge.from);
      const to = branchOf.get(edge.to);
      if (edge.kind !== 'adjacent' && from !== undefined && to !== undefined) causes[to]?.push(from);
    }
  }
  const work = kept.flatMap((isKept, index) => (isKept ? [index] : []));
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    for (const cause of causes[at] ?? []) {
      if (kept[cause] === true) continue;
      kept[cause] = true;
      work.push(cause);
    }
  }
  return kept;
}
