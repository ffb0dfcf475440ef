import { medianAndMad } from '../../../lib/stats.ts';

/** Width of a size bin: 2 % are less than anyone reads off a chart. */
const BIN = Math.log(1.02);

/** Counts of one pair of principal and endpoint, or of one side alone. */
export interface Tally {
  readonly principal: number | null;
  readonly endpoint: number | null;
  calls: number;
  first: number;
  last: number;
  /** Calls per hour number, of the baseline window only. */
  readonly hours: Map<number, number>;
  /** Response sizes in 2 % bins, of the baseline window only: their order does not matter, and memory stays small. */
  readonly sizes: Map<number, number>;
  largest: number;
}

/** A tally without calls. */
export const emptyTally = (principal: number | null, endpoint: number | null): Tally => ({
  principal,
  endpoint,
  calls: 0,
  first: Infinity,
  last: -Infinity,
  hours: new Map(),
  sizes: new Map(),
  largest: 0,
});

/** Counts a response size. Units: bytes. */
export function addSize(tally: Tally, bytes: number): void {
  const bin = Math.round(Math.log(bytes + 1) / BIN);
  tally.sizes.set(bin, (tally.sizes.get(bin) ?? 0) + 1);
  if (bytes > tally.largest) tally.largest = bytes;
}

/** Weighted median of bins. */
function medianOf(bins: readonly (readonly [value: number, count: number])[]): number {
  const sorted = [...bins].sort((a, b) => a[0] - b[0]);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen * 2 >= total) return value;
  }
  return 0;
}

/** Usual size and its spread; undefined when no size was seen. Units: bytes. */
export function sizeOf(tally: Tally): { readonly median: number; readonly mad: number } | undefined {
  if (tally.sizes.size === 0) return undefined;
  const values = [...tally.sizes].map(([bin, count]) => [Math.round(Math.exp(bin * BIN) - 1), count] as const);
  const middle = medianOf(values);
  return { median: middle, mad: medianOf(values.map(([value, count]) => [Math.abs(value - middle), count] as const)) };
}

/** Usual calls in an hour with any. */
export function rateOf(tally: Tally): { readonly median: number; readonly mad: number; readonly max: number } {
  const counts = [...tally.hours.values()];
  if (counts.length === 0) return { median: 0, mad: 0, max: 0 };
  return { ...medianAndMad(counts), max: counts.reduce((most, count) => Math.max(most, count), 0) };
}
