import { startOf } from '../time/frame.ts';
import type { TreeNode } from './tree-node.ts';

/** A stretch of time. Units: ms since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The calls that the end of a chain waited for, by reference, each with the stretches in which it was waited for itself. */
export type CriticalPath = ReadonlyMap<string, readonly Stretch[]>;

interface Timed {
  readonly start: number;
  readonly end: number;
}

const timeOf = ({ call }: TreeNode): Timed | undefined => {
  const start = startOf(call);
  return start === undefined ? undefined : { start, end: start + (call.durationMs ?? 0) };
};

/** Every node, causes before their effects. Shape: no recursion, a chain may be thousands of calls deep. */
export function listNodes(forest: readonly TreeNode[]): readonly TreeNode[] {
  const nodes = [...forest];
  for (const node of nodes) for (const child of node.children) nodes.push(child); // the loop sees what it adds
  return nodes;
}

/** Takes apart what a call took up to a moment: what it waited for inside, from the last one back, and what it took itself between. */
function cover(node: TreeNode, until: number, path: Map<string, Stretch[]>): void {
  const work = [{ node, until }];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const own = timeOf(next.node);
    if (own === undefined) continue;
    const stretches = path.get(next.node.call.ref) ?? [];
    path.set(next.node.call.ref, stretches);
    const add = (from: number, to: number): void => {
      if (to > from) stretches.push({ from, to });
    };
    let at = Math.min(own.end, next.until);
    const inside = next.node.children
      .flatMap((child) => {
        const time = timeOf(child);
        return time === undefined || time.end === time.start ? [] : [{ child, ...time }];
      })
      .sort((a, b) => b.end - a.end);
    for (const { child, start, end } of inside) {
      // Another one was waited for meanwhile, or the clocks differ.
      if (end > at || start < own.start) continue;
      add(end, at);
      work.push({ node: child, until: end });
      at = start;
    }
    add(own.start, at);
  }
}

/**
 * Finds what the end of a chain waited for: of the call that ends last what it waited for inside, then the same of its cause up to where it began, and so
 * on to a call without a cause.
 * Source:  the critical path of a trace, as Jaeger and CRISP (USENIX ATC 2022) find it, with causes that ended before their effects.
 * Cost:    a sort of each call's effects.
 * Example: a call of 100 ms that made one of 10 to 40 and, beside it, one of 10 to 70: the call up to 10, the second one, the call from 70.
 */
export function findCriticalPath(forest: readonly TreeNode[]): CriticalPath {
  const causes = new Map<TreeNode, TreeNode>();
  let last: (Timed & { readonly node: TreeNode }) | undefined;
  for (const node of listNodes(forest)) {
    for (const child of node.children) causes.set(child, node);
    const time = timeOf(node);
    if (time !== undefined && (last === undefined || time.end > last.end)) last = { node, ...time };
  }
  const path = new Map<string, Stretch[]>();
  let until = last?.end ?? 0;
  for (let node = last?.node; node !== undefined; node = causes.get(node)) {
    const time = timeOf(node);
    if (time === undefined) continue;
    cover(node, until, path);
    until = time.start;
  }
  return path;
}

/** How long the path's calls were waited for, pauses between them left out. Units: ms. */
export function lengthOf(path: CriticalPath): number {
  let length = 0;
  for (const stretches of path.values()) for (const { from, to } of stretches) length += to - from;
  return length;
}
