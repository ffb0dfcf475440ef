/**
 * The days of the sample. Units: epoch milliseconds, UTC, everywhere in the generator.
 * Monday to Saturday, and the hours of Sunday until the bundle was collected; in them Central European
 * summer time ends, so the web server's local stamps repeat the hour from two to three.
 */

/** Monday 2026-10-19 00:00 UTC. */
export const FIRST_DAY = Date.UTC(2026, 9, 19);
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;
export const SECOND_MS = 1000;
/** Sunday 2026-10-25 05:00 UTC: the bundle was collected. */
export const COLLECTED = FIRST_DAY + 6 * DAY_MS + 5 * HOUR_MS;
/** Sunday 2026-10-25 01:00 UTC: 03:00 becomes 02:00 in Berlin. */
const SUMMER_ENDS = FIRST_DAY + 6 * DAY_MS + HOUR_MS;

export type Zone = 'Europe/Berlin' | 'America/New_York';

/** Offset east of UTC. Written out instead of asked from the runtime: its zone tables differ between machines. Units: minutes. */
export function zoneOffset(zone: Zone, at: number): number {
  // New York leaves summer time a week later, on 2026-11-01, after the sample ends.
  if (zone === 'America/New_York') return -240;
  return at < SUMMER_ENDS ? 120 : 60;
}

/** Share of the day's traffic per local hour, from midnight on: a shop's evening peak. */
const SHOPPER_RHYTHM = [1, 0.6, 0.4, 0.3, 0.4, 0.8, 2, 3.5, 4.5, 5, 5.5, 6, 6.5, 6, 5.5, 5.5, 6, 7, 8, 9, 9.5, 8, 5, 2.5];
/** Office hours. */
const OFFICE_RHYTHM = [0, 0, 0, 0, 0, 0, 0, 1, 6, 9, 10, 9, 5, 8, 10, 9, 7, 3, 0.5, 0, 0, 0, 0, 0];

export type Rhythm = 'shopper' | 'office';

/** The expected share of a local day that falls into the UTC hour which begins at `hourStart`. */
export function shareOfDay(rhythm: Rhythm, zone: Zone, hourStart: number): number {
  const table = rhythm === 'shopper' ? SHOPPER_RHYTHM : OFFICE_RHYTHM;
  const local = new Date(hourStart + zoneOffset(zone, hourStart) * MINUTE_MS);
  const weekday = local.getUTCDay();
  const weight = rhythm === 'office' ? (weekday === 0 || weekday === 6 ? 0 : 1) : weekday === 0 || weekday === 6 ? 1.25 : 1;
  const total = table.reduce((sum, value) => sum + value, 0);
  return ((table[local.getUTCHours()] ?? 0) / total) * weight;
}

/** Every whole hour of the sample, in order. */
export function hoursOfSample(): readonly number[] {
  const hours: number[] = [];
  for (let at = FIRST_DAY; at < COLLECTED; at += HOUR_MS) hours.push(at);
  return hours;
}

/** Every moment from `first` on, `step` apart, before the bundle was collected. */
export function everyStep(first: number, step: number): readonly number[] {
  const moments: number[] = [];
  for (let at = first; at < COLLECTED; at += step) moments.push(at);
  return moments;
}
