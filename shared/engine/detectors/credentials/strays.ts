import { FILES_OF_LOG, logOf, useLogs } from '../rows/logs.ts';
import { least } from '../../../lib/extremes.ts';
import { groupBy } from '../../../lib/group-by.ts';
import { networkOf, ownNetworkOf } from '../../../model/network.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { termReader } from '../../store/read/terms.ts';
import { areTwins } from './networks.ts';
import { MIN_BEFORE, MIN_QUICK_ROUNDS } from './replay.ts';
import { isInnerHop } from '../../store/hop-sql.ts';

/** Callers with addresses of their own in one network, hardly one of whom ever changes: neighbours there are strangers to each other. */
const MIN_NEIGHBOURS = 5;
/** Share of them that may change nonetheless; behind a pool of addresses most do. */
const MAX_MOVERS = 0.2;
/** Fewer neighbours tell as much by their calls: of several that never changed, when others who change as often as this one would have done so but for this chance. */
const MIN_STEADY = 2;
const LUCK = 0.01;
/** A round from one place to the other and back that no person makes. Units: µs. */
const ROUND = 10 * 60_000_000;
/** Uses of a program from one place alone that make it its home. */
export const MIN_HOME = 50;
/** A visit to the other kind of address is over for good when a second stack would hardly have used none of it since. Probability. */
const STILL_MIXED = 0.05;
/** Share of its uses that a program may make elsewhere before it is a second home. */
const MAX_ELSEWHERE = 0.1;
/** A person's uses elsewhere lie within this: who comes back on another day has two places. Units: µs. */
const VISIT = 2 * 3_600_000_000;
/** Uses of one caller that are compared. */
export const MAX_USES = 20_000;
/** Places of a caller from which on it has none of its own. */
const MAX_PLACES = 3;

/** One caller that its own place and another one used in turn. Times in µs. */
export interface Stray {
  readonly principal: number;
  readonly key: string;
  readonly label: string;
  readonly kind: 'human' | 'service';
  readonly home: string;
  readonly elsewhere: string;
  /** Uses at home before the first one elsewhere. */
  readonly before: number;
  readonly rounds: number;
  readonly shortestRound: number;
  /** Row ids of the uses elsewhere, in time order. */
  readonly calls: readonly number[];
  /** The use back at home after which it could first be told. */
  readonly crossedAt: number | undefined;
  readonly isSameProgram: boolean;
}

interface Seen {
  readonly principal: number;
  readonly kind: Stray['kind'];
  readonly source: number;
  readonly ip: number;
  readonly calls: number;
}

interface Use {
  readonly id: number;
  readonly time: number;
  readonly ip: number;
  readonly agent: number | null;
  readonly credential: number | null;
  readonly place: string;
}

const ADDRESSES = `
  WITH seen AS MATERIALIZED (
    SELECT f.principal_id AS principal, c.source_id, c.client_ip_id AS ip, count(*) AS calls FROM call c JOIN call_fact f ON f.call_id = c.id
     WHERE f.principal_id IN (SELECT id FROM principal WHERE weak = 0 AND kind IN ('human', 'service')) AND f.same_as IS NULL AND c.client_ip_id IS NOT NULL GROUP BY 1, 2, 3)
  SELECT c.principal, p.kind, ${logOf('c')} AS source, c.ip, sum(c.calls) AS calls FROM seen c JOIN principal p ON p.id = c.principal GROUP BY 1, 3, 4 ORDER BY 1, 3, 4`;

const OWN_USES = `
  FROM call_fact f JOIN call c ON c.id = f.call_id
   WHERE f.principal_id = ? AND c.source_id IN ${FILES_OF_LOG} AND f.same_as IS NULL AND c.time IS NOT NULL AND c.client_ip_id IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM edge x WHERE x.to_call = c.id AND ${isInnerHop('x')})`;
const USES = `SELECT c.id, c.time, c.client_ip_id AS ip, c.user_agent_id AS agent, c.credential_id AS credential ${OWN_USES} ORDER BY c.time, c.record LIMIT ?`;
const ADDRESSES_OF_USES = `SELECT c.client_ip_id AS ip ${OWN_USES}`;

/** Where callers of each source are, and who is in several places. */
interface Places {
  /** By network. */
  readonly neighbours: ReadonlyMap<string, Readonly<Neighbours>>;
  /** Callers of a source that were in both places, be they whole networks or one's own part of them. */
  readonly inBoth: (source: number, a: string, b: string) => number;
  readonly movers: readonly Holder[];
}

