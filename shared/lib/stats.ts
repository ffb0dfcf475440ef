/**
 * Factor that makes the median absolute deviation of a normal sample equal its standard deviation.
 * Source: Rousseeuw & Croux (1993), "Alternatives to the Median Absolute Deviation", section 1.
 */
const MAD_TO_SIGMA = 1.4826;

/**
 * The q-quantile of numbers in rising order, interpolated linearly between neighbours; NaN of nothing.
 * Example: the 0.5-quantile of 1 2 4 8 is 3.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return NaN;
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const below = sorted[low] ?? NaN;
  const above = sorted[Math.min(low + 1, sorted.length - 1)] ?? below;
  return below + (above - below) * (at - low);
}

/** A copy in rising order. */
export const sortNumbers = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).sort();

/** The middle of the values; NaN of nothing. Half of them may be wild without moving it. */
export const median = (values: ArrayLike<number>): number => quantileOfSorted(sortNumbers(values), 0.5);

/** Median and median absolute deviation together: what is usual and how far usual strays. */
export function medianAndMad(values: ArrayLike<number>): { readonly median: number; readonly mad: number } {
  const middle = median(values);
  const deviations = Float64Array.from(values, (value) => Math.abs(value - middle));
  return { median: middle, mad: quantileOfSorted(deviations.sort(), 0.5) };
}

/**
 * How many robust standard deviations `value` lies above the median. `floor` keeps a spread of nearly zero from making
 * everything extreme; it has the unit of the values.
 */
export const robustZ = (value: number, middle: number, mad: number, floor: number): number =>
  (value - middle) / Math.max(MAD_TO_SIGMA * mad, floor);

/**
 * Lower bound of a share's 95 % Wilson interval: what can be said of `hits` in `total` tries when tries are few.
 * Example: 1 of 1 gives 0.21, 50 of 50 gives 0.93.
 * Source: Wilson (1927); z = 1.96.
 */
export function wilsonLowerBound(hits: number, total: number): number {
  if (total === 0) return 0;
  const z = 1.96;
  const share = hits / total;
  const centre = share + (z * z) / (2 * total);
  const spread = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  return (centre - spread) / (1 + (z * z) / total);
}
