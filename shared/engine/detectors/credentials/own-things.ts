import type { SqlDriver } from '../../store/driver.ts';

/** What a call asked for, as one text; what a GraphQL query asks for stands in its body. */
const WHAT = (alias: string): string =>
  `ifnull(${alias}.method_id, 0) || ' ' || ifnull(${alias}.host_id, 0) || ' ' || ifnull(${alias}.tool_id, 0) || ' ' || ${alias}.path || '?' || ifnull(${alias}.query, '')`;

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
