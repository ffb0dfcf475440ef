import { logOf, useLogs } from '../rows/logs.ts';
import { append } from '../../../lib/append.ts';
import { greatest, least } from '../../../lib/extremes.ts';
import { networkOf } from '../../../model/network.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { termReader } from '../../store/read/terms.ts';
import { areFarApart } from './networks.ts';
import { MAX_BEFORE, MAX_USES, type Switching } from './switches.ts';

/** A new place counts as the thief's when it turns up within this of calls that are: one visit, by whatever way in. Units: µs. */
const VISIT = 2 * 3_600_000_000;
/** Calls from a new place before what it called says anything. */
const MIN_TARGETED = 3;
/** Other credentials that the thief's addresses present besides: more are a way out that strangers share. */
const MAX_OTHER_NAMES = 3;
/** Credentials seen in one network beside the thief's; in a more crowded one, whose they are cannot be told by the address. */
const MAX_NEIGHBOURS = 50;

/** One more place of the same hands, with the reason that says so. */
export interface NewPlace {
  readonly network: string;
  readonly why: string;
}

/** Calls of the same hands under another name of theirs. */
export interface OtherName {
  readonly credential: number;
  readonly key: string;
  readonly masked: string;
  readonly calls: readonly number[];
  /** Of them, answered 401, 403 or 429. */
  readonly refused: number;
}

/** What belongs to a thief's calls beside those that gave the thief away. */
export interface Company {
  readonly places: readonly NewPlace[];
  /** Row ids of all calls with the credential from the places of the thief, in time order; those that were handed in among them. */
  readonly calls: readonly number[];
  readonly otherNames: readonly OtherName[];
  /** There are more uses since the thief came than were read: some of the calls may be missing. */
  readonly isCut: boolean;
}

interface Use {
  readonly id: number;
  readonly time: number;
  readonly source: number;
  readonly ip: number;
  readonly agent: number | null;
  readonly endpoint: number | null;
  readonly network: string;
}

const USES = `
  SELECT c.id, c.time, ${logOf('c')} AS source, c.client_ip_id AS ip, c.user_agent_id AS agent, f.endpoint_id AS endpoint
    FROM call c JOIN call_fact f ON f.call_id = c.id
   WHERE c.credential_id = ? AND f.same_as IS NULL AND c.time IS NOT NULL AND c.client_ip_id IS NOT NULL`;

/** Uses from the visit on, and some before it: what its owner does, without all that it ever did. */
function readUses(db: SqlDriver, credential: number, visit: number): { readonly uses: readonly Use[]; readonly isCut: boolean } {
  useLogs(db);
  const term = termReader(db);
  const before = db
    .prepare(`${USES} AND c.time < ? ORDER BY c.time DESC, c.record DESC LIMIT ${String(MAX_BEFORE)}`)
    .all<Omit<Use, 'network'>>(credential, visit);
  const since = db
    .prepare(`${USES} AND c.time >= ? ORDER BY c.time, c.record LIMIT ${String(MAX_USES + 1)}`)
    .all<Omit<Use, 'network'>>(credential, visit);
  const uses = [...before.reverse(), ...since.slice(0, MAX_USES)].map((use) => ({ ...use, network: networkOf(term(use.ip)) }));
  return { uses, isCut: since.length > MAX_USES };
}

/** When a credential first came from each network, in whatever source. Units: µs. */
const arrivalsOf = (db: SqlDriver, credential: number): ReadonlyMap<string, number> =>
  new Map(
    db
      .prepare(
        'SELECT network, min(first_use) AS since FROM credential_context WHERE credential_id = ? AND first_use IS NOT NULL GROUP BY 1',
      )
      .all<{ network: string; since: number }>(credential)
      .map(({ network, since }) => [network, since]),
  );

const distinct = <T>(values: readonly T[]): ReadonlySet<T> => new Set(values);

/** The features that a new place may share with the thief. */
interface Features {
  readonly networks: ReadonlySet<string>;
  readonly agents: ReadonlySet<number | null>;
  readonly endpoints: ReadonlySet<number | null>;
}

const featuresOf = (uses: readonly Use[]): Features => ({
  networks: distinct(uses.map(({ network }) => network)),
  agents: distinct(uses.map(({ agent }) => agent)),
  endpoints: distinct(uses.map(({ endpoint }) => endpoint)),
});

/** Why a new place is the thief's: the program, the addresses, or what it called, each unlike the owner's; `undefined` when nothing says so. */
function sharedWith(thief: Features, owner: Features, place: readonly Use[]): string | undefined {
  const { agents, endpoints } = featuresOf(place);
  // The owner's own program in a new place is the owner on the move until something else speaks.
  if ([...agents].some((agent) => agent === null || owner.agents.has(agent))) return undefined;
  if ([...agents].every((agent) => thief.agents.has(agent))) return 'the same program as in the other strange places, which the owner never used';
  const network = place[0]?.network ?? '';
  if ([...thief.networks].some((other) => !areFarApart(other, network)) && [...owner.networks].every((own) => areFarApart(own, network)))
    return 'addresses of the same wider network as the other strange places, with a program that the owner never used';
  const isTheirs = place.length >= MIN_TARGETED && [...endpoints].every((endpoint) => thief.endpoints.has(endpoint));
  return isTheirs && [...endpoints].some((endpoint) => !owner.endpoints.has(endpoint))
    ? 'it called what the other strange places called and the owner never did, with a program that the owner never used'
    : undefined;
} // prettier-ignore

