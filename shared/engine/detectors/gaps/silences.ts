import { greatest, least } from '../../../lib/extremes.ts';
import type { Minute, SourceActivity } from './activity.ts';

/** Fewer calls say nothing of when there should be some. */
const MIN_CALLS = 500;
/** Shorter pauses are pauses. Units: minutes. */
export const MIN_SILENCE = 10;
/** Chance of the silence if nothing were wrong, from which on it is told: once in a million. */
export const MAX_CHANCE = 1e-6;
/** Without another day to compare with, a longer silence may be the night. Units: minutes. */
const LONGEST_ALONE = 120;
const DAY = 1_440;
/** Days on each side that are compared. */
const MAX_DAYS = 14;
/** A source that falls silent more often than this does so by habit. */
const MAX_SILENCES = 3;

/** A stretch without calls where calls were to be expected. Units: minutes since 1970; `to` is the first with calls again. */
export interface Silence {
  readonly from: number;
  readonly to: number;
  /** Minutes with calls that such a stretch has: of the quieter of both sides, and of the same hours of other days. */
  readonly expected: number;
  readonly days: number;
}

/** How many of the minutes in `from` up to `to` have calls. `minutes` in order. */
function busyIn(minutes: readonly Minute[], from: number, to: number): number {
  const firstAt = (minute: number): number => {
    let [low, high] = [0, minutes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((minutes[middle]?.at ?? Infinity) < minute) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return Math.max(0, firstAt(to) - firstAt(from));
}

/** What was to be expected of a stretch; 0 where nothing can be said. */
function expectedIn(minutes: readonly Minute[], from: number, to: number): Pick<Silence, 'expected' | 'days'> {
  const [first, last] = [minutes[0]?.at ?? 0, minutes.at(-1)?.at ?? 0];
  const length = to - from;
  const sides = [[from - length, from], [to, to + length]].flatMap(([start = 0, end = 0]) => (start >= first && end <= last + 1 ? [busyIn(minutes, start, end)] : [])); // prettier-ignore
  const days: number[] = [];
  for (let day = 1; day <= MAX_DAYS; day += 1)
    for (const shift of [-day * DAY, day * DAY])
      if (from + shift >= first && to + shift <= last + 1) days.push(busyIn(minutes, from + shift, to + shift));
  if (sides.length < 2 && days.length < 2) return { expected: 0, days: days.length };
  if (days.length === 0 && length > LONGEST_ALONE) return { expected: 0, days: 0 };
  // The quieter ones: a Sunday among the days must not make Mondays expect less, nor a busy side the night expect more.
  const quiet = days.toSorted((a, b) => a - b)[Math.floor(days.length / 4)] ?? Infinity;
  return { expected: least(sides, quiet), days: days.length };
}

/**
 * Finds stretches in which a source has no calls though it should: with as many busy minutes as usual, Poisson gives a chance of e^-n for none.
 * Minutes are counted in place of calls, since calls come in bursts; a source that often falls silent does so by habit.
 * Example: 60 busy minutes an hour, then 20 minutes of nothing: e^-20.
 */
export function findSilences({ minutes, calls }: SourceActivity): readonly Silence[] {
  if (calls < MIN_CALLS) return [];
  const pauses = minutes.slice(1).flatMap(({ at }, index) => {
    const from = (minutes[index]?.at ?? at) + 1;
    return at - from >= MIN_SILENCE ? [{ from, to: at }] : [];
  });
  const longest = greatest(
    pauses.map(({ from, to }) => to - from),
    0,
  );
  // Only the longest pauses can be told, and a source with very many of them is none that runs on.
  const few = pauses.filter(({ from, to }) => (to - from) * 4 >= longest);
  const found = few.flatMap((pause): readonly Silence[] => {
    const expected = expectedIn(minutes, pause.from, pause.to);
    return Math.exp(-expected.expected) < MAX_CHANCE ? [{ ...pause, ...expected }] : [];
  });
  return found.length > MAX_SILENCES || pauses.length > 200 ? [] : found;
}
