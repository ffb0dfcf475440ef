import type { EdgeJson } from '#shared/contract/report-json.ts';

/** Links that leave a call and that lead to it. */
export interface LinkCounts {
  readonly from: number;
  readonly to: number;
}

/** How many links lead to each call and away from it. */
export function countLinks(edges: readonly EdgeJson[]): ReadonlyMap<string, LinkCounts> {
  const counts = new Map<string, LinkCounts>();
  const add = (ref: string, from: number, to: number): void => {
    const old = counts.get(ref) ?? { from: 0, to: 0 };
    counts.set(ref, { from: old.from + from, to: old.to + to });
  };
  for (const edge of edges) {
    add(edge.from, 1, 0);
    add(edge.to, 0, 1);
  }
  return counts;
}
