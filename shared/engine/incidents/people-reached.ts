import { spreadOver } from '../../lib/spread.ts';
import { peopleAffected } from '../detectors/people/affected.ts';
import type { SqlDriver } from '../store/driver.ts';

/** Calls whose answers are read, evenly picked of more: fewer make the lower bound lower, never wrong. */
const MAX_READ = 5_000;

/**
 * Addresses that name one thing each, of endpoints whose answers were seen to hold data about people: so many people where the answers of these
 * very calls were not kept.
 */
const NAMED = `
  SELECT count(DISTINCT coalesce(c.path, '') || '?' || coalesce(c.query, '')) AS n
  FROM json_each(?) j JOIN call c ON c.id = j.value JOIN call_fact f ON f.call_id = c.id
  JOIN endpoint e ON e.id = f.endpoint_id JOIN endpoint_people p ON p.endpoint_id = e.id
  WHERE c.status BETWEEN 200 AND 299 AND e.template LIKE '%}' AND p.people > 0`;

/**
 * How many people the answers to some calls told of, at least: those whose names stand in the answers that were kept, each once, or the different
 * objects of an endpoint that gives out data about people. Of the two the greater, since both may tell of the same people.
 * Shape: `calls` are row ids. Cost: the answers of at most 5,000 calls.
 */
export function peopleReached(db: SqlDriver, calls: readonly number[]): number {
  const named = db.prepare(NAMED).get<{ n: number }>(JSON.stringify(calls))?.n ?? 0;
  return Math.max(named, peopleAffected(db, spreadOver(calls, MAX_READ))?.low ?? 0);
}