interface Holder extends Pick<Seen, 'principal' | 'kind' | 'source'> {
  /** Its addresses, and the calls from each. */
  readonly addresses: Map<string, number>;
}

/** Who is in a network. */
interface Neighbours {
  callers: number;
  /** Callers that had several of its addresses in one source. */
  movers: number;
  /** Callers that had one, with more calls than one, and those further calls. */
  steady: number;
  steadyCalls: number;
}

/** Counts the callers of each network. Shape: `holders` in order of principals. */
function countNeighbours(holders: readonly Holder[]): ReadonlyMap<string, Readonly<Neighbours>> {
  const found = new Map<string, Neighbours>();
  for (const ofCaller of groupBy(holders, ({ principal }) => principal).values()) {
    // In the source that saw most of it: a gateway and what lies behind it tell of the same calls.
    const most = new Map<string, { own: number; calls: number }>();
    for (const { addresses } of ofCaller) {
      const here = new Map<string, { own: Set<string>; calls: number }>();
      for (const [address, calls] of addresses) {
        const known = here.get(networkOf(address)) ?? { own: new Set<string>(), calls: 0 };
        here.set(networkOf(address), { own: known.own.add(ownNetworkOf(address)), calls: known.calls + calls });
      }
      for (const [network, { own, calls }] of here) {
        const known = most.get(network) ?? { own: 0, calls: 0 };
        most.set(network, { own: Math.max(known.own, own.size), calls: Math.max(known.calls, calls) });
      }
    }
    for (const [network, { own, calls }] of most) {
      const known = found.get(network) ?? { callers: 0, movers: 0, steady: 0, steadyCalls: 0 };
      found.set(network, known);
      known.callers += 1;
      if (own > 1) known.movers += 1;
      else if (calls > 1) [known.steady, known.steadyCalls] = [known.steady + 1, known.steadyCalls + calls - 1];
    }
  }
  return found;
}

/** Share of its next calls that came from another of its addresses than the last. Ratio. Shape: calls from one network in order of time. */
function changeRate(uses: readonly { readonly address: string }[]): number {
  const own = uses.map(({ address }) => ownNetworkOf(address));
  return own.length < 2 ? 0 : own.filter((each, at) => at > 0 && each !== own[at - 1]).length / (own.length - 1);
}

/**
 * True where the neighbours are strangers to each other. The one who is asked about, who changes so often, may be one of those who move. For a
 * program it takes many: its owner may have rented several machines side by side.
 */
const areStrangers = ({ callers, movers, steady, steadyCalls }: Neighbours, kind: Stray['kind'], rate: number): boolean =>
  movers - 1 <= MAX_MOVERS * callers &&
  (callers > MIN_NEIGHBOURS || (kind === 'human' && steady >= MIN_STEADY && (1 - rate) ** steadyCalls <= LUCK));

/** Names the place of each use: one's own part of the network where strangers live in it, else the network. */
function placesOf<Item extends { readonly address: string }>(
  uses: readonly Item[],
  neighbours: Places['neighbours'],
  kind: Stray['kind'],
): readonly (Item & { readonly place: string })[] {
  const fine = new Set(
    [...groupBy(uses, ({ address }) => networkOf(address))].flatMap(([network, here]) => {
      const around = neighbours.get(network);
      return around !== undefined && areStrangers(around, kind, changeRate(here)) ? [network] : [];
    }),
  );
  return uses.map((use) => ({ ...use, place: fine.has(networkOf(use.address)) ? ownNetworkOf(use.address) : networkOf(use.address) }));
}

