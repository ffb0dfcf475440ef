import { getMeta } from '../../store/meta.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** Calls of the baseline below which nothing can be called new. Source: detection 38. */
export const MIN_BASELINE = 500;
/** Chance of something new below which a newcomer is news. Source: detection 39. */
export const RARE_NEWS = 0.01;

/** Why nothing in this case can be called new; undefined when it can. */
export function missingBaseline(db: SqlDriver): string | undefined {
  if (getMeta(db, 'baseline_to') === undefined) return 'the evidence spans less than six hours, so nothing in it is new';
  const calls =
    db.prepare('SELECT sum(calls) AS n FROM baseline WHERE principal_id IS NOT NULL AND endpoint_id IS NULL').get<{ n: number | null }>()
      ?.n ?? 0;
  if (calls < MIN_BASELINE) return `the baseline holds ${String(calls)} calls; from ${String(MIN_BASELINE)} on something can be called new`;
  return undefined;
}

/**
 * Chance that the next thing seen is a new one: those seen exactly once, of all sightings.
 * Example: 3 endpoints seen once in 600 calls give 0.005.
 * Source: Good (1953), "The population frequencies of species", the Good–Turing estimate.
 */
export const chanceOfNews = (seenOnce: number, sightings: number): number => (sightings === 0 ? 1 : seenOnce / sightings);

/** First calls of a principal, in time order. */
export function firstCalls(db: SqlDriver, principal: number, most: number): readonly number[] {
  return db
    .prepare(
      `SELECT c.id FROM call_fact f JOIN call c ON c.id = f.call_id JOIN source s ON s.id = c.source_id
       WHERE f.principal_id = ? AND f.same_as IS NULL AND c.time IS NOT NULL ORDER BY c.time, s.name, c.record LIMIT ?`,
    )
    .all<{ id: number }>(principal, most)
    .map(({ id }) => id);
}

/** True for a flag that makes an endpoint one that can do harm. */
export const doesHarm = (flags: string): boolean => /moves-money|grants-power|destroys/.test(flags);
