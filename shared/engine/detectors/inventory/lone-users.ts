import { addTo } from '../../../lib/group-values.ts';
import { claimText } from '../../../model/claims.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft } from '../detector.ts';
import { readTokens } from '../jwt/claims.ts';
import { doesHarm } from '../signals/novelty.ts';
import { whatOf } from '../signals/read-signals.ts';
import { listOf, plural } from '../spoken.ts';

/** Callers with the same client and rights; of fewer, one who differs says nothing. Conformal p of the only one: 1/21. */
const MIN_PEERS = 20;
/** As many of the same client and rights, and it is a release or a habit. */
const SEVERAL = 3;
/** One call may be a stale link. */
const MIN_CALLS = 2;
/** Answers with data about people. */
const SENSITIVE = 2;

interface Peer {
  readonly id: number;
  readonly key: string;
  readonly label: string;
}

/** Callers by issuer, client and scopes of their tokens: who holds the same rights in the same program. */
function readGroups(db: SqlDriver): ReadonlyMap<string, readonly Peer[]> {
  const groups = new Map<string, Peer[]>();
  const taken = new Set<number>();
  for (const { issuer, claims, scopes, principal, principalKey, principalLabel } of readTokens(db)) {
    const client = claimText(claims, 'client_id', 'azp');
    if (principal === undefined || client === undefined || taken.has(principal)) continue;
    taken.add(principal);
    addTo(groups, [issuer, client, ...[...scopes].sort()].join(' '), { id: principal, key: principalKey, label: principalLabel });
  }
  return groups;
}

interface Hidden {
  readonly id: number;
  readonly key: string;
  readonly spec: string;
  readonly sensitivity: number;
  readonly flags: string;
}

/** What its description calls out of date, or does not have, and what matters. */
const listHidden = (db: SqlDriver): readonly Hidden[] =>
  db
    .prepare("SELECT id, key, spec, sensitivity, flags FROM endpoint WHERE spec IN ('shadow', 'zombie') ORDER BY key")
    .all<Hidden>()
    .filter(({ sensitivity, flags }) => sensitivity >= SENSITIVE || doesHarm(flags));

/** Answered calls to an endpoint by caller; not those that a service made to answer another call. */
function usersOf(db: SqlDriver, endpoint: number): ReadonlyMap<number, readonly number[]> {
  const rows = db
    .prepare(
      `SELECT c.id, f.principal_id AS principal FROM call_fact f JOIN call c ON c.id = f.call_id
        WHERE f.endpoint_id = ? AND f.same_as IS NULL AND f.principal_id IS NOT NULL AND +c.status BETWEEN 200 AND 299
          AND NOT EXISTS (SELECT 1 FROM edge x WHERE x.to_call = c.id AND x.kinds LIKE '%nesting%')`,
    )
    .all<{ id: number; principal: number }>(endpoint);
  const users = new Map<number, number[]>();
  for (const { id, principal } of rows) addTo(users, principal, id);
  return users;
}

function toDraft(
  db: SqlDriver,
  peer: Peer,
  group: number,
  used: readonly (Hidden & { readonly calls: readonly number[] })[],
): FindingDraft {
  const time = db.prepare('SELECT time FROM call WHERE id = ?');
  const timeOf = (id: number): number => time.get<{ time: number | null }>(id)?.time ?? Infinity;
  const calls = used.flatMap((each) => each.calls).sort((a, b) => timeOf(a) - timeOf(b) || a - b);
  const keys = used.map(({ key }) => key);
  const harms = used.some(({ flags }) => doesHarm(flags));
  return {
    subject: `${peer.key} alone`,
    title: `${peer.label} used ${listOf(keys, 3)}, hidden or out of date, ${plural(calls.length, 'time')}; of ${String(group)} callers with the same client and rights hardly another did`,
    family: 'incident',
    severity: {
      base: 'medium',
      steps: used.length > 1 && harms ? [{ by: 1, why: 'several hidden operations, one of which does harm' }] : [],
    },
    confidence: 'inferred',
    score: Math.min(1, 0.3 + calls.length / 50 + used.length / 10),
    principals: [peer.id],
    ...whatOf(db, calls),
    crossedAt: calls[0],
    observed: { operations: keys, calls: calls.length },
    expected: {
      callersWithSameClientAndRights: group,
      ofThemUsingIt: `fewer than ${String(SEVERAL)}`,
      p: Math.round(1e4 / (group + 1)) / 1e4,
    },
    benignTested: [
      {
        explanation: 'a release that clients take up',
        result: `not supported: fewer than ${String(SEVERAL)} callers of the same client use it`,
      },
      { explanation: 'a stale link', result: `not supported: ${plural(calls.length, 'call')}` },
      {
        explanation: 'another program or other rights',
        result: 'not supported: issuer, client and scopes of its token are those of the others',
      },
    ],
    remediation: [`Switch ${listOf(keys, 3)} off or give it the controls of its successor.`, `Look at what else ${peer.label} tried.`],
  };
}

/**
 * Callers that are alone among those with the same client and rights in using what no description offers them: a person with a script, not
 * the program that all others use. Told by peers, not by time: who did it from the first hour on stands out as well.
 */
export function loneUsers(db: SqlDriver): readonly FindingDraft[] {
  const hidden = listHidden(db).map((endpoint) => ({ endpoint, users: usersOf(db, endpoint.id) }));
  if (hidden.length === 0) return [];
  return [...readGroups(db).values()].flatMap((group) => {
    if (group.length <= MIN_PEERS) return [];
    const rare = new Set(
      hidden.filter(({ users }) => group.filter(({ id }) => users.has(id)).length < SEVERAL).map(({ endpoint }) => endpoint.id),
    );
    return group.flatMap((peer) => {
      const used = hidden.flatMap(({ endpoint, users }) => {
        const calls = users.get(peer.id) ?? [];
        return calls.length < MIN_CALLS && !rare.has(endpoint.id) ? [] : [{ ...endpoint, calls }];
      });
      // What others follow a stale link to joins what only this caller knows.
      const alone = used.filter(({ id }) => rare.has(id)).reduce((sum, { calls }) => sum + calls.length, 0);
      return alone < MIN_CALLS
        ? []
        : [
            toDraft(
              db,
              peer,
              group.length,
              used.filter(({ calls }) => calls.length > 0),
            ),
          ];
    });
  });
}
