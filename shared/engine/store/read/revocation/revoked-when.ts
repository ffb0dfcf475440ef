import { readClaims, claimText } from '../../../../model/claims.ts';
import type { SqlDriver } from '../../driver.ts';
import { listDecisions } from './decisions.ts';

/** When a credential was revoked, and what says so. */
export interface Revoked {
  /** Units: µs. */
  readonly at: number;
  readonly knownFrom: 'analyst' | 'evidence';
  readonly why: string;
}

/** A call that revokes a token by its text: RFC 7009, section 2.1. */
const REVOKE_PATH = "(lower(c.path) LIKE '%/revoke' OR lower(c.path) LIKE '%/revocation' OR lower(c.path) LIKE '%/revoke_token')";

interface Row {
  readonly credential: number;
  readonly time: number;
  readonly ref: string;
}

/** Requests to a revocation endpoint that were answered 200 (RFC 7009, section 2.2), by the token that they carried. */
const byRevocationCalls = (db: SqlDriver): readonly Row[] =>
  db
    .prepare(
      `SELECT e.credential_id AS credential, c.time, s.name || '#' || c.record AS ref
       FROM exposure e JOIN call c ON c.id = e.call_id JOIN source s ON s.id = c.source_id JOIN term t ON t.id = e.pointer_id
       JOIN term m ON m.id = c.method_id
       WHERE e.side = 'request' AND lower(t.value) LIKE '%token' AND m.value = 'POST' AND c.status = 200 AND c.time IS NOT NULL AND ${REVOKE_PATH}`,
    )
    .all<Row>();

/** Shorter ids may be anything. Units: characters. */
const LEAST_ID = 8;

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
function byDeletes(db: SqlDriver): readonly Row[] {
  const ids = tokensById(db);
  if (ids.size === 0) return [];
  const deletes = db
    .prepare(
      `SELECT c.path, c.time, s.name || '#' || c.record AS ref FROM call c JOIN source s ON s.id = c.source_id
       WHERE c.method_id = (SELECT id FROM term WHERE value = 'DELETE') AND c.status BETWEEN 200 AND 299 AND c.time IS NOT NULL AND c.path IS NOT NULL`,
    )
    .iterate<{ path: string; time: number; ref: string }>();
  const found: Row[] = [];
  for (const { path, time, ref } of deletes)
    for (const credential of ids.get(path.slice(path.lastIndexOf('/') + 1)) ?? []) found.push({ credential, time, ref });
  return found;
}

/** By time; what happened at once in the order of references, which no order of import changes. */
const inTime = (a: Row, b: Row): number => a.time - b.time || (a.ref < b.ref ? -1 : 1);

/**
 * The revocations that are known, by row id of the credential. What the analyst says stands above what the evidence shows; of
 * several calls the first counts.
 */
export function readRevocations(db: SqlDriver): ReadonlyMap<number, Revoked> {
  const known = new Map<number, Revoked>();
  for (const { credential, time, ref } of [...byRevocationCalls(db), ...byDeletes(db)].sort(inTime))
    if (!known.has(credential)) known.set(credential, { at: time, knownFrom: 'evidence', why: `${ref} revoked it` });
  const byFingerprint = db.prepare('SELECT id FROM credential WHERE fingerprint = ?');
  for (const [fingerprint, { revokedAt }] of listDecisions(db)) {
    const id = byFingerprint.get<{ id: number }>(fingerprint)?.id;
    if (id !== undefined && revokedAt !== undefined)
      known.set(id, { at: revokedAt, knownFrom: 'analyst', why: 'the analyst gave the time' });
  }
  return known;
}
