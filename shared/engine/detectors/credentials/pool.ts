import { FILES_OF_LOG, useLogs } from '../rows/logs.ts';
import { networkOf, ownNetworkOf } from '../../../model/network.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { termReader } from '../../store/read/terms.ts';
import type { Partner, Switching } from './switches.ts';

/** A round that nobody travels: from one place to the other and back. Units: µs. */
const QUICK = 10 * 60_000_000;
/** Uses of another credential that are walked for such a round. */
const MAX_USES = 2_000;
/** From so many others on the two networks are a pool, however each of them goes about it. */
const MAX_OTHERS = 200;

/** What several callers of a source came by, asked once for each source. */
type SharedAddresses = (source: number) => ReadonlySet<string>;

interface Use {
  readonly time: number;
  readonly end: number;
  readonly place: string;
  readonly network: string;
}

/** Of one side of a switching: the addresses that others came by too; none when all are this caller's own. */
type Side = ReadonlySet<string>;

/** Reads the addresses that calls with credentials of several callers came from. Cost: one walk along the calls of a source. */
function readSharedAddresses(db: SqlDriver): SharedAddresses {
  const term = termReader(db);
  const select = db.prepare(
    `SELECT DISTINCT c.client_ip_id AS ip, ifnull(f.principal_id, -c.credential_id) AS caller FROM call c JOIN call_fact f ON f.call_id = c.id
      WHERE c.source_id IN ${FILES_OF_LOG} AND c.credential_id IS NOT NULL AND c.client_ip_id IS NOT NULL`,
  );
  const known = new Map<number, ReadonlySet<string>>();
  return (source) => {
    const before = known.get(source);
    if (before !== undefined) return before;
    const callers = new Map<string, number>();
    const shared = new Set<string>();
    for (const { ip, caller } of select.iterate<{ ip: number; caller: number }>(source)) {
      const place = ownNetworkOf(term(ip) ?? '');
      const first = callers.get(place);
      if (first === undefined) callers.set(place, caller);
      else if (first !== caller) shared.add(place);
    }
    known.set(source, shared);
    return shared;
  };
}

/** Others of the source whose credentials were in both networks. */
const OTHERS = `
  SELECT a.credential_id AS credential, ifnull(u.principal_id, -a.credential_id) AS caller FROM temp.log_context a
    JOIN credential_use u ON u.credential_id = a.credential_id
   WHERE a.source_id = ? AND a.network = ? AND a.credential_id <> ? AND u.principal_id IS NOT ?
     AND EXISTS (SELECT 1 FROM temp.log_context b WHERE b.credential_id = a.credential_id AND b.source_id = a.source_id AND b.network = ?)
   GROUP BY 1, 2 ORDER BY 1`;

const USES = `
  SELECT c.time, c.time + ifnull(c.duration, 0) AS end, c.client_ip_id AS ip FROM call c JOIN call_fact f ON f.call_id = c.id
   WHERE c.credential_id = ? AND c.source_id IN ${FILES_OF_LOG} AND f.same_as IS NULL AND c.time IS NOT NULL AND c.client_ip_id IS NOT NULL
   ORDER BY c.time, c.record LIMIT ${String(MAX_USES)}`;

/** True when an address may stand for one of a side: it is the same shared one, or its caller's own as the side's are. */
const standsFor = (place: string, side: Side, shared: ReadonlySet<string>): boolean =>
  side.size === 0 ? !shared.has(place) : side.has(place);

/** True when somebody went from one network to the other and back within minutes, by addresses that stand for those of both sides. */
function isAlike(uses: readonly Use[], sides: ReadonlyMap<string, Side>, shared: ReadonlySet<string>): boolean {
  const fit = uses.filter(({ network, place }) => {
    const side = sides.get(network);
    return side !== undefined && standsFor(place, side, shared);
  });
  let left: Use | undefined;
  for (const [index, use] of fit.entries()) {
    const before = fit[index - 1];
    if (before === undefined || before.network === use.network) continue;
    if (left?.network === use.network && use.time - left.end <= QUICK) return true;
    left = before;
  }
  return false;
}

/**
 * Counts the other callers whom a pool of addresses would explain that explains this one. Everybody who was in both networks, where both of this caller's
 * addresses are shared, as those of a carrier or a proxy are. An address that nobody else came by is no exit of a pool: then only those count
 * who took turns as quickly by addresses like these, their own where this caller's is its own, else by the very shared one.
 * Example: telephones go from homes to the carrier's `203.0.113.4` and back; `203.0.113.248`, which one caller has, is not explained by them.
 */
export function poolCounter(db: SqlDriver): (seen: Switching) => number {
  useLogs(db);
  const term = termReader(db);
  const sharedOf = readSharedAddresses(db);
  const [others, uses] = [db.prepare(OTHERS), db.prepare(USES)];
  const readUses = (credential: number, source: number): readonly Use[] =>
    uses.all<{ time: number; end: number; ip: number }>(credential, source).map(({ ip, ...use }) => {
      const address = term(ip) ?? '';
      return { ...use, place: ownNetworkOf(address), network: networkOf(address) };
    });
  const countWith = (
    { credential, principal, source, other, otherPlaces }: Switching,
    { network, places }: Partner,
    usesOf: (credential: number) => readonly Use[],
  ): number => {
    const found = others.all<{ credential: number; caller: number }>(source, network, credential, principal ?? null, other);
    const all = new Set(found.map(({ caller }) => caller)).size;
    if (all === 0 || all > MAX_OTHERS) return all;
    const shared = sharedOf(source);
    const sideOf = (own: ReadonlySet<string>): Side => new Set([...own].filter((place) => shared.has(place)));
    const sides = new Map([
      [network, sideOf(places)],
      [other, sideOf(otherPlaces)],
    ]);
    if ([...sides.values()].every(({ size }) => size > 0)) return all;
    return new Set(found.filter((each) => isAlike(usesOf(each.credential), sides, shared)).map(({ caller }) => caller)).size;
  };
  return (seen) => {
    // Whoever was in one pair of its networks was often in the next pair, too.
    const known = new Map<number, readonly Use[]>();
    const usesOf = (credential: number): readonly Use[] => {
      const before = known.get(credential) ?? readUses(credential, seen.source);
      known.set(credential, before);
      return before;
    };
    return seen.partners.reduce((most, partner) => Math.max(most, countWith(seen, partner, usesOf)), 0);
  };
}
