/** Digits of the sort, so that their counts fit a processor's cache. Units: values of one digit. */
const RADIX = 65_536;

/** Ordinals in an order; those from `known` on have no value to sort by. */
export interface SortedOrdinals {
  readonly order: Uint32Array;
  readonly known: number;
}

/**
 * Sorts ordinals by whole-number keys, ascending; equal ones stay as they stand, those whose key is NaN come last.
 * Cost:   one pass where the keys ascend already, as times of one log do; else two passes for every 16 bits of their range.
 * Source: least significant digit radix sort.
 */
export function sortByNumber(keys: Float64Array | Int32Array): SortedOrdinals {
  let order = new Uint32Array(keys.length);
  let known = 0;
  let unknown = keys.length;
  let least = Infinity;
  let most = -Infinity;
  let ascends = true;
  for (let ordinal = 0; ordinal < keys.length; ordinal += 1) {
    const key = keys[ordinal] ?? NaN;
    if (Number.isNaN(key)) {
      order[(unknown -= 1)] = ordinal;
      continue;
    }
    if (key < most) ascends = false;
    if (key < least) least = key;
    if (key > most) most = key;
    order[known++] = ordinal;
  }
  // They were put in from the back.
  order.subarray(known).reverse();
  if (ascends) return { order, known };
  let other = order.slice();
  const starts = new Uint32Array(RADIX + 1);
  for (let unit = 1; unit <= most - least; unit *= RADIX) {
    const digit = (ordinal: number): number => Math.floor(((keys[ordinal] ?? 0) - least) / unit) % RADIX;
    starts.fill(0);
    for (let at = 0; at < known; at += 1) count(starts, digit(order[at] ?? 0) + 1);
    for (let at = 1; at <= RADIX; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
    for (let at = 0; at < known; at += 1) {
      const ordinal = order[at] ?? 0;
      other[count(starts, digit(ordinal))] = ordinal;
    }
    [order, other] = [other, order];
  }
  return { order, known };
}

/** Raises a count and gives what it was. */
const count = (counts: Uint32Array, at: number): number => {
  const before = counts[at] ?? 0;
  counts[at] = before + 1;
  return before;
};
