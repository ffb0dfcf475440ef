/** Disjoint groups of the numbers 0 … count-1 that only ever grow together. */
export interface UnionFind {
  /** The number that stands for the group of `member`. */
  readonly find: (member: number) => number;
  /** Joins two groups; gives the number that stands for both. */
  join(a: number, b: number): number;
}

/** Groups of one member each. Cost: four bytes a member, nearly constant time a step (union by lower number, path halving). */
export function createUnionFind(count: number): UnionFind {
  const parent = new Int32Array(count);
  for (let index = 0; index < count; index += 1) parent[index] = index;
  const find = (member: number): number => {
    let at = member;
    for (;;) {
      const above = parent[at] ?? at;
      if (above === at) return at;
      const beyond = parent[above] ?? above;
      parent[at] = beyond;
      at = beyond;
    }
  };
  return {
    find,
    join(a, b) {
      const rootA = find(a);
      const rootB = find(b);
      // The lower number stands for the group: members are in time order, so it is the group's first.
      const [keep, drop] = rootA < rootB ? [rootA, rootB] : [rootB, rootA];
      parent[drop] = keep;
      return keep;
    },
  };
}
