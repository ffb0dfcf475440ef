import { bulkInsert } from '../../store/bulk-insert.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { revocationTables } from '../../store/migrations/0008-revocation.ts';
import type { CredentialLink } from './links.ts';
import { splitUse, type PeopleCounts } from './people.ts';
import type { Power } from './powers.ts';

interface Reach {
  readonly people: PeopleCounts;
  readonly links: readonly CredentialLink[];
  readonly powers: readonly Power[];
}

/** Replaces the tables of the pass in one transaction. Gives how many credentials were used, and on how many operations each. */
export function writeReach(db: SqlDriver, { people, links, powers }: Reach): { readonly credentials: number; readonly pairs: number } {
  db.transaction(() => {
    for (const table of revocationTables) db.exec(`DELETE FROM ${table}`);
    db.exec('INSERT INTO credential_endpoint SELECT * FROM temp.credential_endpoint_new');
    // People belong to the use of the credential; where callers share it, the first of them carries the number.
    const count = db.prepare(
      `UPDATE credential_endpoint SET people = ? WHERE credential_id = ? AND endpoint_id = ? AND principal_id =
         (SELECT min(principal_id) FROM credential_endpoint WHERE credential_id = ? AND endpoint_id = ?)`,
    );
    for (const [key, value] of people.byUse) {
      const { credential, endpoint } = splitUse(key);
      count.run(value, credential, endpoint, credential, endpoint);
    }
    const endpoints = bulkInsert(db, 'endpoint_people', ['endpoint_id', 'people']);
    for (const [endpoint, value] of people.byEndpoint) endpoints.add(endpoint, value);
    endpoints.flush();
    const power = bulkInsert(db, 'credential_power', ['credential_id', 'power']);
    for (const row of powers) power.add(row.credential, row.power);
    power.flush();
    const link = bulkInsert(db, 'credential_link', ['parent_id', 'child_id', 'kind', 'call_id']);
    for (const row of links) link.add(row.parent, row.child, row.kind, row.call);
    link.flush();
  });
  db.exec('DROP TABLE temp.credential_endpoint_new');
  const row = db
    .prepare(
      "SELECT count(DISTINCT credential_id) AS credentials, count(DISTINCT credential_id || ' ' || endpoint_id) AS pairs FROM credential_endpoint",
    )
    .get<{ credentials: number; pairs: number }>();
  return { credentials: row?.credentials ?? 0, pairs: row?.pairs ?? 0 };
}
