import { median, medianAndMad, robustZ } from '../../../lib/stats.ts';

/** One hour. Units: µs. */
export const HOUR = 3_600_000_000;
/** Evidence shorter than this has no "usual" to speak of. Units: hours. */
const MIN_HOURS = 6;
/** The baseline is never less than this share of the evidence, or too little is left to be usual. */
const MIN_SHARE = 0.5;
/** Without a surprising hour the last part is still kept apart, so that "new" has a meaning. */
const QUIET_SHARE = 0.8;
/** Robust deviations above the median surprise from which an hour starts the tail: a one-in-a-billion hour under normality. */
const SURPRISING = 6;
/** Fewer weighted first sightings than this are an ordinary hour of any growing estate. */
const MIN_SURPRISE = 6;

/** What is usual is read from here. Units: µs. */
export interface BaselineWindow {
  readonly from: number;
  readonly to: number;
  readonly why: string;
}

/**
 * Chooses the baseline window: all hours before the first surprising one. The surprise of an hour is the weighted count of
 * pairs of principal and endpoint first seen in it, measured against the other hours by median and MAD, so that the incident,
 * which is in the data too, does not hide itself. Undefined when the evidence is too short.
 * Shape: `surprise` has one entry an hour from `start` on, without holes.
 */
export function chooseWindow(start: number, end: number, surprise: readonly number[]): BaselineWindow | undefined {
  const hours = surprise.length;
  if (hours < MIN_HOURS) return undefined;
  const earliest = Math.ceil(hours * MIN_SHARE);
  const tail = surprise.slice(earliest);
  const { median: usual, mad } = medianAndMad(tail);
  const found = tail.findIndex((value) => value >= MIN_SURPRISE && robustZ(value, usual, mad, 1) >= SURPRISING);
  if (found >= 0) {
    const value = tail[found] ?? 0;
    const why = `the hour after it stands out: principals on endpoints that are new to them weigh ${String(value)} there, ${String(median(tail))} in a usual hour`;
    return { from: start, to: Math.min(end, start + (earliest + found) * HOUR - 1), why };
  }
  return {
    from: start,
    to: Math.min(end, start + Math.ceil(hours * QUIET_SHARE) * HOUR - 1),
    why: 'no hour stands out, so the last fifth is kept apart',
  };
}
