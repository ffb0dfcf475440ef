import { FILES_OF_LOG, useLogs } from '../rows/logs.ts';
import { append } from '../../../lib/append.ts';
import { least } from '../../../lib/extremes.ts';
import { networkOf, ownNetworkOf } from '../../../model/network.ts';
import { mayBeGiven } from '../../store/call-answer.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { termReader } from '../../store/read/terms.ts';
import { readListedHomes } from './listed-homes.ts';
import { isMonitor } from './monitor.ts';

/** Uses of one credential that are compared, from the first one in a second network on. */
export const MAX_USES = 20_000;

/** Uses before that one which are looked at too: what the owner's programs are. */
export const MAX_BEFORE = 2_000;

/** A credential in more networks than this is handed out to many by design; api-key-many-networks is about those. */
export const MAX_NETWORKS = 50;

/** A network is one of several homes when the same program was there on so many of the days, from about the first day on. */
const HOME_DAYS = 5;
const HOME_SHARE = 0.8;
const HOME_SINCE = 36 * 3_600_000_000;
const DAY = 86_400_000_000;

/** One use, as its source saw it. Units: µs. */
interface Use {
  readonly id: number;
  readonly time: number;
  readonly end: number;
  readonly status: number | null;
  /** Bits of `callFlag`. */
  readonly flags: number;
  readonly network: string;
  /** What one machine keeps of its address. */
  readonly place: string;
  readonly userAgent: string;
}

/** One credential in two networks, in turn. Times in µs. */
export interface Switching {
  readonly credential: number;
  readonly key: string;
  readonly kind: string;
  readonly masked: string;
  readonly principal: number | undefined;
  readonly label: string;
  readonly holder: string;
  readonly source: number;
  /** The network that it was used from before, and the one that came later. */
  readonly owner: string;
  readonly other: string;
  /** The owner is there by a list of principals, not because it was seen there first. */
  readonly isListed: boolean;
  readonly ownerAgents: readonly string[];
  readonly otherAgents: readonly string[];
  /** TLS clients of both places; empty where the source knows none. */
  readonly ownerTls: readonly string[];
  readonly otherTls: readonly string[];
  /** Uses in the owner's network before the other one came. */
  readonly before: number;
  /** From its first use of all to the first in the other network, and from that to the last one there. Units: µs. */
  readonly settled: number;
  readonly stay: number;
  /** Row ids of the uses in the other network, in time order, and those of the owner's between and around them. */
  readonly otherCalls: readonly number[];
  readonly ownerCalls: readonly number[];
  readonly otherAccepted: number;
  /** Addresses in the other network. */
  readonly otherPlaces: ReadonlySet<string>;
  /** Where it was used before and after the other network, the owner's first: a telephone may go on from one to the next meanwhile. */
  readonly partners: readonly Partner[];
  /** Rounds from any of those to the other network and back to any of them, in time order. */
  readonly turns: readonly RoundEnd[];
  /** How often it went owner, other, owner, and the shortest time that one such round took. */
  readonly rounds: number;
  readonly shortestRound: number;
  /** The uses by which each round was closed, in time order, and the time that the round took. */
  readonly roundEnds: readonly RoundEnd[];
  /** Shortest time between a use in one and the next in the other network; 0 when they were under way at the same time. */
  readonly shortestGap: number;
  /** The use that came after it. */
  readonly quickestChange: number | undefined;
}

/** A network that took turns with another, and the addresses in it. */
export interface Partner {
  readonly network: string;
  readonly places: ReadonlySet<string>;
}

/** A use back in the owner's network. Units: µs. */
export interface RoundEnd {
  readonly call: number;
  readonly took: number;
}

interface Candidate {
  readonly credential: number;
  readonly key: string;
  readonly kind: string;
  readonly masked: string;
  readonly principal: number | null;
  readonly label: string | null;
  readonly holder: string | null;
  readonly source: number;
  readonly firstUse: number;
}

type UseRow = Omit<Use, 'network' | 'place' | 'userAgent'> & { readonly ip: number; readonly agent: number | null };

const USES = `
  SELECT c.id, c.record, c.time, c.time + ifnull(c.duration, 0) AS end, c.status, c.flags, c.client_ip_id AS ip, c.user_agent_id AS agent
    FROM call c JOIN call_fact f ON f.call_id = c.id
   WHERE c.credential_id = ? AND c.source_id IN ${FILES_OF_LOG} AND f.same_as IS NULL AND c.time IS NOT NULL AND c.client_ip_id IS NOT NULL`;

