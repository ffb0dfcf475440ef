import { numberAt } from './numbers.ts';

/** Quantile above which scores count as the tail. Source: Siffer et al., "Anomaly Detection in Streams with Extreme Value Theory" (KDD 2017). */
const TAIL_LEVEL = 0.98;
/** With fewer scores in the tail nothing can be fitted. */
const MIN_TAIL = 20;
/** A fitted tail is not believed below this: no laptop's evidence holds more windows. */
const LEAST = 1e-9;
/** Heavier tails than this have no mean; a fit that says so has seen too little. */
const MAX_SHAPE = 0.9;

/** Scores of what is usual, and the tail fitted to the highest of them. */
export interface Reference {
  /** In rising order. */
  readonly sorted: Float64Array;
  readonly tail: { readonly from: number; readonly shape: number; readonly scale: number; readonly share: number } | undefined;
}

/**
 * Fits a generalised Pareto distribution to what lies above the 0.98 quantile, by probability-weighted moments.
 * Source: Hosking & Wallis (1987), "Parameter and Quantile Estimation for the Generalized Pareto Distribution", section 3.
 */
function fitTail(sorted: Float64Array): Reference['tail'] {
  const start = Math.floor(sorted.length * TAIL_LEVEL);
  const from = numberAt(sorted, start);
  const above = sorted.subarray(start).filter((value) => value > from);
  if (above.length < MIN_TAIL) return undefined;
  let first = 0;
  let second = 0;
  for (const [index, value] of above.entries()) {
    first += (value - from) / above.length;
    second += ((value - from) * (above.length - 1 - index)) / (above.length - 1) / above.length;
  }
  if (first <= 2 * second) return undefined;
  const shape = Math.min(MAX_SHAPE, 2 - first / (first - 2 * second));
  // A shape that was capped takes its scale from the mean.
  return { from, shape, scale: first * (1 - shape), share: above.length / sorted.length };
}

/** Makes a reference of scores in any order. Cost: one sort. */
export function toReference(scores: ArrayLike<number>): Reference {
  const sorted = Float64Array.from(scores).sort();
  return { sorted, tail: fitTail(sorted) };
}

/** How many of the sorted values are at least `score`. */
export function countAtLeast(sorted: Float64Array, score: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(sorted, middle) < score) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}

/**
 * Conformal p-value of a score: the share of reference scores at least as high, itself included. Beyond the highest of them the fitted
 * tail goes on where there is one.
 * Example: 99 scores below 5 give a 5 the p-value 1/100.
 * Source: Bates et al. (2023), "Testing for outliers with conformal p-values", equation 2.
 */
export function rarityOf(score: number, { sorted, tail }: Reference): number {
  const rank = (1 + countAtLeast(sorted, score)) / (sorted.length + 1);
  if (tail === undefined || rank > 2 / (sorted.length + 1) || score <= tail.from) return rank;
  const excess = (score - tail.from) / tail.scale;
  const beyond = Math.abs(tail.shape) < 1e-6 ? Math.exp(-excess) : Math.max(0, 1 + tail.shape * excess) ** (-1 / tail.shape);
  return Math.min(rank, Math.max(LEAST, tail.share * beyond));
}

/**
 * One p-value of several about the same thing, which may depend on each other.
 * Example: 0.5 alone stays 0.5; 0.001 and 0.5 give 0.002.
 * A rank among few is often exactly 1, whose tangent would drown all others: such a value counts as 1 − 1/(n + 1), as is done for discrete p-values.
 * Source: Liu & Xie (2020), "Cauchy combination test", equation 1 with equal weights.
 */
export function combineRarities(values: readonly number[]): number {
  if (values.length === 0) return 1;
  const most = values.length === 1 ? 1 - 1e-15 : 1 - 1 / (values.length + 1);
  const sum = values.reduce((total, p) => {
    const kept = Math.min(Math.max(p, 1e-15), most);
    // The tangent of small p loses its digits; there it is 1/(pπ).
    return total + (kept < 1e-8 ? 1 / (kept * Math.PI) : Math.tan((0.5 - kept) * Math.PI));
  }, 0);
  const mean = sum / values.length;
  return mean > 1e8 ? 1 / (mean * Math.PI) : 0.5 - Math.atan(mean) / Math.PI;
}

/**
 * Benjamini–Hochberg q-values: the least rate of false discoveries at which each would be called one. Shape: in the order of `values`;
 * `total` may be larger than their number when the rest, all 1, was left out.
 * Source: Benjamini & Hochberg (1995), section 3, in the adjusted form.
 */
export function falseDiscoveryRates(values: ArrayLike<number>, total: number = values.length): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, index) => index).sort((a, b) => numberAt(values, a) - numberAt(values, b));
  const rates = new Float64Array(values.length);
  let least = 1;
  for (let rank = order.length; rank >= 1; rank -= 1) {
    const index = numberAt(order, rank - 1);
    least = Math.min(least, (numberAt(values, index) * total) / rank);
    rates[index] = least;
  }
  return rates;
}
