import { numberAt } from '../lib/numbers.ts';
import { quantileOfSorted, sortNumbers } from '../lib/stats.ts';
import { ROOT } from './chain-tree.ts';

/** How quickly calls came. Units: µs. */
export interface Tempo {
  /** From the first start to the last end; absent where no call has a time. */
  readonly span?: number;
  /** Pauses between the starts of one call and the next; absent below two calls with a time. */
  readonly medianGap?: number;
  readonly p95Gap?: number;
  /** Calls that began while another one ran that did not cause them. */
  readonly overlapping: number;
  /** Most calls that ran at one moment; a call of unknown length counts for none but itself. */
  readonly atOnce: number;
}

/** How many of the ascending numbers are at most `limit`. */
function countUpTo(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(sorted, middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Measures the tempo of a chain.
 * Shape: start and end per call in µs, NaN where unknown; `cause` as `findCauses` gives it.
 * Cost:  a sort, and per call a walk up its causes.
 */
export function tempoOf(starts: readonly number[], ends: readonly number[], cause: Int32Array): Tempo {
  const known = starts.flatMap((start, at) => (Number.isNaN(start) ? [] : [at]));
  const order = sortNumbers(known.map((at) => numberAt(starts, at)));
  const isRunning = (at: number, moment: number): boolean => numberAt(starts, at) <= moment && numberAt(ends, at) > moment;
  const lasting = known.filter((at) => numberAt(ends, at) > numberAt(starts, at));
  const begun = sortNumbers(lasting.map((at) => numberAt(starts, at)));
  const over = sortNumbers(lasting.map((at) => numberAt(ends, at)));
  let overlapping = 0;
  let atOnce = 0;
  for (const at of known) {
    const moment = numberAt(starts, at);
    const own = isRunning(at, moment) ? 1 : 0;
    const others = countUpTo(begun, moment) - countUpTo(over, moment) - own;
    let causes = 0;
    for (let up = numberAt(cause, at); up !== ROOT; up = numberAt(cause, up)) if (isRunning(up, moment)) causes += 1;
    if (others > causes) overlapping += 1;
    atOnce = Math.max(atOnce, others + 1);
  }
  const gaps = sortNumbers(order.subarray(1).map((start, place) => start - numberAt(order, place)));
  const last = known.reduce(
    (latest, at) => Math.max(latest, numberAt(starts, at), Number.isNaN(numberAt(ends, at)) ? -Infinity : numberAt(ends, at)),
    -Infinity,
  );
  return {
    ...(order.length === 0 ? {} : { span: last - numberAt(order, 0) }),
    ...(gaps.length === 0 ? {} : { medianGap: quantileOfSorted(gaps, 0.5), p95Gap: quantileOfSorted(gaps, 0.95) }),
    overlapping,
    atOnce,
  };
}