const CANDIDATES = `
  SELECT x.credential_id AS credential, u.key, k.kind, k.masked, u.principal_id AS principal, p.label, p.kind AS holder, x.source_id AS source, min(x.first_use) AS firstUse
    FROM temp.log_context x JOIN credential_use u USING (credential_id) JOIN credential k ON k.id = x.credential_id
    LEFT JOIN principal p ON p.id = u.principal_id
   WHERE x.network <> 'none' GROUP BY 1, x.source_id HAVING count(DISTINCT x.network) BETWEEN 2 AND ${String(MAX_NETWORKS)} ORDER BY u.key, x.source_id`;

/**
 * Lists credentials that one source saw in two networks in turn: used in one, then in another, then in the first again, or in a third.
 * Contexts are compared within a source: a gateway and the mesh behind it see the same caller at different addresses. A monitor that asks from several
 * places is in no hands but its owner's: it is left out.
 */
export async function readSwitches(
  db: SqlDriver,
  breathe: () => Promise<void>,
  most = { uses: MAX_USES, before: MAX_BEFORE },
): Promise<readonly Switching[]> {
  useLogs(db);
  const term = termReader(db);
  const arrivals = db.prepare(
    "SELECT min(first_use) AS since FROM temp.log_context WHERE credential_id = ? AND source_id = ? AND network <> 'none' AND first_use IS NOT NULL GROUP BY network ORDER BY since",
  );
  const earlier = db.prepare(
    `SELECT * FROM (${USES} AND c.time < ? ORDER BY c.time DESC, c.record DESC LIMIT ${String(most.before)}) ORDER BY time, record`,
  );
  const later = db.prepare(`${USES} AND c.time >= ? ORDER BY c.time, c.record LIMIT ${String(most.uses)}`);
  const countBefore = db.prepare(`SELECT count(*) AS n FROM (${USES} AND c.time < ?)`);
  const tls = db.prepare(
    'SELECT DISTINCT t.value AS name FROM temp.log_tls x JOIN term t ON t.id = x.fingerprint_id WHERE x.credential_id = ? AND x.source_id = ? AND x.network = ? ORDER BY t.value',
  );
  const tlsOf: TlsReader = ({ credential, source }, network) =>
    tls.all<{ name: string }>(credential, source, network).map(({ name }) => name);
  const homeOf = readListedHomes(db);
  const found: Switching[] = [];
  for (const candidate of db.prepare(CANDIDATES).all<Candidate>()) {
    const { credential, source } = candidate;
    const since = arrivals.all<{ since: number }>(credential, source)[1]?.since;
    if (since === undefined || isMonitor(db, credential, source)) continue;
    const start = earlier.all<UseRow>(credential, source, since);
    const rows = [...start, ...later.all<UseRow>(credential, source, since)];
    const isHome = homeOf(candidate.principal);
    const firstHome = isHome === undefined ? undefined : rows.map(({ ip }) => term(ip) ?? '').find(isHome);
    const home = firstHome === undefined ? undefined : networkOf(firstHome);
    const seen = rows.map((row): Use => {
      const address = term(row.ip) ?? '';
      // All that the list gives the owner is one place, though it be in several networks.
      const network = home !== undefined && isHome?.(address) === true ? home : networkOf(address);
      return { ...row, network, place: ownNetworkOf(address), userAgent: term(row.agent) ?? '' };
    });
    const uses = home === undefined ? withOneHome(seen) : seen;
    const before = countBefore.get<{ n: number }>(credential, source, since)?.n ?? 0;
    append(found, switchesOf(candidate, uses, before - start.length, tlsOf, home));
    await breathe();
  }
  return found;
}

/**
 * The uses with all of the owner's regular networks as one place, the first: a program that runs in two regions goes out by both every day from the
 * start, and takes turns with nobody.
 */
