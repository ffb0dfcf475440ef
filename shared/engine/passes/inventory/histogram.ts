/** Neighbouring buckets differ by one percent, so a quantile is right within half a percent. */
const STEP = Math.log(1.01);

/** Counts of numbers from 0 up, in buckets of equal ratio: small whatever was added, and the same in any order. */
export interface Histogram {
  add(value: number): void;
  readonly count: number;
  /** The largest value itself; `undefined` of nothing. */
  readonly max: number | undefined;
  /** The q-quantile, rounded; the smallest value of which at least the share `q` is not larger. */
  quantile(q: number): number | undefined;
}

/** An empty histogram. Example: of 1, 10, 100 the 0.5-quantile is 10. */
export function createHistogram(): Histogram {
  const buckets = new Map<number, number>();
  let count = 0;
  let max: number | undefined;
  return {
    add(value) {
      const bucket = value < 1 ? -1 : Math.round(Math.log(value) / STEP);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
      count += 1;
      if (max === undefined || value > max) max = value;
    },
    get count() {
      return count;
    },
    get max() {
      return max;
    },
    quantile(q) {
      let left = Math.max(1, Math.ceil(count * q));
      for (const [bucket, size] of [...buckets].sort(([a], [b]) => a - b)) {
        left -= size;
        if (left <= 0) return bucket < 0 ? 0 : Math.min(max ?? Infinity, Math.round(Math.exp(bucket * STEP)));
      }
      return undefined;
    },
  };
}
