import { logOf, useLogs } from '../rows/logs.ts';
import { networkOf, ownNetworkOf } from '../../../model/network.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { termReader } from '../../store/read/terms.ts';

/** Uses before it was shown that make a secret's places known by themselves; one is enough where other findings say that it was in other hands. */
export const MIN_BEFORE = 20;
/** A secret that its owner uses from more places than this has none that is its own: addresses first, else networks. */
const MAX_PLACES = 3;

/** Uses of one secret, after it was shown, from a place where its owner never was. Units: µs. */
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

interface Use {
  readonly id: number;
  readonly time: number;
  readonly address: string;
  readonly network: string;
}

/** How a use's place is told: by its very address where the owner has few, else by its network; `undefined` where the owner is in many. */
function placeTeller(before: readonly Use[]): ((use: Use) => string) | undefined {
  const tellers = [({ address }: Use) => address, ({ network }: Use) => network];
  return tellers.find((placeOf) => new Set(before.map((use) => placeOf(use))).size <= MAX_PLACES);
}

/**
 * Finds uses by somebody else: from a place that is new to a secret whose places were known, while its owner goes on from the old ones.
 * An owner who moved does not go on there. The source that knew the owner best is taken. Networks are compared within a source: a mesh sees other addresses than the gateway before it.
 */
export function findTaken(db: SqlDriver, credential: number, shownAt: number): TakenSecret | undefined {
  useLogs(db);
  const term = termReader(db);
  const rows = db
    .prepare(
      `SELECT c.id, c.time, c.client_ip_id AS ip, ${logOf('c')} AS source FROM call c JOIN call_fact f ON f.call_id = c.id
        WHERE c.credential_id = ? AND f.same_as IS NULL AND c.time IS NOT NULL AND c.client_ip_id IS NOT NULL ORDER BY c.time, c.record`,
    )
    .all<Row>(credential);
  let best: TakenSecret | undefined;
  for (const source of new Set(rows.map((row) => row.source))) {
    const uses = rows
      .filter((row) => row.source === source)
      .map(({ id, time, ip }): Use => {
        const address = term(ip) ?? '';
        return { id, time, address: ownNetworkOf(address), network: networkOf(address) };
      });
    const before = uses.filter(({ time }) => time <= shownAt);
    const placeOf = placeTeller(before);
    if (before.length === 0 || placeOf === undefined) continue;
    const known = new Set(before.map((use) => placeOf(use)));
    const foreign = uses.filter((use) => use.time > shownAt && !known.has(placeOf(use)));
    const first = foreign[0]?.time;
    if (first === undefined || !uses.some((use) => use.time > first && known.has(placeOf(use)))) continue;
    const ownerNetworks = new Set(before.map(({ network }) => network));
    if (best !== undefined && best.usesBefore >= before.length) continue;
    best = {
      credential,
      calls: foreign.map(({ id, time }) => ({ id, time })),
      usesBefore: before.length,
      ownerNetworks: [...ownerNetworks].sort(),
      // In the owner's own network the address is what differs.
      networks: [...new Set(foreign.map(({ address, network }) => (ownerNetworks.has(network) ? address : network)))].sort(),
    };
  }
  return best;
}
