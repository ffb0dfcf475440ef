import { addTo } from '../../../lib/group-values.ts';
import { claimText } from '../../../model/claims.ts';
import { changesThings } from '../../../model/endpoint-words.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft } from '../detector.ts';
import { readTokens } from '../jwt/claims.ts';
import { doesHarm } from '../signals/novelty.ts';
import { whatOf } from '../signals/read-signals.ts';
import { listOf, plural } from '../spoken.ts';
import { isInnerHop } from '../../store/hop-sql.ts';
import { countSurprise } from '../../../lib/count-tail.ts';
import { accountShape, accountShapesOf } from './account-shapes.ts';
import { usersOfRelease } from './releases.ts';

/** Callers with the same client and rights; of fewer, one who differs says nothing. Conformal p of the only one: 1/21. */
const MIN_PEERS = 20;
/** As many of the same client and rights, and it is a release or a habit. */
const SEVERAL = 3;
/** One call may be a stale link; more are one as long as they fit the rate at which all others follow it. */
const MIN_CALLS = 2;
/** Probability that anybody of a crowd would make so many at that rate. */
const LUCK = 0.01;
/** From so many answers on it is a harvest, as in a walk along ids. */
const MANY = 20;
/** Answers with data about people. */
const SENSITIVE = 2;
/** Share of a host's people from which on an operation is one that people use. */
const USUAL_SHARE = 0.05;

interface Peer {
  readonly id: number;
  readonly key: string;
  readonly label: string;
}

interface Hidden {
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly spec: string;
  readonly sensitivity: number;
  readonly flags: string;
}

/** Callers that may do the same, and the words for what makes them alike. */
interface Group {
  readonly peers: readonly Peer[];
  readonly alike: string;
  readonly tested: string;
  /** Rights are known to be the same: then any write that nobody described counts, else only what is sensitive or does harm. */
  readonly isSure: boolean;
}

const SAME_RIGHTS = {
  isSure: true,
  alike: 'with the same client and rights',
  tested: 'issuer, client and scopes of its token are those of the others',
};
const SAME_WORK = {
  isSure: false,
  alike: 'who are known by name at the same host',
  tested: 'no token shows it, but all else that the principal does there many others do as well',
};

/** Peers and who uses what, of one host. */
interface HostUse {
  readonly peers: Map<number, Peer & { readonly kind: string }>;
  readonly users: Map<number, Set<number>>;
}

function readHosts(db: SqlDriver, holders: ReadonlySet<number>): ReadonlyMap<string, HostUse> {
  const hosts = new Map<string, HostUse>();
  const rows = db.prepare(
    `SELECT e.host, b.endpoint_id AS endpoint, p.id, p.key, p.label, p.kind FROM baseline b JOIN endpoint e ON e.id = b.endpoint_id JOIN principal p ON p.id = b.principal_id
      WHERE p.weak = 0 AND p.kind <> 'agent' AND e.host IN (SELECT host FROM endpoint WHERE spec IN ('shadow', 'zombie')) ORDER BY p.key`,
  );
  type Row = Peer & { readonly host: string; readonly endpoint: number; readonly kind: string };
  for (const { host, endpoint, ...peer } of rows.iterate<Row>()) {
    if (holders.has(peer.id)) continue;
    const known = hosts.get(host) ?? { peers: new Map(), users: new Map() };
    hosts.set(host, known);
    known.peers.set(peer.id, peer);
    known.users.set(endpoint, (known.users.get(endpoint) ?? new Set()).add(peer.id));
  }
  return hosts;
}

/**
 * People of a host where no token shows who may do what, as in logs that name the user alone: those who use nothing there but what many use, and
 * whoever goes by an account like theirs, with whatever program. An employee among customers uses what few do, and is left out.
 */
