import type { SqlDriver } from '../../store/driver.ts';

/**
 * True when some calls asked for nothing but what the other calls with the same credential ask for as well: paths, with the objects in them. Whoever took
 * a credential wants something; a telephone that goes by two ways shows its owner's things by both.
 */
export function asksForOwn(db: SqlDriver, credential: number, calls: readonly number[]): boolean {
  const wanted = JSON.stringify(calls);
  const foreign = db.prepare(
    `SELECT 1 FROM json_each(?) j JOIN call c ON c.id = j.value
      WHERE c.path IS NULL OR c.path NOT IN (SELECT o.path FROM call o WHERE o.credential_id = ? AND o.path IS NOT NULL AND o.id NOT IN (SELECT value FROM json_each(?))) LIMIT 1`,
  );
  return calls.length > 0 && foreign.get(wanted, credential, wanted) === undefined;
}
