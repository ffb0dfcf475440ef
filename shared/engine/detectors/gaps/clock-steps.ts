import type { SqlDriver } from '../../store/driver.ts';

/** Records that stand a little before the one above them were written when they ended. Units: µs. */
const MIN_STEP = 5 * 60_000_000;
/** A file with more of them is not in order of time at all. */
const MAX_STEPS = 3;
const MIN_CALLS = 500;
const PAGE = 5_000;

/** A place in a source where time goes back. */
export interface ClockStep {
  readonly before: number;
  readonly after: number;
  /** How far. Units: µs. */
  readonly back: number;
}

/** Finds the places of a source where the next record is earlier by more than `MIN_STEP`; none for a source that is not in order of time. */
export async function findClockSteps(db: SqlDriver, source: number, breathe: () => Promise<void>): Promise<readonly ClockStep[]> {
  const page = db.prepare(`SELECT id, record, time FROM call WHERE source_id = ? AND record > ? AND time IS NOT NULL ORDER BY record LIMIT ${String(PAGE)}`);
  const steps: ClockStep[] = [];
  let last: { readonly id: number; readonly record: number; readonly time: number } | undefined;
  let calls = 0;
  for (;;) {
    const rows = page.all<{ id: number; record: number; time: number }>(source, last?.record ?? -1);
    for (const row of rows) {
      if (last !== undefined && last.time - row.time >= MIN_STEP) steps.push({ before: last.id, after: row.id, back: last.time - row.time });
      last = row;
    }
    calls += rows.length;
    await breathe();
    if (steps.length > MAX_STEPS) return [];
    if (rows.length < PAGE) return calls < MIN_CALLS ? [] : steps;
  }
} // prettier-ignore
