import type { CallColumns } from '../call-columns.ts';

/** The calls that each call led to. */
export interface Families {
  /** Calls that may have children. */
  readonly parents: Iterable<number>;
  /** Makes room for a call's children. */
  addParent(parent: number): void;
  has(parent: number): boolean;
  /** In the order in which they began. */
  childrenOf(parent: number): readonly number[];
  /** Returns the child's place among the children. */
  add(parent: number, child: number): number;
  remove(parent: number, child: number): void;
}

const NO_CHILDREN: readonly number[] = [];

/** The first place whose call comes after `call`, by start and then by number. */
function placeAfter(calls: Pick<CallColumns, 'start'>, list: readonly number[], call: number): number {
  const start = calls.start[call] ?? 0;
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = list[middle] ?? 0;
    const begun = calls.start[other] ?? 0;
    if (begun < start || (begun === start && other < call)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** No families yet. Cost: some 100 bytes a parent. */
export function createFamilies(calls: Pick<CallColumns, 'start'>): Families {
  const lists = new Map<number, number[]>();
  const listOf = (parent: number): number[] => {
    let list = lists.get(parent);
    if (list === undefined) lists.set(parent, (list = []));
    return list;
  };
  return {
    parents: { [Symbol.iterator]: () => lists.keys() },
    addParent: listOf,
    has: (parent) => lists.has(parent),
    childrenOf: (parent) => lists.get(parent) ?? NO_CHILDREN,
    add(parent, child) {
      const list = listOf(parent);
      const place = placeAfter(calls, list, child);
      list.splice(place, 0, child);
      return place;
    },
    remove(parent, child) {
      const list = listOf(parent);
      const place = list.indexOf(child);
      if (place >= 0) list.splice(place, 1);
    },
  };
}
