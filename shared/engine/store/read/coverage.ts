import type { Coverage } from '../../../contract/rows.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../driver.ts';
import { sliceLength } from './calls/activity.ts';

/** Units: µs. */
const SECOND = 1_000_000;

interface Counted {
  readonly source_id: number;
  /** Null for calls without a time. */
  readonly slice: number | null;
  readonly calls: number;
}

/**
 * Calls of each source over time, in at most `most` slices that all sources share. Every sighting counts, since a source covers a
 * time also where another saw the same calls.
 * Cost: two walks over the calls, and one over those that are another sighting.
 */
export function getCoverage(db: SqlDriver, most: number): Coverage {
  const range = db.prepare('SELECT min(time) AS first, max(time) AS last FROM call').get<{ first: number | null; last: number | null }>();
  const [first, last] = [range?.first ?? null, range?.last ?? null];
  const step = first === null || last === null ? SECOND : sliceLength(first, last, most);
  const start = first === null ? 0 : Math.floor(first / step) * step;
  const slices = last === null ? 0 : Math.floor((last - start) / step) + 1;
  const bySource = new Map<number, { readonly calls: number[]; untimed: number }>();
  const rows = db.prepare(
    'SELECT source_id, CAST((time - ?) / ? AS INTEGER) AS slice, count(*) AS calls FROM call GROUP BY source_id, slice',
  );
  for (const { source_id, slice, calls } of rows.iterate<Counted & Record<string, number | null>>(start, step)) {
    const entry = bySource.get(source_id) ?? { calls: new Array<number>(slices).fill(0), untimed: 0 };
    if (slice === null) entry.untimed = calls;
    else entry.calls[slice] = calls;
    bySource.set(source_id, entry);
  }
  const again = new Array<number>(slices).fill(0);
  const sightings = db.prepare(
    `SELECT CAST((c.time - ?) / ? AS INTEGER) AS slice, count(*) AS calls FROM call_fact f JOIN call c ON c.id = f.call_id
      WHERE f.same_as IS NOT NULL AND c.time IS NOT NULL GROUP BY slice`,
  );
  for (const { slice, calls } of sightings.iterate<{ slice: number; calls: number }>(start, step)) again[slice] = calls;
  const names = db
    .prepare("SELECT id, name FROM source WHERE state NOT IN ('withdrawing', 'withdrawn') ORDER BY name")
    .all<{ id: number; name: string }>();
  return {
    ...(first === null || last === null ? {} : { window: [printTime(epochMicros(first)), printTime(epochMicros(last))] as const }),
    binSeconds: slices === 0 ? 0 : step / SECOND,
    starts: Array.from({ length: slices }, (_, index) => printTime(epochMicros(start + index * step))),
    sources: names.flatMap(({ id, name }) => {
      const entry = bySource.get(id);
      return entry === undefined ? [] : [{ source: name, ...entry }];
    }),
    again,
  };
}
