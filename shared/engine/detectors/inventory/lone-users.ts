import { addTo } from '../../../lib/group-values.ts';
import { changesThings } from '../../../model/endpoint-words.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft } from '../detector.ts';
import { doesHarm } from '../signals/novelty.ts';
import { whatOf } from '../signals/read-signals.ts';
import { listOf, plural } from '../spoken.ts';
import { isInnerHop } from '../../store/hop-sql.ts';
import { countSurprise } from '../../../lib/count-tail.ts';
import { readGroups, SEVERAL, type Group, type Peer } from './peer-groups.ts';
import { usersOfRelease } from './releases.ts';

/** One call may be a stale link; more are one as long as they fit the rate at which all others follow it. */
const MIN_CALLS = 2;
/** Probability that anybody of a crowd would make so many at that rate. */
const LUCK = 0.01;
/** From so many answers on it is a harvest, as in a walk along ids. */
const MANY = 20;
/** Answers with data about people. */
const SENSITIVE = 2;
interface Hidden {
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly spec: string;
  readonly sensitivity: number;
  readonly flags: string;
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

/** What hardly any of a group used: the same for each of them, and so counted once. */
function rareOf({ peers }: Group, hidden: readonly HiddenUse[]): ReadonlySet<HiddenUse> {
  const ids = new Set(peers.map(({ id }) => id));
  return new Set(hidden.filter(({ users }) => [...users.keys()].filter((id) => ids.has(id)).length < SEVERAL));
}

/** What one peer used that hardly another did, and what else of the hidden endpoints goes with it; nothing where it may be chance or an old program. */
function usedAlone(db: SqlDriver, peer: Peer, { peers, isSure }: Group, hidden: readonly HiddenUse[], rare: ReadonlySet<HiddenUse>): readonly (Hidden & { readonly calls: readonly number[] })[] {
  const callsOf = ({ users }: HiddenUse): readonly number[] => users.get(peer.id) ?? [];
  const own = hidden.filter((each) => callsOf(each).length > 0);
  const alone = own.filter((each) => (isSure || isGrave(each.endpoint)) && rare.has(each));
  // Nearly every peer ends here, before it is held against all others.
  if (alone.reduce((sum, each) => sum + callsOf(each).length, 0) < MIN_CALLS) return [];
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
  const groups = readGroups(db, new Set(hidden.map(({ endpoint }) => endpoint.id)));
  return groups.flatMap((group) => {
    const rare = rareOf(group, hidden);
    return group.peers.flatMap((peer) => {
      const used = usedAlone(db, peer, group, hidden, rare);
      return used.length === 0 ? [] : [toDraft(db, peer, group, used)];
    });
  });
}
