import { claimText, readClaims } from '../../../model/claims.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { End } from './end.ts';

/** Shorter ids may be anything. Units: characters. */
const LEAST_ID = 8;
/** Rows of calls looked at in one statement. */
const SLICE = 50_000;

/** Tokens by the ids that a DELETE may name in its path; a copy with other claims may have the same. */
function tokensById(db: SqlDriver): ReadonlyMap<string, readonly number[]> {
  const ids = new Map<string, number[]>();
  for (const { id, claims } of db
    .prepare('SELECT id, jwt_claims AS claims FROM credential WHERE jwt_claims IS NOT NULL')
    .iterate<{ id: number; claims: string }>()) {
    const name = claimText(readClaims(claims) ?? {}, 'jti');
    if (name === undefined || name.length < LEAST_ID) continue;
    const known = ids.get(name);
    if (known === undefined) ids.set(name, [id]);
    else known.push(id);
  }
  return ids;
}

/** Deletes that were answered 2xx and whose path ends in the `jti` of a token. Cost: one walk over the calls, where tokens have ids. */
export async function revocationsById(db: SqlDriver, breathe: () => Promise<void>): Promise<readonly End[]> {
  const ids = tokensById(db);
  if (ids.size === 0) return [];
  const last = db.prepare('SELECT max(id) AS id FROM call').get<{ id: number | null }>()?.id ?? 0;
  const deletes = db.prepare(
    `SELECT ifnull(f.same_as, c.id) AS call, c.path, c.time FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE c.id > ? AND c.id <= ? AND c.method_id = (SELECT id FROM term WHERE value = 'DELETE')
       AND c.status BETWEEN 200 AND 299 AND c.time IS NOT NULL AND c.path IS NOT NULL`,
  );
  const found: End[] = [];
  for (let after = 0; after < last; after += SLICE) {
    for (const { call, path, time } of deletes.all<{ call: number; path: string; time: number }>(after, after + SLICE))
      for (const credential of ids.get(path.slice(path.lastIndexOf('/') + 1)) ?? [])
        found.push({ credential, time, call, kind: 'revoked' });
    await breathe();
  }
  return found;
}
