import type { Activity, ActivityBin } from '../../../../contract/rows.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import { FAILED_SQL } from '../../call-answer.ts';
import type { Found } from '../../columns/call-search.ts';
import type { NumberColumn } from '../../columns/column-names.ts';
import { ordinalOf, type CallIds, type LoadedColumns } from '../../columns/load-columns.ts';
import type { SqlDriver, SqlValue } from '../../driver.ts';
import { CALLS_FROM } from './calls.ts';
import { otherSightings } from './other-sightings.ts';

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

/** What is counted of one slice. */
interface SliceCount {
  readonly calls: number;
  readonly failed: number;
  readonly found: number;
}

interface Slices {
  /** Units: µs. */
  readonly first: number;
  readonly last: number;
  readonly step: number;
  readonly start: number;
}

const NO_ACTIVITY: Activity = { binSeconds: 0, bins: [] };

const slicesOf = (first: number, last: number, most: number): Slices => {
  const step = sliceLength(first, last, most);
  return { first, last, step, start: Math.floor(first / step) * step };
};

function toActivity({ first, last, step, start }: Slices, countOf: (slice: number) => SliceCount | undefined): Activity {
  const slices = Math.floor((last - start) / step) + 1;
  const bins = Array.from({ length: slices }, (_, index): ActivityBin => {
    const counted = countOf(index);
    return {
      start: printTime(epochMicros(start + index * step)),
      calls: counted?.calls ?? 0,
      failed: counted?.failed ?? 0,
      inFindings: counted?.found ?? 0,
    };
  });
  return { window: [printTime(epochMicros(first)), printTime(epochMicros(last))], binSeconds: step / SECOND, bins };
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
  if (range?.first === undefined || range.first === null || range.last === null) return NO_ACTIVITY;
  const slices = slicesOf(range.first, range.last, most);
  const counted = new Map<number, SliceCount>();
  const rows = db.prepare(
    `SELECT CAST((c.time - ?) / ? AS INTEGER) AS slice, count(*) AS calls, sum(${FAILED_SQL}) AS failed,
       count(CASE WHEN EXISTS (SELECT 1 FROM finding_call fc WHERE fc.call_id = c.id) THEN 1 END) AS found
     ${CALLS_FROM} WHERE c.time IS NOT NULL AND (${where}) GROUP BY slice`,
  );
  for (const row of rows.iterate<SliceCount & { slice: number }>(slices.start, slices.step, ...params)) counted.set(row.slice, row);
  return toActivity(slices, (slice) => counted.get(slice));
}

/** Columns that activity is counted from. */
export const ACTIVITY_COLUMNS = ['c.time', FAILED_SQL] as const satisfies readonly NumberColumn[];

interface Counted {
  readonly ids: CallIds;
  readonly times: Float64Array;
  /** 1 where the call came to nothing. */
  readonly failed: Float64Array;
  /** Whether the call with an ordinal counts. */
  readonly counts: (ordinal: number) => boolean;
}

function countSlices(db: SqlDriver, { ids, times, failed, counts }: Counted, most: number): Activity {
  let first = Infinity;
  let last = -Infinity;
  for (let ordinal = 0; ordinal < ids.length; ordinal += 1) {
    const time = counts(ordinal) ? (times[ordinal] ?? NaN) : NaN;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  if (first > last) return NO_ACTIVITY;
  const slices = slicesOf(first, last, most);
  const counted = Array.from({ length: Math.floor((last - slices.start) / slices.step) + 1 }, () => ({ calls: 0, failed: 0, found: 0 }));
  const sliceAt = (ordinal: number): { calls: number; failed: number; found: number } | undefined =>
    counts(ordinal) ? counted[Math.floor(((times[ordinal] ?? NaN) - slices.start) / slices.step)] : undefined;
  for (let ordinal = 0; ordinal < ids.length; ordinal += 1) {
    const slice = sliceAt(ordinal);
    if (slice === undefined) continue;
    slice.calls += 1;
    slice.failed += failed[ordinal] ?? 0;
  }
  for (const { id } of db.prepare('SELECT DISTINCT call_id AS id FROM finding_call').all<{ id: number }>()) {
    const slice = sliceAt(ordinalOf(ids, id) ?? -1);
    if (slice !== undefined) slice.found += 1;
  }
  return toActivity(slices, (slice) => counted[slice]);
}

/** The same of calls that were found in memory. Cost: two passes over the columns. */
export async function foundActivity(db: SqlDriver, { columns, mask }: Found, most: number): Promise<Activity> {
  await columns.need(['c.time', FAILED_SQL]);
  const [times, failed] = [await columns.numbersOf('c.time'), await columns.numbersOf(FAILED_SQL)];
  return countSlices(db, { ids: columns.ids, times, failed, counts: (ordinal) => mask[ordinal] === 1 }, most);
}

/** The same of all calls that stand for themselves. Shape: `columns` holds `ACTIVITY_COLUMNS`. Cost: two passes over them. */
export function caseActivity(db: SqlDriver, columns: LoadedColumns, most: number): Activity {
  const [times, failed] = [columns.numbersOf('c.time'), columns.numbersOf(FAILED_SQL)];
  const sightings = otherSightings(db, columns.ids);
  return countSlices(db, { ids: columns.ids, times, failed, counts: (ordinal) => sightings[ordinal] === 0 }, most);
}
