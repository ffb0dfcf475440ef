import { numberAt } from './numbers.ts';

/** A column that can be put into another order. */
interface Column {
  readonly length: number;
  [place: number]: number;
}

/**
 * Puts columns into an order in place: afterwards place `at` holds what stood at `order[at]`. Every circle of places is followed once.
 * Shape: `order` holds each place once. Cost: a bit a place; no second copy of any column.
 * Example: order 2, 0, 1 makes c, a, b of a, b, c.
 */
export function permute(columns: readonly Column[], order: Uint32Array): void {
  const done = new Uint8Array(Math.ceil(order.length / 8));
  for (const column of columns) {
    done.fill(0);
    for (let begin = 0; begin < order.length; begin += 1) {
      if ((numberAt(done, begin >> 3) & (1 << (begin & 7))) !== 0 || numberAt(order, begin) === begin) continue;
      const first = numberAt(column, begin);
      for (let at = begin; ;) {
        done[at >> 3] = numberAt(done, at >> 3) | (1 << (at & 7));
        const from = numberAt(order, at);
        column[at] = from === begin ? first : numberAt(column, from);
        if (from === begin) break;
        at = from;
      }
    }
  }
}
