/** Bins of a histogram, even in the logarithm. */
const BINS = 60;
/** Shorter and longer delays lie in the first and last bin. Units: µs. */
const SHORTEST = 20;
const LONGEST = 120 * 1_000_000;
/** Width of the bin for what began too early: clocks are set this well. Units: µs. */
const EARLY = 2_000;
/** What a delay lends to the bins beside its own. */
const BESIDE = 0.3;
/** Delays that every bin is thought to have seen, so that what never happened yet is unlikely, not impossible. */
const UNSEEN = 0.05;
/** Delays of the usual kind that a rarer kind is thought to have seen. */
const BORROWED = 1;

const WIDTH = Math.log(LONGEST / SHORTEST) / BINS;

/** How often each delay was seen. Shape: the first bin is for delays below nothing. */
export interface DelayHistogram {
  readonly bins: Float64Array;
  total: number;
}

/** Nothing seen yet. Cost: 488 bytes. */
export const createDelayHistogram = (): DelayHistogram => ({ bins: new Float64Array(BINS + 1), total: 0 });

const binOf = (delay: number): number =>
  delay < 0 ? 0 : 1 + Math.max(0, Math.min(BINS - 1, Math.floor(Math.log(delay / SHORTEST) / WIDTH)));

const widthOf = (delay: number): number => (delay < 0 ? EARLY : Math.max(SHORTEST, delay) * WIDTH);

/** Counts a delay, in µs: one in all, some of it in the bins beside. */
export function countDelay(histogram: DelayHistogram, delay: number): void {
  const { bins } = histogram;
  const bin = binOf(delay);
  const lent = bin === 0 ? 0 : BESIDE / (1 + 2 * BESIDE);
  bins[bin] = (bins[bin] ?? 0) + 1 - 2 * lent;
  if (bin > 1) bins[bin - 1] = (bins[bin - 1] ?? 0) + lent;
  if (bin > 0 && bin < BINS) bins[bin + 1] = (bins[bin + 1] ?? 0) + lent;
  histogram.total += 1;
}

/**
 * How densely delays lie around this one, by what was seen; what `own` has not seen is taken from `usual`, which knows more kinds.
 * Units: share per µs.
 * Example: after ten delays of 1 ms, 1.1 ms is likely and 5 s is not.
 */
export function density(delay: number, own: DelayHistogram | undefined, usual: DelayHistogram | undefined): number {
  const bin = binOf(delay);
  const share = ((usual?.bins[bin] ?? 0) + UNSEEN) / ((usual?.total ?? 0) + UNSEEN * (BINS + 1));
  const likely = ((own?.bins[bin] ?? 0) + BORROWED * share) / ((own?.total ?? 0) + BORROWED);
  return likely / widthOf(delay);
}
