import type { SqlDriver } from '../../store/driver.ts';
import { isDiscovery } from './doors.ts';

/** Answers that say: not here, not you, not so. */
export const REFUSED = 'c.status IN (401, 403, 404, 405, 501)';

/** Shares that no binary fraction is exact for must not make a stretch of just so many refusals one too few. */
const ROUNDING = 1e-9;

/** Rows read at a time, so that other work gets in between. */
const PAGE = 20_000;

/** Whether a caller was refused `least` times in some stretch of its calls of which at least `share` were refused. */
export type HasDenseRefusals = (principal: number) => Promise<boolean>;

/**
 * Asks callers by the times of their calls alone: most know the doors that they use, and their calls need not be read whole. Endpoints that
 * programs look up by themselves are left out. A stretch may span pauses, so that no caller is left out who was refused densely between two of them.
 * Cost: one walk along the calls of a caller. Memory: 8 bytes for each of them.
 */
export function denseRefusals(db: SqlDriver, least: number, share: number, breathe: () => Promise<void>): HasDenseRefusals {
  const aside = JSON.stringify(
    db
      .prepare('SELECT id, method, template FROM endpoint')
      .all<{ id: number; method: string; template: string }>()
      .filter(({ method, template }) => method === 'HEAD' || isDiscovery(template))
      .map(({ id }) => id),
  );
  const page = db.prepare(
    `SELECT c.id, c.time, ${REFUSED} AS refused FROM call_fact f JOIN call c ON c.id = f.call_id
     WHERE f.principal_id = ? AND f.call_id > ? AND c.time IS NOT NULL AND f.same_as IS NULL
       AND ifnull(f.endpoint_id, 0) NOT IN (SELECT value FROM json_each(?)) ORDER BY f.call_id LIMIT ${String(PAGE)}`,
  );
  return async (principal) => {
    const all: number[] = [];
    const refused: number[] = [];
    for (let after = 0; ;) {
      const rows = page.all<{ id: number; time: number; refused: number | null }>(principal, after, aside);
      for (const row of rows) {
        all.push(row.time);
        if (row.refused === 1) refused.push(row.time);
      }
      await breathe();
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.id;
    }
    return isDense(Float64Array.from(all).sort(), Float64Array.from(refused).sort(), least, share);
  };
}

/** True when `least` or more of `refused` lie so close together that they are at least `share` of all times from the first of them to the last. Both sorted. */
export function isDense(all: Float64Array, refused: Float64Array, least: number, share: number): boolean {
  // From refusal i to j lie j - i + 1 refusals and calls(j) - calls(i) + 1 calls at the least: what is asked is a difference of two sums.
  let calls = 0;
  let lowest = Infinity;
  const sums: number[] = [];
  for (const [index, time] of refused.entries()) {
    while ((all[calls] ?? Infinity) < time) calls += 1;
    sums.push(index - share * calls);
    lowest = Math.min(lowest, sums[index - least + 1] ?? Infinity);
    if ((sums[index] ?? 0) - lowest + 1 - share >= -ROUNDING) return true;
  }
  return false;
}
