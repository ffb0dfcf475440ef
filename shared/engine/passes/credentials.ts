import { credentialTables } from '../store/migrations/0006-credentials.ts';
import { writeLives } from './credentials/lives.ts';
import { writePlaces } from './credentials/places.ts';
import { writeShares } from './credentials/shares.ts';
import { writeTlsClients } from './credentials/tls.ts';
import type { Pass } from './pass.ts';

/** Follows every credential through the calls: from where, to which hosts, when not, and how many calls came without one. */
export const credentialsPass: Pass = {
  id: 'credentials',
  version: 2,
  title: 'Use of credentials',
  needs: ['principals', 'chains', 'attribution'],
  fills: [...credentialTables, 'credential_tls'],
  async run(context) {
    const { db } = context;
    for (const table of credentialTables) db.exec(`DELETE FROM ${table}`);
    await writePlaces(context);
    await writeTlsClients(context);
    await writeLives(context);
    await writeShares(context);
    const several = db.prepare('SELECT count(*) AS n FROM (SELECT 1 FROM credential_context GROUP BY credential_id HAVING count(DISTINCT network) > 1)').get<{ n: number }>()?.n ?? 0;
    const { calls, without } = db.prepare('SELECT ifnull(sum(calls), 0) AS calls, ifnull(sum(without), 0) AS without FROM credential_share').get<{ calls: number; without: number }>() ?? { calls: 0, without: 0 };
    return `Of ${calls.toLocaleString('en-US')} calls in sources that show credentials, ${without.toLocaleString('en-US')} came without one. ${several.toLocaleString('en-US')} credentials were used from more than one network.`;
  },
}; // prettier-ignore