function readPeopleOfHosts(db: SqlDriver, holders: ReadonlySet<number>, hidden: ReadonlySet<number>): readonly Group[] {
  return [...readHosts(db, holders).values()].map(({ peers, users }) => {
    const isPerson = (id: number): boolean => peers.get(id)?.kind === 'human';
    const people = [...peers.keys()].filter(isPerson).length;
    const least = Math.max(SEVERAL, USUAL_SHARE * people);
    const known = [...users]
      .filter(([endpoint]) => !hidden.has(endpoint))
      .map(([, who]) => ({ who, isUsual: [...who].filter(isPerson).length >= least }));
    const usual = new Set(known.flatMap(({ who, isUsual }) => (isUsual ? [...who] : [])));
    const special = new Set(known.flatMap(({ who, isUsual }) => (isUsual ? [] : [...who])));
    const ordinary = [...peers.values()].filter(({ id }) => isPerson(id) && usual.has(id) && !special.has(id));
    const accounts = accountShapesOf(ordinary.map(({ label }) => label));
    const scripts = [...peers.values()].filter(
      ({ id, label }) => !isPerson(id) && !special.has(id) && accounts.has(accountShape(label) ?? ''),
    );
    return { peers: [...ordinary, ...scripts], ...SAME_WORK };
  });
}

/** Callers by issuer, client and scopes of their tokens: who holds the same rights in the same program. Those whom no such group holds by host. */
function readGroups(db: SqlDriver, hidden: readonly Hidden[]): readonly Group[] {
  const groups = new Map<string, Peer[]>();
  const seen = new Set<number>();
  for (const { issuer, claims, scopes, principal, principalKey, principalLabel } of readTokens(db)) {
    const client = claimText(claims, 'client_id', 'azp');
    if (principal === undefined || client === undefined || seen.has(principal)) continue;
    seen.add(principal);
    addTo(groups, [issuer, client, ...[...scopes].sort()].join(' '), { id: principal, key: principalKey, label: principalLabel });
  }
  const large = [...groups.values()].filter((peers) => peers.length > MIN_PEERS);
  const taken = new Set(large.flatMap((peers) => peers.map(({ id }) => id)));
  return [...large.map((peers) => ({ peers, ...SAME_RIGHTS })), ...readPeopleOfHosts(db, taken, new Set(hidden.map(({ id }) => id)))];
}

/** What its description calls out of date, or does not have, and what matters. */
const listHidden = (db: SqlDriver): readonly Hidden[] =>
  db
    .prepare("SELECT id, key, method, spec, sensitivity, flags FROM endpoint WHERE spec IN ('shadow', 'zombie') ORDER BY key")
    .all<Hidden>()
    .filter((hidden) => isGrave(hidden) || changesThings(hidden.key));

const isGrave = ({ sensitivity, flags }: Hidden): boolean => sensitivity >= SENSITIVE || doesHarm(flags);

/** Answered calls to an endpoint by caller; not those that a service made to answer another call. */
function usersOf(db: SqlDriver, endpoint: number): ReadonlyMap<number, readonly number[]> {
  const rows = db
    .prepare(
      `SELECT c.id, f.principal_id AS principal FROM call_fact f JOIN call c ON c.id = f.call_id
        WHERE f.endpoint_id = ? AND f.same_as IS NULL AND f.principal_id IS NOT NULL AND +c.status BETWEEN 200 AND 299
          AND NOT EXISTS (SELECT 1 FROM edge x WHERE x.to_call = c.id AND ${isInnerHop('x')})`,
    )
    .all<{ id: number; principal: number }>(endpoint);
  const users = new Map<number, number[]>();
  for (const { id, principal } of rows) addTo(users, principal, id);
  return users;
}

