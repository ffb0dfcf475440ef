import type { Activity, ActivityBin } from '../../../contract/rows.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver, SqlValue } from '../driver.ts';
import { CALLS_FROM } from './calls.ts';

/** Lengths that people read time in: 1, 2, 5 in each power of ten below a second, then what divides minutes, hours, days. Units: µs. */
const SECOND = 1_000_000;
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((millis) => millis * 1000),
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60 * SECOND),
  ...[1, 2, 3, 6, 12].map((hours) => hours * 3600 * SECOND),
];
const DAY = 86_400 * SECOND;

/** The shortest readable length that covers `first` to `last` in at most `most` slices. Units: µs. */
export function sliceLength(first: number, last: number, most: number): number {
  const fits = (step: number): boolean => Math.floor(last / step) - Math.floor(first / step) + 1 <= most;
  const step = STEPS.find(fits);
  if (step !== undefined) return step;
  let days = 1;
  while (!fits(days * DAY)) days = days < 7 ? days + 1 : days * 2;
  return days * DAY;
}

/**
 * Calls that a filter matches, counted in at most `most` slices of equal length that begin at round times.
 * Shape:  `where` is a condition over `c` (call) and `f` (call_fact); calls without a time are in no slice.
 * Cost:   two walks over the matching calls.
 */
export function getActivity(db: SqlDriver, where: string, params: readonly SqlValue[], most: number): Activity {
  const range = db
    .prepare(`SELECT min(c.time) AS first, max(c.time) AS last ${CALLS_FROM} WHERE c.time IS NOT NULL AND (${where})`)
    .get<{ first: number | null; last: number | null }>(...params);
  if (range?.first === undefined || range.first === null || range.last === null) return { binSeconds: 0, bins: [] };
  const step = sliceLength(range.first, range.last, most);
  const start = Math.floor(range.first / step) * step;
  const counted = new Map<number, { calls: number; failed: number; found: number }>();
  const rows = db.prepare(
    `SELECT CAST((c.time - ?) / ? AS INTEGER) AS slice, count(*) AS calls, count(CASE WHEN c.status >= 400 THEN 1 END) AS failed,
       count(CASE WHEN EXISTS (SELECT 1 FROM finding_call fc WHERE fc.call_id = c.id) THEN 1 END) AS found
     ${CALLS_FROM} WHERE c.time IS NOT NULL AND (${where}) GROUP BY slice`,
  );
  for (const row of rows.iterate<{ slice: number; calls: number; failed: number; found: number }>(start, step, ...params))
    counted.set(row.slice, row);
  const slices = Math.floor((range.last - start) / step) + 1;
  const bins = Array.from({ length: slices }, (_, index): ActivityBin => {
    const row = counted.get(index);
    return {
      start: printTime(epochMicros(start + index * step)),
      calls: row?.calls ?? 0,
      failed: row?.failed ?? 0,
      inFindings: row?.found ?? 0,
    };
  });
  return { window: [printTime(epochMicros(range.first)), printTime(epochMicros(range.last))], binSeconds: step / SECOND, bins };
}
