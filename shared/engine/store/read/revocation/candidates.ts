import type { RevocationRole } from '../../../../contract/revocation.ts';
import type { SqlDriver } from '../../driver.ts';
import type { CaseFacts } from './case-facts.ts';
import { childrenOf, parentsOf, walkTies } from './links.ts';
import type { Revoked } from './revoked-when.ts';

/** Credentials seen in the open: in answers to others or in addresses, but for those that were handed out there. */
const EXPOSED = `SELECT DISTINCT e.credential_id AS id FROM exposure e
  WHERE e.side IN ('response', 'response-header', 'query', 'path') AND NOT EXISTS (
    SELECT 1 FROM credential_link l WHERE l.child_id = e.credential_id AND l.call_id = e.call_id)
  AND EXISTS (SELECT 1 FROM credential_use u WHERE u.credential_id = e.credential_id AND u.calls > 0)`;

/** Only weaknesses as grave as these bring a credential into the plan by themselves. */
const GRAVE: ReadonlySet<string> = new Set(['high', 'critical']);

/** What brings credentials into the plan, by row id; the first reason stands. */
export interface Candidates {
  readonly roles: ReadonlyMap<number, RevocationRole>;
  readonly exposed: ReadonlySet<number>;
}

/** Collects the credentials of the plan: of incidents, tied to those, accepted after revocation, exposed, gravely weak. */
export function listCandidates(db: SqlDriver, facts: CaseFacts, revocations: ReadonlyMap<number, Revoked>): Candidates {
  const roles = new Map<number, RevocationRole>();
  const add = (id: number, role: RevocationRole): void => {
    if (!roles.has(id)) roles.set(id, role);
  };
  const named = (test: (finding: CaseFacts['findings'][number]) => boolean): readonly number[] =>
    [...facts.findingsOf].filter(([, findings]) => findings.some(test)).map(([id]) => id);
  const incident = named(({ family }) => family === 'incident');
  for (const id of incident) add(id, 'incident');
  // What several stand for must not hang on which incident is looked at first.
  for (const id of incident) for (const parent of walkTies(db, id, parentsOf)) add(parent, 'parent');
  for (const id of incident) for (const child of walkTies(db, id, childrenOf)) add(child, 'child');
  for (const id of revocations.keys()) add(id, 'revoked');
  const exposed = new Set([
    ...db
      .prepare(EXPOSED)
      .all<{ id: number }>()
      .map(({ id }) => id),
    ...named(({ detector }) => detector === 'secret-exposure'),
  ]);
  for (const id of exposed) add(id, 'exposed');
  for (const id of named(({ family, severity }) => family === 'posture' && GRAVE.has(severity))) add(id, 'weak');
  return { roles, exposed };
}
