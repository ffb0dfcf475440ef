import type { SqlDriver } from '../../store/driver.ts';

/** Share of a program's users whose use of an endpoint makes it the program's habit, and how many they are at least. */
const MOST = 0.5;
const SEVERAL = 2;

/** The program and its version, whatever it runs on: `AcmeShop/3.0.1 (iOS 18.6)` → `AcmeShop/3.0.1`. */
const releaseOf = (userAgent: string): string => userAgent.replace(/\s*\(.*$/s, '').trim();

/**
 * True when calls were made by a release of a program most of whose users make them as well: an old app goes on calling what its successors
 * gave up, and nobody chose it. Shape: `users` are the callers of the endpoint. Cost: one walk along the calls of that release.
 */
export function isHabitOfRelease(db: SqlDriver, calls: readonly number[], users: ReadonlySet<number>): boolean {
  const releases = new Set(
    db
      .prepare(
        'SELECT DISTINCT t.value FROM json_each(?) x JOIN call c ON c.id = x.value JOIN term t ON t.id = c.user_agent_id WHERE t.value IS NOT NULL',
      )
      .all<{ value: string }>(JSON.stringify(calls))
      .map(({ value }) => releaseOf(value)),
  );
  const [release] = releases;
  if (releases.size !== 1 || release === undefined || release === '') return false;
  const terms = db
    .prepare('SELECT id, value FROM term WHERE substr(value, 1, ?) = ?')
    .all<{ id: number; value: string }>(release.length, release)
    .filter(({ value }) => releaseOf(value) === release);
  const callers = db
    .prepare(
      `SELECT DISTINCT f.principal_id AS id FROM call c JOIN call_fact f ON f.call_id = c.id JOIN principal p ON p.id = f.principal_id AND p.weak = 0
        WHERE c.user_agent_id IN (SELECT value FROM json_each(?))`,
    )
    .all<{ id: number }>(JSON.stringify(terms.map(({ id }) => id)))
    .map(({ id }) => id);
  const too = callers.filter((id) => users.has(id)).length;
  return too >= SEVERAL && too >= MOST * callers.length;
}
