import { MAX_CREDENTIALS, type CredentialOverview, type CredentialRow } from '../../../../contract/credentials.ts';
import type { PrincipalKind, Severity } from '../../../../contract/report-json.ts';
import type { SqlDriver } from '../../driver.ts';
import { listCredentials } from '../credentials.ts';
import { readKeys } from '../knowledge.ts';
import { isOpen } from '../findings/open-finding.ts';
import { readLadders } from './ladder.ts';
import { listLifetimes, listRotations } from './lifetimes.ts';

/** All credentials, or those of these ids, with the owner's name and what was found about them. */
export function credentialRows(db: SqlDriver, among?: readonly string[]): readonly CredentialRow[] {
  const owners = new Map(
    db
      .prepare('SELECT key, label, kind FROM principal')
      .all<{ key: string; label: string; kind: PrincipalKind }>()
      .map((row) => [row.key, row]),
  );
  const about = findingsByCredential(db);
  return listCredentials(db, among).map((credential) => {
    const owner = credential.principal === undefined ? undefined : owners.get(credential.principal);
    const found = about.get(credential.id);
    return {
      ...credential,
      ...(owner === undefined ? {} : { principalLabel: owner.label, principalKind: owner.kind }),
      findings: found?.count ?? 0,
      ...(found === undefined ? {} : { severity: found.worst }),
    };
  });
}

/** Findings that name a credential; they are stored in order of urgency, so the first is the worst of its family. */
function findingsByCredential(db: SqlDriver): ReadonlyMap<string, { readonly count: number; readonly worst: Severity }> {
  const found = new Map<string, { count: number; worst: Severity }>();
  for (const { severity, key } of db
    .prepare(`SELECT f.severity, j.value AS key FROM finding f, json_each(f.data, '$.credentials') j WHERE ${isOpen(db, 'f')} ORDER BY CASE f.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END, f.rank`)
    .all<{ severity: Severity; key: string }>()) {
    const known = found.get(key);
    if (known === undefined) found.set(key, { count: 1, worst: severity });
    else known.count += 1;
  }
  return found;
} // prettier-ignore

/** Calls that are evidence of incidents, and how many of them showed a credential. */
const findingCalls = (db: SqlDriver): CredentialOverview['findingCalls'] =>
  db
    .prepare(
      `SELECT count(*) AS calls, ifnull(sum(has), 0) AS authenticated FROM (
         SELECT DISTINCT c.id, c.credential_id IS NOT NULL OR c.consumer_id IS NOT NULL AS has
           FROM finding f JOIN finding_call x ON x.finding_id = f.id JOIN call c ON c.id = x.call_id WHERE f.family = 'incident' AND ${isOpen(db, 'f')})`,
    )
    .get<{ calls: number; authenticated: number }>() ?? { calls: 0, authenticated: 0 };

/** Everything that the credentials screen shows before one is chosen. */
export function readCredentialOverview(db: SqlDriver): CredentialOverview {
  const all = credentialRows(db);
  const most = (rows: readonly CredentialRow[]): readonly CredentialRow[] => {
    if (rows.length <= MAX_CREDENTIALS) return rows;
    const least = [...rows].sort((a, b) => (b.calls ?? 0) - (a.calls ?? 0))[MAX_CREDENTIALS - 1]?.calls ?? 0;
    return rows.filter((row) => (row.calls ?? 0) >= least).slice(0, MAX_CREDENTIALS);
  };
  return {
    rows: most(all),
    total: all.length,
    ladders: readLadders(db),
    findingCalls: findingCalls(db),
    lifetimes: listLifetimes(db),
    rotations: listRotations(db),
    issuerKeys: readKeys(db, 'jwks').length,
  };
}