function withOneHome(uses: readonly Use[]): readonly Use[] {
  const [start] = uses;
  if (start === undefined) return uses;
  const places = new Map<string, { readonly since: number; readonly days: Set<number>; readonly agents: Set<string> }>();
  for (const { network, time, userAgent } of uses) {
    const place = places.get(network) ?? { since: time, days: new Set<number>(), agents: new Set<string>() };
    places.set(network, place);
    place.days.add(Math.floor(time / DAY));
    place.agents.add(userAgent);
  }
  const first = places.get(start.network);
  const wanted = Math.max(HOME_DAYS, HOME_SHARE * (first?.days.size ?? 0));
  const isHome = (network: string): boolean => {
    const place = places.get(network);
    if (place === undefined || first === undefined || first.days.size < HOME_DAYS) return false;
    return (
      place.days.size >= wanted && place.since - first.since <= HOME_SINCE && [...place.agents].every((agent) => first.agents.has(agent))
    );
  };
  const homes = new Set([...places.keys()].filter(isHome));
  return homes.size < 2 ? uses : uses.map((use) => (homes.has(use.network) ? { ...use, network: start.network } : use));
}

type TlsReader = (candidate: Candidate, network: string) => readonly string[];

/** `earlier`: uses in the first network before those that are given. `home`: where a list says that the owner is. */
function switchesOf(
  candidate: Candidate,
  uses: readonly Use[],
  earlier: number,
  tlsOf: TlsReader,
  home: string | undefined,
): readonly Switching[] {
  const first = uses[0]?.network;
  if (first === undefined) return [];
  const owner = home ?? first;
  const others = [...new Set(uses.map((use) => use.network))].filter((network) => network !== owner);
  return others.flatMap((other) => {
    const pair = uses.filter(({ network }) => network === owner || network === other);
    const inTurn = readRounds(pair, (network) => network === owner);
    const turns = readRounds(uses, (network) => network !== other).roundEnds;
    if (turns.length === 0) return [];
    const ofOther = pair.filter(({ network }) => network === other);
    const ofOwner = pair.filter(({ network }) => network === owner);
    const since = ofOther[0]?.time ?? 0;
    return [
      {
        ...candidate,
        principal: candidate.principal ?? undefined,
        label: candidate.label ?? 'an unknown principal',
        holder: candidate.holder ?? 'unknown',
        owner,
        other,
        isListed: home !== undefined,
        ownerAgents: distinct(ofOwner),
        otherAgents: distinct(ofOther),
        ownerTls: tlsOf(candidate, owner),
        otherTls: tlsOf(candidate, other),
        before: (owner === first ? earlier : 0) + ofOwner.filter(({ time }) => time < since).length,
        settled: since - candidate.firstUse,
        stay: (ofOther.at(-1)?.time ?? since) - since,
        otherCalls: ofOther.map(({ id }) => id),
        ownerCalls: ofOwner.filter(({ time }) => time >= since).map(({ id }) => id),
        otherAccepted: ofOther.filter(mayBeGiven).length,
        otherPlaces: new Set(ofOther.map(({ place }) => place)),
        partners: partnersOf(uses, owner, other),
        turns,
        ...inTurn,
      },
    ];
  });
}

/** Networks from which it went to the other one, or to which it came back from there. */
function partnersOf(uses: readonly Use[], owner: string, other: string): readonly Partner[] {
  const beside = uses.filter(
    ({ network }, index) => network !== other && (uses[index - 1]?.network === other || uses[index + 1]?.network === other),
  );
  return [...new Set([owner, ...beside.map(({ network }) => network)])].map((network) => ({
    network,
    places: new Set(uses.filter((use) => use.network === network).map(({ place }) => place)),
  }));
}

const distinct = (uses: readonly Use[]): readonly string[] => [...new Set(uses.map(({ userAgent }) => userAgent))].sort();

/** Rounds from the owner's places to others and back. Example: A A B B A B A has two, the shorter one from the third A to the fourth. */
function readRounds(
  uses: readonly Use[],
  isOwners: (network: string) => boolean,
): Pick<Switching, 'rounds' | 'shortestRound' | 'roundEnds' | 'shortestGap' | 'quickestChange'> {
  let left: Use | undefined;
  const roundEnds: RoundEnd[] = [];
  let shortestGap = Infinity;
  let quickestChange: number | undefined;
  for (const [index, use] of uses.entries()) {
    const before = uses[index - 1];
    if (before === undefined || isOwners(before.network) === isOwners(use.network)) continue;
    const gap = Math.max(0, use.time - before.end);
    if (gap < shortestGap) [shortestGap, quickestChange] = [gap, use.id];
    if (!isOwners(use.network)) left = before;
    else if (left !== undefined) roundEnds.push({ call: use.id, took: use.time - left.time });
  }
  return {
    rounds: roundEnds.length,
    shortestRound: least(roundEnds.map(({ took }) => took)),
    roundEnds,
    shortestGap,
    quickestChange,
  };
}
