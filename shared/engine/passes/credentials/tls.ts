import { bulkInsert } from '../../store/bulk-insert.ts';
import { termReader } from '../../store/read/terms.ts';
import { networkOf } from '../../../model/network.ts';
import type { PassContext } from '../pass.ts';
import { eachRange } from '../principals/combos.ts';

interface Group {
  readonly credential: number;
  readonly source: number;
  readonly ip: number | null;
  readonly fingerprint: number;
  readonly calls: number;
}

/** Fingerprints by credential, source and address; the plus keeps to the ranges of calls. */
const SELECT = `SELECT c.credential_id AS credential, c.source_id AS source, c.client_ip_id AS ip, d.pointer_id AS fingerprint, count(*) AS calls
  FROM data_seen d JOIN call c ON c.id = d.call_id JOIN call_fact f ON f.call_id = c.id
  WHERE d.call_id BETWEEN ? AND ? AND d.type = 'tls-fingerprint' AND c.credential_id IS NOT NULL AND f.same_as IS NULL GROUP BY 1, 2, 3, 4`;

/** Writes with which TLS clients every credential was shown, by source and network. Cost: one read of what intake noted of the calls. */
export async function writeTlsClients(context: PassContext): Promise<void> {
  const { db } = context;
  db.exec('DELETE FROM credential_tls');
  if (db.prepare("SELECT 1 FROM data_seen WHERE type = 'tls-fingerprint' LIMIT 1").get() === undefined) return;
  const term = termReader(db);
  const page = db.prepare(SELECT);
  const counts = new Map<string, number>();
  await eachRange(context, (from, to) => {
    for (const { credential, source, ip, fingerprint, calls } of page.all<Group>(from, to)) {
      const key = JSON.stringify([credential, source, networkOf(term(ip)), fingerprint]);
      counts.set(key, (counts.get(key) ?? 0) + calls);
    }
  });
  db.transaction(() => {
    const rows = bulkInsert(db, 'credential_tls', ['credential_id', 'source_id', 'network', 'fingerprint_id', 'calls']);
    for (const [key, calls] of counts) {
      const [credential, source, network, fingerprint] = JSON.parse(key) as [number, number, string, number]; // our own, from above
      rows.add(credential, source, network, fingerprint, calls);
    }
    rows.flush();
  });
}