/** Reads who was where. Cost: one walk along the calls; memory for callers and their addresses, not calls. */
function readMap(db: SqlDriver): Places {
  useLogs(db);
  const term = termReader(db);
  const holders: Holder[] = [];
  for (const { principal, kind, source, ip, calls } of db.prepare(ADDRESSES).iterate<Seen>()) {
    const last = holders.at(-1);
    const address = term(ip) ?? '';
    if (last?.principal === principal && last.source === source) last.addresses.set(address, calls);
    else holders.push({ principal, kind, source, addresses: new Map([[address, calls]]) });
  }
  const movers = holders.filter(({ addresses }) => new Set([...addresses.keys()].map(ownNetworkOf)).size > 1);
  // By source and place: asked for each mover, a walk over all of them would be quadratic.
  const visitors = new Map<string, Set<Holder>>();
  for (const holder of movers)
    for (const place of new Set([...holder.addresses.keys()].flatMap((each) => [networkOf(each), ownNetworkOf(each)]))) {
      const key = `${String(holder.source)} ${place}`;
      visitors.set(key, (visitors.get(key) ?? new Set()).add(holder));
    }
  const inBoth = (source: number, a: string, b: string): number => {
    const [some, others] = [a, b].map((place) => visitors.get(`${String(source)} ${place}`) ?? new Set<Holder>());
    if (some === undefined || others === undefined) return 0;
    const [few, many] = some.size < others.size ? [some, others] : [others, some];
    return [...few].filter((holder) => many.has(holder)).length;
  };
  return { neighbours: countNeighbours(holders), inBoth, movers };
}

/** Uses anywhere else after some in one place, in time order, with the time since its owner was last seen outside of it. Units: µs. */
function readRounds(uses: readonly Use[], elsewhere: string): readonly { readonly call: number; readonly took: number }[] {
  let left: Use | undefined;
  const ends: { call: number; took: number }[] = [];
  for (const [index, use] of uses.entries()) {
    const before = uses[index - 1];
    if (before === undefined || (before.place === elsewhere) === (use.place === elsewhere)) continue;
    if (use.place === elsewhere) left = before;
    else if (left !== undefined) ends.push({ call: use.id, took: use.time - left.time });
  }
  return ends;
}

/** The same credential in both: of a person with a telephone and a desk each has its own, a thief has the owner's. */
function isOneCredential(there: readonly Use[], uses: readonly Use[]): boolean {
  const credential = there[0]?.credential ?? undefined;
  const [from, to] = [(there[0]?.time ?? 0) - ROUND, (there.at(-1)?.time ?? 0) + ROUND];
  return credential !== undefined && uses.every((use) => use.time < from || use.time > to || use.credential === credential);
}

/**
 * Probability that the last `back` of `uses` are all at home where `there` of them, in any order, are not.
 * Example: of 13 uses 3 are elsewhere, none of them among the last 8: (5·4·3) / (13·12·11) = 0.035. Source: hypergeometric distribution.
 */
function chanceOfRest(uses: number, there: number, back: number): number {
  let chance = 1;
  for (let each = 0; each < there; each += 1) chance *= Math.max(0, uses - back - each) / (uses - each);
  return chance;
}

/**
 * True when IPv4 and IPv6 may be one machine's: it uses both from the day on which it has both. One short visit to the other kind, after which
 * it goes on in the first as before, is none.
 */
function isSecondStack(home: string, elsewhere: string, pair: readonly Use[]): boolean {
  if (!areTwins(home, elsewhere)) return false;
  const first = pair.findIndex(({ place }) => place === elsewhere);
  const last = pair.findLastIndex(({ place }) => place === elsewhere);
  const visit = (pair[last]?.time ?? 0) - (pair[first]?.time ?? 0);
  const there = pair.filter(({ place }) => place === elsewhere).length;
  return !(last > first && visit <= VISIT && chanceOfRest(pair.length - first, there, pair.length - 1 - last) <= STILL_MIXED);
}

type Candidate = Pick<Stray, 'key' | 'label' | 'kind'> & { readonly principal: number; readonly source: number };

/** A second place of a caller beside all its others, as far as it looks like somebody else's. */
function judgePlace(candidate: Candidate, uses: readonly Use[], elsewhere: string, inBoth: Places['inBoth']): Stray | undefined {
  const home = uses[0]?.place ?? '';
  const there = uses.filter(({ place }) => place === elsewhere);
  const before = uses.findIndex(({ place }) => place === elsewhere);
  const ends = readRounds(uses, elsewhere);
  const [rounds, shortestRound] = [ends.length, least(ends.map(({ took }) => took))];
  const programs = new Set(uses.filter(({ place }) => place !== elsewhere).map(({ agent }) => agent));
  const isSameProgram = there.every(({ agent }) => programs.has(agent));
  if (rounds === 0 || inBoth(candidate.source, home, elsewhere) > 1) return undefined;
  const visit = (there.at(-1)?.time ?? 0) - (there[0]?.time ?? 0);
  // Where credentials are seen, they are what is compared, network by network, unless strangers live in one: a person has several programs, and each its own.
  const isOwnToTell = uses.every(({ credential }) => credential === null) || networkOf(home) === networkOf(elsewhere) || (before >= MIN_BEFORE && isOneCredential(there, uses));
  const isOfPerson = isSameProgram && rounds >= MIN_QUICK_ROUNDS && shortestRound <= ROUND && visit <= VISIT && isOwnToTell;
  const isOfProgram = !isSecondStack(home, elsewhere, uses) && before >= MIN_HOME && there.length <= MAX_ELSEWHERE * uses.length;
  if (candidate.kind === 'human' ? !isOfPerson : !isOfProgram) return undefined;
  const { principal, key, label, kind } = candidate;
  const wanted = kind === 'human' ? Math.max(MIN_QUICK_ROUNDS - 1, ends.findIndex(({ took }) => took <= ROUND)) : 0;
  return { principal, key, label, kind, home, elsewhere, before, rounds, shortestRound, calls: there.map(({ id }) => id), crossedAt: ends[wanted]?.call, isSameProgram };
} // prettier-ignore

