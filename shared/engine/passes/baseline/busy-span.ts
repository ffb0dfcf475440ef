import { numberAt } from '../../../lib/numbers.ts';
import { HOUR } from './window.ts';

/** Calls at the rim that may be left out, as a share of all; one may be in any case. */
const MOST_ASIDE = 0.01;
/** What is apart by less is a pause, not a clock that was reset. Units: hours. */
const LEAST_GAP = 30 * 24;

/** The hours that the evidence is really about. */
export interface BusySpan {
  /** First and last hour, both inside. Units: hours since 1970. */
  readonly from: number;
  readonly to: number;
  /** Calls that stand before and after it. */
  readonly aside: number;
}

/** The middle of the calls, by which gaps at the rim are measured. */
const MIDDLE = [0.1, 0.9] as const;

/**
 * The time in which nearly all calls lie: a few at the rim that are further from the rest than the middle of it is long come from a clock
 * that was reset or runs ahead, and one of them would make a "usual" time of years in which nothing is.
 * Shape:  `calls` by hour since 1970; undefined without any.
 * Example: 1 call in 2001 and 10,000 of one week in 2026 give that week, with 1 aside; a quiet month within a year gives the year.
 */
export function busySpan(calls: ReadonlyMap<number, number>): BusySpan | undefined {
  const hours = [...calls].sort(([a], [b]) => a - b);
  const total = hours.reduce((sum, [, count]) => sum + count, 0);
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const hourAt = (share: number): number => {
    let seen = 0;
    return (hours.find(([, count]) => (seen += count) >= share * total) ?? last)[0];
  };
  const apart = Math.max(LEAST_GAP, hourAt(MIDDLE[1]) - hourAt(MIDDLE[0]));
  const most = Math.max(1, Math.floor(total * MOST_ASIDE));
  const [before, after] = [cutAt(hours, most, apart), cutAt(hours.toReversed(), most, apart)];
  return { from: before.hour, to: after.hour, aside: before.aside + after.aside };
}

/** The hour from which on the rest begins, seen from one rim, and the calls before it. */
function cutAt(hours: readonly (readonly [hour: number, count: number])[], most: number, apart: number): { hour: number; aside: number } {
  let cut = { hour: hours[0]?.[0] ?? NaN, aside: 0 };
  let seen = 0;
  for (const [index, [hour, count]] of hours.entries()) {
    const next = hours[index + 1]?.[0];
    seen += count;
    if (seen > most || next === undefined) break;
    if (Math.abs(next - hour) > apart) cut = { hour: next, aside: seen };
  }
  return cut;
}

/** The first and the last of the times without those that stand aside; of none, nothing lies between. Units: µs. */
export function busyTimes(times: ArrayLike<number>): { readonly start: number; readonly end: number } {
  const byHour = new Map<number, number>();
  let [start, end] = [Infinity, -Infinity];
  for (let at = 0; at < times.length; at += 1) {
    const time = numberAt(times, at);
    [start, end] = [Math.min(start, time), Math.max(end, time)];
    const hour = Math.floor(time / HOUR);
    byHour.set(hour, (byHour.get(hour) ?? 0) + 1);
  }
  const busy = busySpan(byHour);
  if (busy === undefined) return { start, end };
  return { start: Math.max(start, busy.from * HOUR), end: Math.min(end, (busy.to + 1) * HOUR - 1) };
}
