import { numberAt } from '../../../lib/numbers.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** A call further from all calls of the other principal was made in no run of it. Source: the least pause that ends a session, catalogue 6.0. Units: µs. */
const RUN = 5 * 60 * 1_000_000;
/** Fewer calls of the other principal may have come into the capture by chance. */
const MIN_CALLS = 3;

/** A key that names nobody, and the one principal in whose runs it was used. */
export interface KeyOfRuns {
  readonly key: number;
  readonly holder: number;
  /** Calls with the key. */
  readonly calls: number;
}

/** Principals that are a mere credential and that only captures of clients saw. */
const KEYS = `
  SELECT p.id FROM principal p
   WHERE p.weak = 0 AND p.identity LIKE 'credential %' AND EXISTS (SELECT 1 FROM call_fact f WHERE f.principal_id = p.id) AND NOT EXISTS (
     SELECT 1 FROM call_fact f JOIN call c ON c.id = f.call_id JOIN source s ON s.id = c.source_id
      WHERE f.principal_id = p.id AND (s.format <> 'har' OR c.time IS NULL))`;

/** Calls of known principals in the captures that hold a key, in order of time. */
const BESIDE = `
  SELECT f.principal_id AS principal, p.identity LIKE 'credential %' AS isKey, c.time FROM call c
    JOIN call_fact f ON f.call_id = c.id JOIN principal p ON p.id = f.principal_id AND p.weak = 0
   WHERE c.time IS NOT NULL AND c.source_id IN (SELECT d.source_id FROM call_fact g JOIN call d ON d.id = g.call_id WHERE g.principal_id = ?)
   ORDER BY c.time, c.id`;

/** Whether each of some times lies within a run of others. Shape: both rise. */
function isWithinRuns(times: readonly number[], others: readonly number[]): boolean {
  let at = 0;
  return times.every((time) => {
    while (at + 1 < others.length && Math.abs(numberAt(others, at + 1) - time) <= Math.abs(numberAt(others, at) - time)) at += 1;
    return Math.abs(numberAt(others, at) - time) <= RUN;
  });
}

/**
 * Keys that stand only in captures of one other principal's program, each call of them within a run of its calls: an agent's key for the
 * model that it asks is no second agent. A capture of several principals tells nothing. Cost: a walk over the captures that hold such a key.
 */
export function findKeysOfRuns(db: SqlDriver): readonly KeyOfRuns[] {
  const beside = db.prepare(BESIDE);
  return db
    .prepare(KEYS)
    .all<{ id: number }>()
    .flatMap(({ id }) => {
      const rows = beside.all<{ principal: number; isKey: number; time: number }>(id);
      const named = rows.filter(({ isKey }) => isKey === 0);
      const holder = named[0]?.principal;
      if (holder === undefined || named.length < MIN_CALLS || named.some(({ principal }) => principal !== holder)) return [];
      const times = rows.flatMap(({ principal, time }) => (principal === id ? [time] : []));
      if (
        !isWithinRuns(
          times,
          named.map(({ time }) => time),
        )
      )
        return [];
      return [{ key: id, holder, calls: times.length }];
    });
}
