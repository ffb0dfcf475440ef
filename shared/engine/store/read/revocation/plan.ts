import type { BlastEndpoint, RevocationCaller, RevocationRole, RevocationRow } from '../../../../contract/revocation.ts';
import { orderByTies } from '../../../../model/revocation/order.ts';
import { REVOCATION_STEPS } from '../../../../model/revocation-steps.ts';
import type { SqlDriver } from '../../driver.ts';
import { peerReader, readBlast, readEndpointFacts, toArea, type EndpointFacts, type PeerReader } from './blast.ts';
import { listCandidates, type Candidates } from './candidates.ts';
import { readCaseFacts, type CaseFacts } from './case-facts.ts';
import { checkContainment, type After } from './containment.ts';
import { listDecisions, type Decision } from './decisions.ts';
import { readUsers } from './dependents.ts';
import { childrenOf, parentsOf, walkTies } from './links.ts';
import { findCredentialRecord, type CredentialRecord } from './planned-credential.ts';
import { reasonOf } from './reason.ts';
import { readRevocations, type Revoked } from './revoked-when.ts';
import { scoreOf, termsOf } from './terms.ts';
import { listUnseenCallers } from './unseen-callers.ts';

/** Lines of the plan: more are not worked through by hand in a night. Those of the strongest roles are kept. */
const MAX_ENTRIES = 200;

/** What was read of the case for all entries. */
export interface PlanFacts {
  readonly facts: CaseFacts;
  readonly candidates: Candidates;
  readonly revocations: ReadonlyMap<number, Revoked>;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly endpoints: EndpointFacts;
  readonly peersOf: PeerReader;
}

/** An entry with what its own page shows. */
export interface PlanEntry {
  readonly record: CredentialRecord;
  readonly row: RevocationRow;
  readonly blast: readonly BlastEndpoint[];
  readonly after: After | undefined;
}

/** A plan with all that was worked out on the way; `entries` in order. */
export interface WholePlan {
  readonly facts: PlanFacts;
  readonly entries: readonly PlanEntry[];
  readonly omitted: number;
  readonly callers: readonly RevocationCaller[];
}

/** Units: seconds from the end of the evidence; undefined when either is unknown. */
function stillValid({ expires }: CredentialRecord, end: number | undefined): number | undefined {
  return expires === undefined || end === undefined ? undefined : Math.max(0, Math.round(expires - end / 1e6));
}

type Draft = Omit<PlanEntry, 'row'> & { readonly row: Omit<RevocationRow, 'order' | 'rotateAfter' | 'rotateBefore'> };

function toDraft(db: SqlDriver, plan: PlanFacts, id: number, role: RevocationRole): Draft | undefined {
  const record = findCredentialRecord(db, id);
  if (record === undefined) return undefined;
  const { facts, candidates, revocations } = plan;
  const incident = facts.incidentUse.get(id);
  const findings = facts.findingsOf.get(id) ?? [];
  const children = walkTies(db, id, childrenOf);
  const revoked = revocations.get(id);
  const after = revoked === undefined ? undefined : checkContainment(db, [id, ...children], revoked, facts.end);
  const blast = readBlast(db, id, plan.endpoints, plan.peersOf);
  const valid = stillValid(record, facts.end);
  const { usedBy, breaks } = readUsers(db, id, incident);
  const terms = termsOf({
    findings,
    incident,
    incidentCalls: facts.incidentCalls,
    stillValid: valid,
    blast,
    children: children.length,
    isExposed: candidates.exposed.has(id),
    containment: after?.containment,
  });
  const done = plan.decisions.get(record.fingerprint)?.done.length ?? 0;
  return {
    record,
    blast,
    after,
    row: {
      credential: record.about.id,
      role,
      reason: reasonOf({
        role,
        findings,
        incident,
        incidentCalls: facts.incidentCalls,
        stillValid: valid,
        about: record.about,
        containment: after?.containment,
      }),
      score: scoreOf(terms),
      terms,
      ...(valid === undefined ? {} : { stillValidSeconds: valid }),
      usedBy,
      dependents: breaks.map(({ principal }) => principal),
      blastRadius: { used: toArea(blast.filter(({ because }) => because === undefined)), reachable: toArea(blast) },
      ...(after === undefined ? {} : { containment: after.containment }),
      about: record.about,
      breaks,
      findings: findings.map(({ id: finding, title, severity, family }) => ({ id: finding, title, severity, family })),
      incidentCalls: incident?.calls ?? 0,
      done,
      steps: REVOCATION_STEPS.length,
    },
  };
}

/** Candidates that are looked at, those of the strongest roles first; of one role by their ids, which no order of import changes. */
function chosen(
  db: SqlDriver,
  { roles }: Candidates,
): { readonly kept: readonly (readonly [number, RevocationRole])[]; readonly omitted: number } {
  const strength: readonly RevocationRole[] = ['incident', 'revoked', 'parent', 'exposed', 'child', 'weak'];
  const key = db.prepare('SELECT key FROM credential_use WHERE credential_id = ?');
  const keys = new Map([...roles.keys()].map((id) => [id, key.get<{ key: string }>(id)?.key ?? '']));
  const sorted = [...roles].sort(
    ([idA, a], [idB, b]) => strength.indexOf(a) - strength.indexOf(b) || ((keys.get(idA) ?? '') < (keys.get(idB) ?? '') ? -1 : 1),
  );
  return { kept: sorted.slice(0, MAX_ENTRIES), omitted: Math.max(0, sorted.length - MAX_ENTRIES) };
}

/**
 * Works the plan out: which credentials, in which order, why, for how long, with what blast radius, and what breaks.
 * Deterministic for the same evidence, findings and decisions; knows no clock, so validity counts from the end of the evidence.
 * Cost: the evidence of the incidents, and for each of at most 200 entries what the reach pass kept of it.
 */
export function makePlan(db: SqlDriver): WholePlan {
  const facts = readCaseFacts(db);
  const revocations = readRevocations(db);
  const candidates = listCandidates(db, facts, revocations);
  const plan: PlanFacts = {
    facts,
    candidates,
    revocations,
    decisions: listDecisions(db),
    endpoints: readEndpointFacts(db),
    peersOf: peerReader(db),
  };
  const { kept, omitted } = chosen(db, candidates);
  const drafts = kept.flatMap(([id, role]) => toDraft(db, plan, id, role) ?? []);
  const keyOf = new Map(drafts.map(({ record }) => [record.id, record.about.id]));
  const keysOf = (ties: readonly { readonly other: number }[]): readonly string[] =>
    [...new Set(ties.flatMap(({ other }) => keyOf.get(other) ?? []))].sort();
  const ordered = orderByTies(
    drafts.map((draft) => ({ draft, id: draft.row.credential, score: draft.row.score, after: keysOf(parentsOf(db, draft.record.id)) })),
  );
  const entries = ordered.map(({ draft, after }, index): PlanEntry => ({
    ...draft,
    row: { ...draft.row, order: index + 1, rotateAfter: after, rotateBefore: keysOf(childrenOf(db, draft.record.id)) },
  }));
  return { facts: plan, entries, omitted, callers: listUnseenCallers(db, facts.unseen) };
}
