import { letGo } from './let-go.ts';
import { numberAt } from './numbers.ts';

/** Blocks of this length are sorted by insertion first: quicker than merging single numbers. */
const BLOCK = 32;
/** Numbers moved between two pauses, some ten milliseconds of work. */
const STRETCH = 60_000;

function insertionSort(order: Uint32Array, from: number, to: number, compare: (a: number, b: number) => number): void {
  for (let next = from + 1; next < to; next += 1) {
    const value = numberAt(order, next);
    let at = next - 1;
    while (at >= from && compare(numberAt(order, at), value) > 0) {
      order[at + 1] = numberAt(order, at);
      at -= 1;
    }
    order[at + 1] = value;
  }
}

function merge(
  order: Uint32Array,
  spare: Uint32Array,
  from: number,
  middle: number,
  to: number,
  compare: (a: number, b: number) => number,
): void {
  spare.set(order.subarray(from, middle), 0);
  let left = 0;
  let right = middle;
  let out = from;
  const leftEnd = middle - from;
  while (left < leftEnd) {
    if (right < to && compare(numberAt(spare, left), numberAt(order, right)) > 0) {
      order[out] = numberAt(order, right);
      right += 1;
    } else {
      order[out] = numberAt(spare, left);
      left += 1;
    }
    out += 1;
  }
}

/**
 * Sorts indices in place, stable, letting other work in on the way: the built-in sort of a million calls holds everything up
 * for seconds. Parts that are in order already cost one comparison, and logs nearly are.
 * Cost:   n log n comparisons at worst, half as much memory again.
 * Source: bottom-up merge sort (Knuth, TAOCP 3, 5.2.4).
 */
export async function sortIndices(
  order: Uint32Array,
  compare: (a: number, b: number) => number,
  breathe: () => Promise<void>,
): Promise<void> {
  const count = order.length;
  let moved = 0;
  const rest = async (more: number): Promise<void> => {
    moved += more;
    if (moved < STRETCH) return;
    moved = 0;
    await breathe();
  };
  for (let from = 0; from < count; from += BLOCK) {
    insertionSort(order, from, Math.min(from + BLOCK, count), compare);
    await rest(BLOCK);
  }
  const spare = new Uint32Array(count);
  for (let width = BLOCK; width < count; width *= 2) {
    for (let from = 0; from + width < count; from += 2 * width) {
      const middle = from + width;
      const to = Math.min(from + 2 * width, count);
      if (compare(numberAt(order, middle - 1), numberAt(order, middle)) <= 0) continue;
      merge(order, spare, from, middle, to, compare);
      await rest(to - from);
    }
  }
  letGo(spare);
}
