/** Bins of a histogram, even in the logarithm. */
const BINS = 60;
/** Shorter and longer delays lie in the first and last bin. Units: µs. */
const SHORTEST = 20;
const LONGEST = 120 * 1_000_000;
/** Counts that every bin starts with, so that what never happened yet is unlikely, not impossible. */
const UNSEEN = 0.02;
/** What a delay lends to the bins beside its own. */
const BESIDE = 0.3;

/** What kinds of calls two calls are, as one text or number; what is learned hangs on it. */
export type PairKind = number;

interface Histogram {
  readonly bins: Float64Array;
  total: number;
}

/** How long calls of one kind usually begin after something, by the kind of pair. */
export interface DelayModel {
  learn(kind: PairKind, delay: number, weight: number): void;
  /** Logarithm of how usual a delay is among all delays of the kind. Units: nats. */
  usual(kind: PairKind, delay: number): number;
}

function binOf(delay: number): number {
  const share = Math.log(Math.max(SHORTEST, delay) / SHORTEST) / Math.log(LONGEST / SHORTEST);
  return Math.min(BINS - 1, Math.floor(share * BINS));
}

/** A model that knows nothing yet. Cost: 480 bytes a kind. Example: after ten delays of 1 ms, 1.1 ms is usual and 5 s is not. */
export function createDelayModel(): DelayModel {
  const kinds = new Map<PairKind, Histogram>();
  return {
    learn(kind, delay, weight) {
      let histogram = kinds.get(kind);
      if (histogram === undefined) kinds.set(kind, (histogram = { bins: new Float64Array(BINS).fill(UNSEEN), total: BINS * UNSEEN }));
      const bin = binOf(delay);
      for (const [at, part] of [
        [bin, 1],
        [bin - 1, BESIDE],
        [bin + 1, BESIDE],
      ] as const) {
        if (at < 0 || at >= BINS) continue;
        histogram.bins[at] = (histogram.bins[at] ?? 0) + weight * part;
        histogram.total += weight * part;
      }
    },
    usual(kind, delay) {
      const histogram = kinds.get(kind);
      return histogram === undefined ? -Math.log(BINS) : Math.log((histogram.bins[binOf(delay)] ?? UNSEEN) / histogram.total);
    },
  };
}
