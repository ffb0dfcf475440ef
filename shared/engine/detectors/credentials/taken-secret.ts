import { networkOf } from '../../../model/network.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { termReader } from '../../store/read/terms.ts';

/** Uses before it was shown that make a secret's places known. */
const MIN_BEFORE = 20;
/** A secret that its owner uses from more networks than this has no place that is its own. */
const MAX_NETWORKS = 3;

/** Uses of one secret, after it was shown, from a network where its owner never was. Units: µs. */
export interface TakenSecret {
  readonly credential: number;
  readonly calls: readonly { readonly id: number; readonly time: number }[];
  readonly usesBefore: number;
  readonly ownerNetworks: readonly string[];
  readonly networks: readonly string[];
}

interface Row {
  readonly id: number;
  readonly time: number;
  readonly ip: number;
  readonly source: number;
}

/**
 * Finds uses by somebody else: from a network that is new to a secret whose places were known, while its owner goes on from the old ones.
 * An owner who moved does not go on there. Networks are compared within a source: a mesh sees other addresses than the gateway before it.
 */
export function findTaken(db: SqlDriver, credential: number, shownAt: number): TakenSecret | undefined {
  const term = termReader(db);
  const rows = db
    .prepare(
      `SELECT c.id, c.time, c.client_ip_id AS ip, c.source_id AS source FROM call c JOIN call_fact f ON f.call_id = c.id
        WHERE c.credential_id = ? AND f.same_as IS NULL AND c.time IS NOT NULL AND c.client_ip_id IS NOT NULL ORDER BY c.time, c.record`,
    )
    .all<Row>(credential);
  for (const source of new Set(rows.map((row) => row.source))) {
    const uses = rows.filter((row) => row.source === source).map(({ id, time, ip }) => ({ id, time, network: networkOf(term(ip)) }));
    const before = uses.filter(({ time }) => time <= shownAt);
    const known = new Set(before.map(({ network }) => network));
    if (before.length < MIN_BEFORE || known.size > MAX_NETWORKS) continue;
    const foreign = uses.filter(({ time, network }) => time > shownAt && !known.has(network));
    const first = foreign[0]?.time;
    if (first === undefined || !uses.some(({ time, network }) => time > first && known.has(network))) continue;
    return {
      credential,
      calls: foreign,
      usesBefore: before.length,
      ownerNetworks: [...known].sort(),
      networks: [...new Set(foreign.map(({ network }) => network))].sort(),
    };
  }
  return undefined;
}
