import type { SqlDriver } from '../../store/driver.ts';

/** The program and its version, whatever it runs on: `AcmeShop/3.0.1 (iOS 18.6)` → `AcmeShop/3.0.1`. */
const releaseOf = (userAgent: string): string => userAgent.replace(/\s*\(.*$/s, '').trim();

/**
 * Callers with the release of a program that made these calls: an old app goes on calling what its successors gave up, and nobody chose it.
 * Shape: nobody where several releases made them, or none is known. Cost: one walk along the calls.
 */
export function usersOfRelease(db: SqlDriver, calls: readonly number[]): ReadonlySet<number> {
  const releases = new Set(
    db
      .prepare('SELECT DISTINCT t.value FROM json_each(?) x JOIN call c ON c.id = x.value JOIN term t ON t.id = c.user_agent_id')
      .all<{ value: string }>(JSON.stringify(calls))
      .map(({ value }) => releaseOf(value)),
  );
  const [release] = releases;
  if (releases.size !== 1 || release === undefined || release === '') return new Set();
  const terms = db
    .prepare('SELECT id, value FROM term WHERE substr(value, 1, ?) = ?')
    .all<{ id: number; value: string }>(release.length, release)
    .filter(({ value }) => releaseOf(value) === release);
  const callers = db
    .prepare(
      `SELECT DISTINCT f.principal_id AS id FROM call c JOIN call_fact f ON f.call_id = c.id JOIN principal p ON p.id = f.principal_id AND p.weak = 0
        WHERE c.user_agent_id IN (SELECT value FROM json_each(?))`,
    )
    .all<{ id: number }>(JSON.stringify(terms.map(({ id }) => id)));
  return new Set(callers.map(({ id }) => id));
}
