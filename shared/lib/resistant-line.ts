import { numberAt } from './numbers.ts';
import { median } from './stats.ts';

/** A straight line through points: its height at `at`, and how steeply it rises. */
export interface ResistantLine {
  readonly at: number;
  readonly height: number;
  readonly slope: number;
}

const PARTS = 3;
/** Fewer points in a third have no middle of their own. */
const MIN_PART = 3;
/** A rise counts when it is this many times what the scatter of the points gives by itself. */
const CLEAR_RISE = 2;
/** Standard error of the difference of two medians of n normal values, in median absolute deviations over the root of n: √2 · 1.2533 · 1.4826. */
const ERROR_OF_RISE = 2.63;

/** The height of a line at a time. */
export const heightAt = ({ at, height, slope }: ResistantLine, time: number): number => height + slope * (time - at);

/**
 * The line through the medians of the first and the last third of points, at the height that leaves as many points above as below: nearly half of each
 * third may be wild without turning it. A rise that scatter alone would give is none, nor is that of fewer than nine points: the line is level then.
 * Shape:  `times` in rising order, as many as `values`, at least one.
 * Cost:   a few sorts.
 * Source: Tukey, Exploratory Data Analysis (1977), chapter 5; fitting what is left over again, as he does, is up to the caller.
 * Example: 0 1 2 10 11 12 20 21 22 at the times 0 to 8 rises by 20 in 6 steps.
 */
export function resistantLine(times: ArrayLike<number>, values: ArrayLike<number>): ResistantLine {
  const count = times.length;
  const part = Math.floor(count / PARTS);
  const at = (numberAt(times, 0) + numberAt(times, count - 1)) / 2;
  const level: ResistantLine = { at, height: median(values), slope: 0 };
  if (part < MIN_PART) return level;
  const between = (list: ArrayLike<number>): number => {
    const all = Array.from(list);
    return median(all.slice(-part)) - median(all.slice(0, part));
  };
  const [run, rise] = [between(times), between(values)];
  if (run <= 0) return level;
  const slope = rise / run;
  const rests = Array.from(values, (value, place) => value - slope * (numberAt(times, place) - at));
  const height = median(rests);
  const scatter = median(rests.map((rest) => Math.abs(rest - height)));
  return Math.abs(rise) > (CLEAR_RISE * ERROR_OF_RISE * scatter) / Math.sqrt(part) ? { at, height, slope } : level;
}
