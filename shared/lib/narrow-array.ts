/** Whole numbers in an array that is no wider than they need. */
export type NarrowArray = Int8Array | Int16Array | Int32Array | Uint32Array;

const INT8 = 2 ** 7 - 1;
const INT16 = 2 ** 15 - 1;
const INT32 = 2 ** 31 - 1;

/** Room for `count` whole numbers from -1 to `largest`; above 2³¹ - 1, and then without -1, to 2³² - 1. Untouched, it takes no memory. */
export function narrowArray(count: number, largest: number): NarrowArray {
  if (largest <= INT8) return new Int8Array(count);
  if (largest <= INT16) return new Int16Array(count);
  return largest <= INT32 ? new Int32Array(count) : new Uint32Array(count);
}
