import { least } from '../../../../lib/extremes.ts';
import type { Minute } from './activity.ts';
import type { Stream } from './streams.ts';

/** Fewer calls say nothing of when there should be some. */
const MIN_CALLS = 500;
/** Shorter pauses are pauses. Units: minutes. */
export const MIN_SILENCE = 10;
/** Chance of the silence if nothing were wrong, from which on it is told: once in a million. */
export const MAX_CHANCE = 1e-6;
/** Without another day to compare with, a longer silence may be the night. Units: minutes. */
const LONGEST_ALONE = 120;
const DAY = 1_440;
/** Share of a stretch by which it may have more or less of a weekend than the one that it is compared with. */
const UNALIKE = 0.1;
/** Days on each side that are compared. */
const MAX_DAYS = 14;
/** A companion with this share of what is to be expected of it is as good as silent. */
const QUIET = 0.25;
/** A log that falls silent more often than this does so by habit. */
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

/** Minutes of a stretch that lie on a Saturday or Sunday, in UTC. 1970-01-01 was a Thursday, so three days further on weeks begin with Mondays. */
function weekendIn(from: number, to: number): number {
  let minutes = 0;
  for (let start = from; start < to;) {
    const end = Math.min(to, (Math.floor(start / DAY) + 1) * DAY);
    if ((Math.floor(start / DAY) + 3) % 7 >= 5) minutes += end - start;
    start = end;
  }
  return minutes;
}

/** What was to be expected of a stretch; 0 where nothing can be said. */
function expectedIn(minutes: readonly Minute[], from: number, to: number): Pick<Silence, 'expected' | 'days'> {
  const [first, last] = [minutes[0]?.at ?? 0, minutes.at(-1)?.at ?? 0];
  const length = to - from;
  const sides = [[from - length, from], [to, to + length]].flatMap(([start = 0, end = 0]) => (start >= first && end <= last + 1 ? [busyIn(minutes, start, end)] : [])); // prettier-ignore
  const days: number[] = [];
  const weekend = weekendIn(from, to);
  for (let day = 1; day <= MAX_DAYS; day += 1)
    for (const shift of [-day * DAY, day * DAY]) {
      // A Sunday is measured by weekends alone, and a long stretch of one by the same days of other weeks: what is quiet at each of them is no hole.
      const isOtherDay = weekend > 0 && length > DAY / 2 && shift % (7 * DAY) !== 0;
      const isAlike = !isOtherDay && Math.abs(weekendIn(from + shift, to + shift) - weekend) <= UNALIKE * length;
      if (isAlike && from + shift >= first && to + shift <= last + 1) days.push(busyIn(minutes, from + shift, to + shift));
    }
  if (sides.length < 2 && days.length < 2) return { expected: 0, days: days.length };
  if (days.length === 0 && length > LONGEST_ALONE) return { expected: 0, days: 0 };
  // The quieter ones: a Sunday among the days must not make Mondays expect less, nor a busy side the night expect more.
  const quiet = days.toSorted((a, b) => a - b)[Math.floor(days.length / 4)] ?? Infinity;
  return { expected: least(sides, quiet), days: days.length };
}

/**
 * What companions, logs of the same hosts, say of a stretch: that calls went on, that there were hardly any, or nothing.
 * One that is as quiet as the log itself decides: then it was the traffic that paused.
 */
function sayOf(companions: readonly Stream[], { from, to }: Pick<Silence, 'from' | 'to'>): 'went on' | 'was quiet' | 'nothing' {
  const present = companions.filter(({ minutes }) => (minutes[0]?.at ?? Infinity) < from && (minutes.at(-1)?.at ?? -Infinity) >= to);
  if (present.length === 0) return 'nothing';
  const isQuiet = ({ minutes }: Stream): boolean => busyIn(minutes, from, to) <= QUIET * expectedIn(minutes, from, to).expected;
  return present.some(isQuiet) ? 'was quiet' : 'went on';
}

/**
 * Finds stretches in which a log has no calls though it should: with as many busy minutes as usual, Poisson gives a chance of e^-n for none.
 * Minutes are counted in place of calls, since calls come in bursts; a log that often falls silent does so by habit, unless a companion
 * went on meanwhile.
 * Example: 60 busy minutes an hour, then 20 minutes of nothing: e^-20.
 */
export function findSilences({ minutes, calls }: Pick<Stream, 'minutes' | 'calls'>, companions: readonly Stream[]): readonly Silence[] {
  if (calls < MIN_CALLS) return [];
  const found: { readonly silence: Silence; readonly isTold: boolean }[] = [];
  for (const [index, { at }] of minutes.entries()) {
    const from = (minutes[index - 1]?.at ?? at) + 1;
    if (at - from < MIN_SILENCE) continue;
    const silence = { from, to: at, ...expectedIn(minutes, from, at) };
    if (Math.exp(-silence.expected) >= MAX_CHANCE) continue;
    const said = sayOf(companions, silence);
    if (said !== 'was quiet') found.push({ silence, isTold: said === 'went on' });
  }
  const isHabit = found.length > MAX_SILENCES;
  return found.flatMap(({ silence, isTold }) => (isTold || !isHabit ? [silence] : []));
}
