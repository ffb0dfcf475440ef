import { startOf } from '../time/frame.ts';
import { listNodes } from './critical-path.ts';
import type { NodeFold } from './fold-facts.ts';
import type { TreeNode } from './tree-node.ts';

/** Share of a chain's time below which a row may be left out. */
const SHORT = 0.01;

/** What a call and all that it led to take. Units: ms since 1970. */
interface Extent {
  readonly from: number;
  readonly to: number;
  readonly calls: number;
  /** Stays in sight however short: named by a finding, or of unknown length. */
  readonly stays: boolean;
}

/** Which rows are left out, and how many calls are in one that is. */
export interface LeavesOut {
  readonly leavesOut: (fold: NodeFold) => boolean;
  readonly callsIn: (fold: NodeFold) => number;
}

function extentsOf(forest: readonly TreeNode[]): ReadonlyMap<TreeNode, Extent> {
  const extents = new Map<TreeNode, Extent>();
  for (const node of listNodes(forest).toReversed()) {
    const start = startOf(node.call);
    let { from, to, calls, stays } =
      start === undefined || node.call.durationMs === undefined
        ? { from: Infinity, to: -Infinity, calls: 1, stays: true }
        : { from: start, to: start + node.call.durationMs, calls: 1, stays: node.call.findings > 0 };
    for (const child of node.children) {
      const below = extents.get(child);
      if (below === undefined) continue;
      from = Math.min(from, below.from);
      to = Math.max(to, below.to);
      calls += below.calls;
      stays ||= below.stays;
    }
    extents.set(node, { from, to, calls, stays });
  }
  return extents;
}

/**
 * Leaves out rows that take less than one in a hundred of a chain's time with all that they led to, alike calls together. What a finding names stays, as
 * does what has no known length. Units: `span` in ms.
 */
export function leavesOutShort(forest: readonly TreeNode[], span: number): LeavesOut {
  const extents = extentsOf(forest);
  const of = ({ members }: NodeFold): readonly Extent[] => members.flatMap((member) => extents.get(member) ?? []);
  return {
    leavesOut(fold) {
      const each = of(fold);
      if (each.some(({ stays }) => stays)) return false;
      const from = each.reduce((least, extent) => Math.min(least, extent.from), Infinity);
      const to = each.reduce((most, extent) => Math.max(most, extent.to), -Infinity);
      return to - from < span * SHORT;
    },
    callsIn: (fold) => of(fold).reduce((sum, { calls }) => sum + calls, 0),
  };
}

/** Only the calls that findings name and those that led to them. */
export function waysToFindings(forest: readonly TreeNode[]): readonly TreeNode[] {
  const kept = new Map<TreeNode, TreeNode>();
  for (const node of listNodes(forest).toReversed()) {
    const children = node.children.flatMap((child) => kept.get(child) ?? []);
    if (node.call.findings > 0 || children.length > 0) kept.set(node, { ...node, children });
  }
  return forest.flatMap((node) => kept.get(node) ?? []);
}
