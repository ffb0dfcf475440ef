import { numberAt } from './numbers.ts';

/** Deviations that do not count towards a change. Source: catalogue of detections, 6.0, "CUSUM(k = 0.5 σ, h = 5 σ)". */
const SLACK = 0.5;
/** Sum of deviations at which a change is called. Source: as above. */
export const DECISION = 5;

/** Where the level of a series rose, by places in it. */
export interface Rise {
  /** The first place after the sum was last nothing: where the change began, as far as sums tell. */
  readonly from: number;
  /** The highest sum. */
  readonly to: number;
  /** The first place at which the sum was beyond the line. */
  readonly crossed: number;
  readonly sum: number;
}

/**
 * The highest run of the one-sided cumulative sum S = max(0, S + z − k); undefined where no sum is beyond `decision`. It sees shifts of
 * half a deviation and more that no single value shows.
 * Shape:   `deviations` in time order, in standard deviations from what is expected.
 * Example: 0 1 1 1 1 1 with k = 0.5 and h = 2 sums up to 0 0.5 1 1.5 2 2.5: a rise from place 1 to place 5, crossed at place 5.
 * Source:  Page (1954), "Continuous inspection schemes", Biometrika 41.
 */
export function findRise(deviations: ArrayLike<number>, { slack = SLACK, decision = DECISION } = {}): Rise | undefined {
  let best: Rise | undefined;
  let [sum, from, crossed] = [0, 0, -1];
  for (let at = 0; at < deviations.length; at += 1) {
    if (sum === 0) {
      from = at;
      crossed = -1;
    }
    sum = Math.max(0, sum + numberAt(deviations, at) - slack);
    if (sum > decision && crossed === -1) crossed = at;
    if (sum > decision && sum > (best?.sum ?? 0)) best = { from, to: at, crossed, sum };
  }
  return best;
}
