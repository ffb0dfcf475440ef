import { DAY_MS, nextAt } from '../core/calendar.ts';
import type { Play } from '../core/incident.ts';

/**
 * The first time after the trap's start at which a clock in UTC shows that hour and that much time is left.
 * Shape: a day earlier when the evidence ends before. Units: hour of the day; ms.
 */
export function momentAt({ start, end }: Pick<Play, 'start' | 'end'>, hour: number, length: number): number {
  const next = nextAt(hour, start);
  return next + length <= end ? next : next - DAY_MS;
}

/** How many, for the traffic of that stage. */
export function scaled({ scale }: Play['stage'], count: number): number {
  return Math.max(5, Math.round(count * scale));
}