/** Places beside its first from which on a caller has none of its own. */
const mostOthers = (kind: Stray['kind']): number => (kind === 'human' ? MAX_PLACES : 2);

/**
 * A person whose program is in two places again and again within minutes, more often than a telephone changes its network, also where its owner
 * moves on meanwhile; or a program that was always at home and turns up elsewhere a few times while it goes on at home, which a move does not explain.
 */
function judge(candidate: Candidate, uses: readonly Use[], inBoth: Places['inBoth']): Stray | undefined {
  const [home, ...others] = new Set(uses.map(({ place }) => place));
  if (home === undefined || others.length >= mostOthers(candidate.kind)) return undefined;
  const found = others.flatMap((place) => judgePlace(candidate, uses, place, inBoth) ?? []);
  // Of two places that take turns with one another, the one that came later is the stranger's.
  return found.toSorted((a, b) => b.rounds - a.rounds || b.before - a.before)[0];
}

/** Lists callers that are in two places in turn, and says of how many not all uses were compared. They are told by who they are: also where no credential is in the evidence, or its network is shared by strangers. */
export async function findStrays(
  db: SqlDriver,
  breathe: () => Promise<void>,
  most = MAX_USES,
): Promise<{ readonly strays: readonly Stray[]; readonly cut: number }> {
  const term = termReader(db);
  const { neighbours, inBoth, movers } = readMap(db);
  const who = db.prepare('SELECT key, label, kind FROM principal WHERE id = ?');
  const select = db.prepare(USES);
  const found: Stray[] = [];
  const cut = new Set<number>();
  const addresses = db.prepare(ADDRESSES_OF_USES);
  // Seen in more networks than a caller with a place of its own has places: a place is a network or a part of one. Most are told so by their first calls.
  const isEverywhere = ({ principal, source, kind }: Holder): boolean => {
    const networks = new Set<string>();
    for (const { ip } of addresses.iterate<{ ip: number }>(principal, source))
      if (networks.add(networkOf(term(ip) ?? '')).size > mostOthers(kind)) return true;
    return false;
  };
  for (const holder of movers) {
    const { principal, source } = holder;
    await breathe();
    // Of very many calls only the first are compared, and those may be of fewer places than all.
    const calls = [...holder.addresses.values()].reduce((sum, count) => sum + count, 0);
    if (calls <= most && new Set([...holder.addresses.keys()].map(networkOf)).size > mostOthers(holder.kind) && isEverywhere(holder))
      continue;
    const caller = who.get<Pick<Stray, 'key' | 'label' | 'kind'>>(principal);
    if (caller === undefined) continue;
    const rows = select.all<Omit<Use, 'place' | 'address'>>(principal, source, most + 1);
    if (rows.length > most) cut.add(principal);
    const uses = placesOf(
      rows.slice(0, most).map((use) => ({ ...use, address: term(use.ip) ?? '' })),
      neighbours,
      caller.kind,
    );
    const stray = judge({ ...caller, principal, source }, uses, inBoth);
    const known = found.findIndex((each) => each.principal === principal);
    if (stray === undefined) continue;
    // Two gateways tell of the same calls: the one that saw more stands.
    if (known < 0) found.push(stray);
    else if (stray.calls.length > (found[known]?.calls.length ?? 0)) found[known] = stray;
  }
  return { strays: found.sort((a, b) => (a.key < b.key ? -1 : 1)), cut: cut.size };
}
