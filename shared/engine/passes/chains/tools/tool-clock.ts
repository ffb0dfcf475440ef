import { quantileOfSorted, sortNumbers } from '../../../../lib/stats.ts';

/** Fewer pairs set no clock. */
const MIN_PAIRS = 8;
/** Share of pairs that must fit once the clock is set: the others are calls of others that show the same. */
const MIN_FITTING = 0.5;
/** Pairs at either end that may be wrong. Ratio. */
const STRAY = 0.05;
/** Logs round. Units: µs. */
const SLACK = 2_000;

/**
 * What to add to the times of a log so that its calls lie within those of the tools that made them; 0 where they do, or where no one clock explains it.
 * Shape: a pair says by how much a call must at least be moved to begin within that of the tool, and by how much at most to end within.
 * Units: µs.
 * Example: calls that begin 40 ms before the tools that made them and end 300 ms before them are moved by 40 ms.
 */
export function shiftOf(pairs: readonly (readonly [least: number, most: number])[]): number {
  const fits = (shift: number): number => pairs.filter(([least, most]) => shift >= least - SLACK && shift <= most + SLACK).length;
  if (pairs.length < MIN_PAIRS || fits(0) >= (1 - STRAY) * pairs.length) return 0;
  // Of what the middle half says, so that calls of others, before and after, do not count.
  const middle = sortNumbers(pairs.map(([least, most]) => (least + most) / 2));
  const centre = quantileOfSorted(middle, 0.5);
  const spread = quantileOfSorted(middle, 0.75) - quantileOfSorted(middle, 0.25) + SLACK;
  const near = pairs.filter(([least, most]) => Math.abs((least + most) / 2 - centre) <= 2 * spread);
  const least = quantileOfSorted(sortNumbers(near.map(([low]) => low)), 1 - STRAY);
  const most = quantileOfSorted(sortNumbers(near.map(([, high]) => high)), STRAY);
  const shift = least > most ? 0 : Math.max(least, Math.min(0, most));
  return fits(shift) >= MIN_FITTING * pairs.length && fits(shift) > fits(0) ? shift : 0;
}
