import { numberAt } from '../../../lib/numbers.ts';
import { NONE } from './call-columns.ts';

/** Children of one call that are looked at; what has more is a stream or a load test. */
const MAX_CHILDREN = 64;

/** The calls that each call led to. */
export interface Families {
  add(parent: number, child: number): void;
  /** Hands over the children, those added last first. */
  each(parent: number, visit: (child: number) => void): void;
  /** Forgets all. */
  clear(): void;
}

/** No families yet. Cost: 8 bytes a call. */
export function createFamilies(count: number): Families {
  const last = new Int32Array(count).fill(NONE);
  const before = new Int32Array(count).fill(NONE);
  return {
    add(parent, child) {
      before[child] = numberAt(last, parent);
      last[parent] = child;
    },
    each(parent, visit) {
      let child = numberAt(last, parent);
      for (let steps = 0; child !== NONE && steps < MAX_CHILDREN; steps += 1) {
        visit(child);
        child = numberAt(before, child);
      }
    },
    clear() {
      last.fill(NONE);
    },
  };
}