/** Places that are the thief's by what they share with it; each one found may lead to the next. */
function growPlaces(uses: readonly Use[], isOwn: ReadonlySet<string>, seeds: ReadonlySet<string>): readonly NewPlace[] {
  const theirs = uses.filter(({ network }) => seeds.has(network));
  const ofOwner = featuresOf(uses.filter(({ network }) => isOwn.has(network)));
  const open = new Map<string, Use[]>();
  for (const use of uses) if (!isOwn.has(use.network) && !seeds.has(use.network)) open.set(use.network, [...(open.get(use.network) ?? []), use]);
  const places: NewPlace[] = [];
  for (let hasGrown = true; hasGrown; ) {
    hasGrown = false;
    const [first, last] = [least(theirs.map(({ time }) => time)), greatest(theirs.map(({ time }) => time))];
    const thief = featuresOf(theirs);
    for (const [network, place] of open) {
      const [from, to] = [place[0]?.time ?? 0, place.at(-1)?.time ?? 0];
      const why = from <= last + VISIT && to >= first - VISIT ? sharedWith(thief, ofOwner, place) : undefined;
      if (why === undefined) continue;
      open.delete(network);
      places.push({ network, why });
      append(theirs, place);
      hasGrown = true;
      break;
    }
  }
  return places;
} // prettier-ignore

interface OtherUse {
  readonly id: number;
  readonly time: number;
  readonly status: number | null;
  readonly pair: string;
}

const pairOf = ({ ip, agent }: Pick<Use, 'ip' | 'agent'>): string => `${String(ip)} ${String(agent)}`;

/** Uses of one other credential by the thief's addresses and programs; none when it had one of them outside the visit: then they are its own. */
function usesByPairs(db: SqlDriver, credential: number, pairs: ReadonlySet<string>, visit: readonly [number, number]): readonly OtherUse[] {
  const uses = db
    .prepare(
      `SELECT c.id, c.time, c.status, c.client_ip_id AS ip, c.user_agent_id AS agent FROM call c JOIN call_fact f ON f.call_id = c.id
        WHERE c.credential_id = ? AND f.same_as IS NULL AND c.time IS NOT NULL AND c.user_agent_id IS NOT NULL ORDER BY c.time, c.record LIMIT ${String(MAX_USES)}`,
    )
    .all<Omit<OtherUse, 'pair'> & { ip: number; agent: number }>(credential)
    .map(({ id, time, status, ip, agent }) => ({ id, time, status, pair: pairOf({ ip, agent }) }))
    .filter(({ pair }) => pairs.has(pair));
  return uses.every(({ time }) => time >= visit[0] && time <= visit[1]) ? uses : [];
}

/**
 * Calls with other credentials from the very addresses of the thief with the very programs, in the same visit: the same secret as another gateway
 * names it, or another one that the thief holds. An address that many present credentials from is a way out of strangers, and says nothing.
 */
function findOtherNames(db: SqlDriver, credential: number, theirs: readonly Use[]): readonly OtherName[] {
  const candidates = db.prepare(
    `SELECT DISTINCT x.credential_id AS id, u.key, k.masked FROM credential_context x JOIN credential_use u USING (credential_id)
       JOIN credential k ON k.id = x.credential_id WHERE x.network = ? AND x.credential_id <> ? ORDER BY u.key LIMIT ${String(MAX_NEIGHBOURS + 1)}`,
  );
  const visit = [least(theirs.map(({ time }) => time)) - VISIT, greatest(theirs.map(({ time }) => time)) + VISIT] as const;
  const pairs = distinct(theirs.map(pairOf));
  const near = new Map(
    [...distinct(theirs.map(({ network }) => network))].flatMap((network) => {
      const there = candidates.all<{ id: number; key: string; masked: string }>(network, credential);
      return there.length > MAX_NEIGHBOURS ? [] : there.map((each) => [each.id, each] as const);
    }),
  );
  const found = [...near.values()].flatMap(({ id, key, masked }): readonly OtherName[] => {
    const uses = usesByPairs(db, id, pairs, visit);
    const refused = uses.filter(({ status }) => status === 401 || status === 403 || status === 429).length;
    return uses.length === 0 ? [] : [{ credential: id, key, masked, calls: uses.map((use) => use.id), refused }];
  });
  return found.length > MAX_OTHER_NAMES ? [] : found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * Makes the evidence against one credential's thief whole: every call with it from the strange networks, in whatever source; from new networks
 * that share the thief's program, wider network or targets within the same visit; and calls of the same hands under other names.
 * Shape: `seen` are the places that were judged, of one credential and one source. Cost: the uses since the thief came, and some before.
 */
export function findCompany(db: SqlDriver, seen: readonly [Switching, ...Switching[]]): Company {
  const [{ credential, source, owner }] = seen;
  const seeds = distinct(seen.map(({ other }) => other));
  const arrivals = arrivalsOf(db, credential);
  const visit = least([...seeds].flatMap((network) => arrivals.get(network) ?? [])) - VISIT;
  const { uses, isCut } = readUses(db, credential, visit);
  const isOwn = distinct([owner, ...[...arrivals].filter(([, since]) => since < visit).map(([network]) => network)]);
  // Places are compared within the source that showed them: a mesh sees other addresses than the gateway before it.
  const places = growPlaces(
    uses.filter((use) => use.source === source),
    isOwn,
    seeds,
  );
  const networks = distinct([...seeds, ...places.map(({ network }) => network)]);
  const whole = uses.filter((use) => networks.has(use.network));
  return { places, calls: whole.map(({ id }) => id), otherNames: findOtherNames(db, credential, whole), isCut };
}
