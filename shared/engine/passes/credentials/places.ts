import { claimSeconds, readClaims } from '../../../model/claims.ts';
import { bulkInsert } from '../../store/bulk-insert.ts';
import { callFlag } from '../../store/call-flags.ts';
import { CLOCK_TOLERANCE } from '../../store/read/credentials/stale.ts';
import { termReader } from '../../store/read/terms.ts';
import type { PassContext } from '../pass.ts';
import { eachRange } from '../principals/combos.ts';
import { networkOf } from '../../../model/network.ts';
import { userAgentFamily } from '../principals/user-agent.ts';

interface Group {
  readonly credential: number;
  readonly source: number;
  readonly ip: number | null;
  readonly userAgent: number | null;
  readonly host: number;
  readonly calls: number;
  readonly accepted: number;
  readonly first: number | null;
  readonly last: number | null;
}

interface Tally {
  calls: number;
  accepted: number;
  first: number | undefined;
  last: number | undefined;
}

const SELECT = `SELECT c.credential_id AS credential, c.source_id AS source, c.client_ip_id AS ip, c.user_agent_id AS userAgent, ifnull(c.host_id, 0) AS host,
    count(*) AS calls, sum(CASE WHEN c.status > 0 THEN c.status BETWEEN 200 AND 299 ELSE c.flags & ${String(callFlag.given)} <> 0 END) AS accepted, min(c.time) AS first, max(c.time) AS last
  FROM call c JOIN call_fact f ON f.call_id = c.id
  WHERE c.id BETWEEN ? AND ? AND c.credential_id IS NOT NULL AND f.same_as IS NULL GROUP BY 1, 2, 3, 4, 5`;

/** Texts of the evidence may hold anything, and lines keep the parts of a key apart. */
const oneLine = (text: string): string => text.replaceAll('\n', ' ');

function addTo(tallies: Map<string, Tally>, key: string, group: Group): void {
  let tally = tallies.get(key);
  if (tally === undefined) tallies.set(key, (tally = { calls: 0, accepted: 0, first: undefined, last: undefined }));
  tally.calls += group.calls;
  tally.accepted += group.accepted;
  if (group.first !== null) tally.first = Math.min(tally.first ?? Infinity, group.first);
  if (group.last !== null) tally.last = Math.max(tally.last ?? -Infinity, group.last);
}

/**
 * Writes from where and at which hosts every credential was shown.
 * Cost: one read of the calls; memory for as many rows as there are different uses, not calls.
 */
export async function writePlaces(context: PassContext): Promise<void> {
  const { db } = context;
  const term = termReader(db);
  const contexts = new Map<string, Tally>();
  const hosts = new Map<string, Tally>();
  const page = db.prepare(SELECT);
  await eachRange(context, (from, to) => {
    for (const group of page.all<Group>(from, to)) {
      const place = `${oneLine(networkOf(term(group.ip)))}\n${oneLine(userAgentFamily(term(group.userAgent)))}`;
      addTo(contexts, `${String(group.credential)}\n${String(group.source)}\n${place}`, group);
      addTo(hosts, `${String(group.credential)}\n${String(group.host)}`, group);
    }
  });
  const stale = staleUses(context);
  db.transaction(() => {
    const contextRows = bulkInsert(db, 'credential_context', ['credential_id', 'source_id', 'network', 'family', 'calls', 'accepted', 'first_use', 'last_use']);
    for (const [key, tally] of contexts) {
      const [credential, source, network, family] = key.split('\n');
      contextRows.add(Number(credential), Number(source), network ?? 'none', family ?? 'none', tally.calls, tally.accepted, tally.first ?? null, tally.last ?? null);
    }
    contextRows.flush();
    const hostRows = bulkInsert(db, 'credential_host', ['credential_id', 'host_id', 'calls', 'accepted', 'stale', 'stale_accepted', 'first_use', 'last_use']);
    for (const [key, tally] of hosts) {
      const [credential, host] = key.split('\n');
      const { calls, accepted } = stale.get(key) ?? { calls: 0, accepted: 0 };
      hostRows.add(Number(credential), Number(host), tally.calls, tally.accepted, calls, accepted, tally.first ?? null, tally.last ?? null);
    }
    hostRows.flush();
  });
} // prettier-ignore

/** Calls with tokens outside their own dates, by `credential\nhost`. Only tokens whose use reaches beyond their dates are looked up. */
function staleUses({ db }: PassContext): ReadonlyMap<string, { readonly calls: number; readonly accepted: number }> {
  const tokens = db
    .prepare(
      'SELECT c.id, c.jwt_claims AS claims, u.first_use AS first, u.last_use AS last FROM credential c JOIN credential_use u ON u.credential_id = c.id WHERE c.jwt_claims IS NOT NULL AND u.first_use IS NOT NULL',
    )
    .all<{ id: number; claims: string; first: number; last: number }>();
  const count = db.prepare(
    `SELECT ifnull(c.host_id, 0) AS host, count(*) AS calls, sum(ifnull(c.status BETWEEN 200 AND 299, 0)) AS accepted
       FROM call c JOIN call_fact f ON f.call_id = c.id WHERE c.credential_id = ? AND f.same_as IS NULL AND (+c.time > ? OR +c.time < ?) GROUP BY 1`,
  );
  const stale = new Map<string, { readonly calls: number; readonly accepted: number }>();
  for (const { id, claims: text, first, last } of tokens) {
    const claims = readClaims(text) ?? {};
    const until = (claimSeconds(claims, 'exp') ?? Infinity) * 1e6 + CLOCK_TOLERANCE;
    const from = (claimSeconds(claims, 'nbf') ?? 0) * 1e6 - CLOCK_TOLERANCE;
    if (last <= until && first >= from) continue;
    for (const row of count.all<{ host: number; calls: number; accepted: number }>(id, Math.min(until, Number.MAX_SAFE_INTEGER), from))
      stale.set(`${String(id)}\n${String(row.host)}`, row);
  }
  return stale;
}