function toDraft(
  db: SqlDriver,
  peer: Peer,
  { peers, alike, tested }: Group,
  used: readonly (Hidden & { readonly calls: readonly number[] })[],
): FindingDraft {
  const time = db.prepare('SELECT time FROM call WHERE id = ?');
  const timeOf = (id: number): number => time.get<{ time: number | null }>(id)?.time ?? Infinity;
  const calls = used.flatMap((each) => each.calls).sort((a, b) => timeOf(a) - timeOf(b) || a - b);
  const keys = used.map(({ key }) => key);
  const group = peers.length;
  const isWorst = used.some(({ sensitivity }) => sensitivity >= 3);
  const harms = used.some(({ flags }) => doesHarm(flags));
  return {
    subject: `${peer.key} alone`,
    title: `${peer.label} used ${listOf(keys, 3)}, hidden or out of date, ${plural(calls.length, 'time')}; of ${String(group)} principals ${alike} hardly another did`,
    family: 'incident',
    severity: {
      base: 'medium',
      steps: [
        ...(used.length > 1 && harms ? [{ by: 1, why: 'several hidden endpoints, one of which does harm' }] : []),
        ...(calls.length >= MANY ? [{ by: 1, why: `${plural(calls.length, 'call')} were answered` }] : []),
        ...(calls.length >= MANY && isWorst ? [{ by: 1, why: 'the answers hold data of the most sensitive class' }] : []),
      ],
    },
    confidence: 'inferred',
    score: Math.min(1, 0.3 + calls.length / 50 + used.length / 10),
    principals: [peer.id],
    ...whatOf(db, calls),
    crossedAt: calls[0],
    observed: { operations: keys, calls: calls.length },
    expected: {
      callersLikeIt: `${String(group)} ${alike}`,
      ofThemUsingIt: `fewer than ${String(SEVERAL)}`,
      p: Math.round(1e4 / (group + 1)) / 1e4,
    },
    benignTested: [
      {
        explanation: 'a release that clients take up',
        result: `not supported: fewer than ${String(SEVERAL)} principals like it use it`,
      },
      {
        explanation: 'a stale link, or an old release of a program',
        result: `not supported: ${plural(calls.length, 'call')}, more than chance gives anybody of its crowd or with its program`,
      },
      {
        explanation: 'another program or other rights',
        result: `not supported: ${tested}`,
      },
    ],
    remediation: [`Switch ${listOf(keys, 3)} off or give it the controls of its successor.`, `Look at what else ${peer.label} tried.`],
  };
}

interface HiddenUse {
  readonly endpoint: Hidden;
  /** Answered calls by caller. */
  readonly users: ReadonlyMap<number, readonly number[]>;
}

/** True where hardly anybody of a crowd makes so many calls at the rate of all others: the few who follow a stale link do it now and then. */
function isBeyondOthers(own: readonly HiddenUse[], peer: number, crowd: Iterable<number>): boolean {
  const all = new Set(crowd).add(peer);
  const callsBy = (id: number): number => own.reduce((sum, { users }) => sum + (users.get(id)?.length ?? 0), 0);
  const byOthers = [...all].reduce((sum, id) => sum + (id === peer ? 0 : callsBy(id)), 0);
  // One call more than was seen: who is rare is not impossible.
  const surprise = countSurprise(callsBy(peer), (byOthers + 1) / all.size, Infinity);
  return callsBy(peer) >= MIN_CALLS && Math.log10(all.size) - surprise <= Math.log10(LUCK);
}

/** What one peer used that hardly another did, and what else of the hidden endpoints goes with it; nothing where it may be chance or an old program. */
function usedAlone(db: SqlDriver, peer: Peer, { peers, isSure }: Group, hidden: readonly HiddenUse[]): readonly (Hidden & { readonly calls: readonly number[] })[] {
  const isRare = ({ users }: HiddenUse): boolean => peers.filter(({ id }) => users.has(id)).length < SEVERAL;
  const callsOf = ({ users }: HiddenUse): readonly number[] => users.get(peer.id) ?? [];
  const own = hidden.filter((each) => callsOf(each).length > 0);
  const alone = own.filter((each) => (isSure || isGrave(each.endpoint)) && isRare(each));
  if (!isBeyondOthers(alone, peer.id, peers.map(({ id }) => id))) return [];
  const release = usersOfRelease(db, alone.flatMap(callsOf));
  if (release.size > 1 && !isBeyondOthers(alone, peer.id, release)) return [];
  // What others follow a stale link to, or few know and does no great harm, joins what only this caller knows.
  return own.filter((each) => alone.includes(each) || callsOf(each).length >= MIN_CALLS).map((each) => ({ ...each.endpoint, calls: callsOf(each) }));
} // prettier-ignore

/**
 * Callers that are alone among those with the same client and rights in using what no description offers them: a person with a script, not
 * the program that all others use. Told by peers, not by time: who did it from the first hour on stands out as well.
 */
export function loneUsers(db: SqlDriver): readonly FindingDraft[] {
  const hidden = listHidden(db).map((endpoint): HiddenUse => ({ endpoint, users: usersOf(db, endpoint.id) }));
  if (hidden.length === 0) return [];
  const groups = readGroups(
    db,
    hidden.map(({ endpoint }) => endpoint),
  );
  return groups.flatMap((group) =>
    group.peers.length <= MIN_PEERS
      ? []
      : group.peers.flatMap((peer) => {
          const used = usedAlone(db, peer, group, hidden);
          return used.length === 0 ? [] : [toDraft(db, peer, group, used)];
        }),
  );
}
