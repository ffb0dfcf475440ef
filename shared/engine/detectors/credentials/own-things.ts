import { groupBy } from '../../../lib/group-by.ts';
import { findBrowser, findPhone } from '../../passes/principals/user-agent.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { Switching } from './switches.ts';

/** What a call asked for, as one text; what a GraphQL query asks for stands in its body. */
const WHAT = (alias: string): string =>
  `ifnull(${alias}.method_id, 0) || ' ' || ifnull(${alias}.host_id, 0) || ' ' || ifnull(${alias}.tool_id, 0) || ' ' || ${alias}.path || '?' || ifnull(${alias}.query, '')`;

/** Days on which a second device is used; a thief who is found out, or has what was wanted, comes on one. */
const DAYS = 2;

/**
 * True when some calls asked for nothing but what the other calls with the same credential ask for as well: method, host, path with the objects in it, query and tool. Whoever took
 * a credential wants something; a telephone that goes by two ways shows its owner's things by both.
 */
export function asksForOwn(db: SqlDriver, credential: number, calls: readonly number[]): boolean {
  const wanted = JSON.stringify(calls);
  const foreign = db.prepare(
    `WITH own AS MATERIALIZED (
       SELECT ${WHAT('o')} AS what FROM call o JOIN call_fact f ON f.call_id = o.id
        WHERE o.credential_id = ? AND f.same_as IS NULL AND o.id NOT IN (SELECT value FROM json_each(?)))
     SELECT 1 FROM json_each(?) j JOIN call c ON c.id = j.value
      WHERE c.path IS NULL OR c.path LIKE '%graphql%' OR ${WHAT('c')} NOT IN (SELECT what FROM own) LIMIT 1`,
  );
  return calls.length > 0 && foreign.get(credential, wanted, wanted) === undefined;
}

/**
 * True when some calls of several days ask by the same operations as its holder's others, and for objects that nobody else ever asks for: another of one's own orders is
 * opened on the telephone, not another's.
 */
function asksAlike(db: SqlDriver, credential: number, calls: readonly number[]): boolean {
  const wanted = JSON.stringify(calls);
  const days = db.prepare('SELECT count(DISTINCT c.time / 86400000000) AS days FROM json_each(?) j JOIN call c ON c.id = j.value');
  if ((days.get<{ days: number }>(wanted)?.days ?? 0) < DAYS) return false;
  const rows = db
    .prepare(
      `SELECT DISTINCT f.endpoint_id AS endpoint, f.principal_id AS principal, c.path, e.template FROM json_each(?) j JOIN call c ON c.id = j.value JOIN call_fact f ON f.call_id = c.id
       LEFT JOIN endpoint e ON e.id = f.endpoint_id`,
    )
    .all<{ endpoint: number | null; principal: number | null; path: string | null; template: string | null }>(wanted);
  const own = new Set(
    db
      .prepare(
        `SELECT DISTINCT f.endpoint_id AS endpoint FROM call o JOIN call_fact f ON f.call_id = o.id
         WHERE o.credential_id = ? AND f.same_as IS NULL AND f.endpoint_id IS NOT NULL AND o.id NOT IN (SELECT value FROM json_each(?))`,
      )
      .all<{ endpoint: number }>(credential, wanted)
      .map(({ endpoint }) => endpoint),
  );
  if (rows.some(({ endpoint, path }) => endpoint === null || path === null || path.includes('graphql') || !own.has(endpoint))) return false;
  const objects = rows.filter(({ template }) => template?.includes('{') === true);
  const others = db.prepare(
    'SELECT c.path FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = ? AND f.principal_id <> ? AND f.same_as IS NULL',
  );
  return [...groupBy(objects, ({ endpoint }) => endpoint ?? 0)].every(([endpoint, asked]) => {
    const paths = new Set(asked.map(({ path }) => path));
    for (const { path } of others.iterate<{ path: string | null }>(endpoint, asked[0]?.principal ?? 0)) if (paths.has(path)) return false;
    return true;
  });
}

/** The very same as the others ask for, or day after day more of the kind that nobody else asks for; undefined where some of it may be another's. */
type Own = 'same' | 'alike' | undefined;

const ownThings = (db: SqlDriver, credential: number, calls: readonly number[]): Own =>
  calls.length === 0 ? undefined : asksAlike(db, credential, calls) ? 'alike' : asksForOwn(db, credential, calls) ? 'same' : undefined;

/** A program that a person holds in the hand or looks at. */
const isOfPerson = (userAgent: string): boolean => (findBrowser(userAgent) ?? findPhone(userAgent)) !== undefined;

/**
 * True when two places look like one person's two devices: both with a person's programs, and both ask for that person's things only. One program in both must do
 * so on several days: a thief copies its name.
 */
export function areTwoDevices(
  db: SqlDriver,
  seen: Pick<Switching, 'credential' | 'holder' | 'ownerAgents' | 'otherAgents'>,
  isOtherProgram: boolean,
  calls: readonly number[],
): boolean {
  if (seen.holder !== 'human' || ![...seen.ownerAgents, ...seen.otherAgents].every(isOfPerson)) return false;
  const own = ownThings(db, seen.credential, calls);
  return own === 'alike' || (own === 'same' && isOtherProgram);
}
