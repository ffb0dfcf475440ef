import type { Containment, UseAfter } from '../../../../contract/revocation.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import type { Revoked } from './revoked-when.ts';

/** Clocks differ and authorizers keep answers for a while: uses this soon after the revocation are not held against it. Units: µs. */
export const GRACE = 120e6;

interface Row {
  readonly credential: number;
  readonly key: string;
  readonly principal: string | null;
  readonly label: string | null;
  readonly host: string | null;
  readonly accepted: number;
  readonly refused: number;
  readonly first: number;
  readonly last: number;
  readonly lastAccepted: number | null;
  readonly first_call: number;
}

/** Uses by caller and host; a call that two sources saw counts once. */
const AFTER = `
  SELECT g.*, u.key, p.key AS principal, p.label, h.value AS host,
    (SELECT min(one.id) FROM call one WHERE one.credential_id = g.credential AND one.time = g.first AND one.host_id IS g.host_id) AS first_call
  FROM (
    SELECT c.credential_id AS credential, f.principal_id, c.host_id,
      count(DISTINCT CASE WHEN c.status BETWEEN 200 AND 299 THEN coalesce(f.same_as, c.id) END) AS accepted,
      count(DISTINCT CASE WHEN c.status BETWEEN 400 AND 499 THEN coalesce(f.same_as, c.id) END) AS refused,
      min(c.time) AS first, max(c.time) AS last, max(CASE WHEN c.status BETWEEN 200 AND 299 THEN c.time END) AS lastAccepted
    FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE c.credential_id = ? AND c.time > ?
    GROUP BY f.principal_id, c.host_id) g
  LEFT JOIN principal p ON p.id = g.principal_id LEFT JOIN term h ON h.id = g.host_id
  JOIN credential_use u ON u.credential_id = g.credential
  ORDER BY g.first, h.value, p.key`;

/** What was done with a credential, and with those made from it, later than the grace period after its revocation. */
export interface After {
  readonly containment: Containment;
  readonly uses: readonly UseAfter[];
}

function toUse(db: SqlDriver, row: Row): UseAfter {
  const place = db
    .prepare('SELECT s.name, c.record FROM call c JOIN source s ON s.id = c.source_id WHERE c.id = ?')
    .get<{ name: string; record: number }>(row.first_call);
  return {
    credential: row.key,
    ...(row.principal === null ? {} : { principal: row.principal }),
    ...(row.label === null ? {} : { label: row.label }),
    host: row.host ?? 'unknown host',
    accepted: row.accepted,
    refused: row.refused,
    first: printTime(epochMicros(row.first)),
    last: printTime(epochMicros(row.last)),
    firstRef: `${place?.name ?? '?'}#${String(place?.record ?? 0)}`,
  };
}

/**
 * Looks for uses after the revocation. `family`: the credential, then those made from it, which should have gone with it.
 * `end`: the last call of the evidence; when the revocation is later than it, nothing can be said.
 */
export function checkContainment(db: SqlDriver, family: readonly number[], revoked: Revoked, end: number | undefined): After {
  const select = db.prepare(AFTER);
  const from = revoked.at + GRACE;
  const rows = family.flatMap((credential) => select.all<Row>(credential, from));
  const accepted = rows.filter((row) => row.accepted > 0);
  const last = accepted.reduce((latest, row) => Math.max(latest, row.lastAccepted ?? 0), 0);
  return {
    uses: rows.map((row) => toUse(db, row)),
    containment: {
      callsAfter: accepted.reduce((sum, row) => sum + row.accepted, 0),
      acceptedBy: [...new Set(accepted.map((row) => row.host ?? 'unknown host'))].sort(),
      revokedAt: printTime(epochMicros(revoked.at)),
      knownFrom: revoked.knownFrom,
      why: revoked.why,
      state: accepted.length > 0 ? 'broken' : end === undefined || end <= from ? 'no-evidence' : 'held',
      refusedAfter: rows.reduce((sum, row) => sum + row.refused, 0),
      ...(last === 0 ? {} : { lastAcceptedAfterSeconds: Math.round((last - revoked.at) / 1e6) }),
    },
  };
}
