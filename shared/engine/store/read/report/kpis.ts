import type { KpisJson, PrincipalJson, PrincipalKind } from '../../../../contract/report-json.ts';
import type { PivotJson } from '../../../../contract/revocation-json.ts';
import type { SqlDriver } from '../../driver.ts';
import { isOpen } from '../findings/open-finding.ts';
import type { CallTotals } from './overview.ts';

/** Agent-facing operations: those that agents call, and those of them with caller, status and time in the records. */
function agentFacing(db: SqlDriver): KpisJson['agentFacingEndpoints'] {
  const row = db
    .prepare(
      `SELECT count(DISTINCT f.endpoint_id) AS total, count(DISTINCT CASE WHEN c.status IS NOT NULL AND c.time IS NOT NULL THEN f.endpoint_id END) AS monitored
       FROM principal p JOIN call_fact f ON f.principal_id = p.id JOIN call c ON c.id = f.call_id
       WHERE p.kind = 'agent' AND f.same_as IS NULL AND f.call_id NOT IN (SELECT call_id FROM hop)`,
    )
    .get<{ total: number; monitored: number }>();
  return { monitored: row?.monitored ?? 0, total: row?.total ?? 0 };
}

const anomalousCalls = (db: SqlDriver): number =>
  db
    .prepare(
      `SELECT count(DISTINCT fc.call_id) AS n FROM finding_call fc JOIN finding f ON f.id = fc.finding_id WHERE f.family = 'incident' AND ${isOpen(db, 'f')}`,
    )
    .get<{ n: number }>()?.n ?? 0;

/** Six digits are more than any share of calls means, and keep the last bits of a division out of the file. */
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e6);

/** What each figure counts, beside the question that it answers. Source: requirements.md 1.3, rows 23 to 25. */
const KPI_DEFINITIONS: KpisJson['definitions'] = [
  {
    kpi: 'agentFacingEndpoints',
    question: 'How many AI-agent-facing APIs are we monitoring?',
    definition:
      'Endpoints with at least one call that a principal taken for an agent made itself, inner hops left out (total), and those of them whose calls come with principal, status and time in the evidence (monitored). Principals of unknown kind are not counted; the share of unknown says how many calls that leaves open.',
  },
  {
    kpi: 'anomalousCalls',
    question: 'What anomalous calls have we flagged?',
    definition:
      'Different calls that are evidence of at least one finding of an incident that is neither dismissed nor suppressed, and their share of all calls (anomalousShare). Posture findings are not counted.',
  },
  {
    kpi: 'pivot',
    question: 'How quickly can we pivot when something looks off?',
    definition:
      'Exposure (exposureSeconds): from the first to the last call of an incident, of the one that lasted longest; findings that nothing ties to each other are incidents of their own. Could be seen after (discoveryLagSeconds, discoveryLagFinding): from the first call of an incident to the first one on which a rule could speak of it, of the incident for which that took longest. To revocation (findingToRevocationSeconds): from then to the revocation, where that is known. Validity left (residualValiditySeconds): the longest time that a credential of an incident stays good after the end of the evidence, where its end is known. Still valid (stillValid): how many of them can still be used then, and how many of those tell no end. Times that need a clock outside the evidence are left out.',
  },
  {
    kpi: 'authenticatedShare',
    question: 'How much of the traffic says who it is?',
    definition: 'Calls that came with a credential, as a share of all calls.',
  },
  {
    kpi: 'callsByKind',
    question: 'Who calls: people, services or agents?',
    definition:
      'Calls by the kind of their principal; a call seen by two sources counts once; an inner hop counts for the principal whose request it is part of. The share of unknown is unknownShare.',
  },
  {
    kpi: 'agents',
    question: 'Does every agent have an owner?',
    definition: 'Principals taken for agents; with an owner named by a list of principals in the case or by the analyst.',
  },
  {
    kpi: 'machineToMachine',
    question: 'Which program calls which service?',
    definition:
      'Calls of services, agents and principals of unknown kind, by principal, host and credential; attributed are those whose principal is known by more than network and program, and by kind.',
  },
];

/** The figures that a board asks for, each with its definition. Cost: a few walks over the calls. */
export function readKpis(db: SqlDriver, totals: CallTotals, principals: readonly PrincipalJson[], pivot: PivotJson): KpisJson {
  const byKind: Record<PrincipalKind, number> = { human: 0, service: 0, agent: 0, unknown: 0 };
  for (const { kind, calls } of principals) byKind[kind] += calls;
  const agents = principals.filter(({ kind }) => kind === 'agent');
  const ownerless = agents.filter(({ owner }) => owner === undefined);
  const anomalous = anomalousCalls(db);
  const links = db
    .prepare(
      `SELECT count(*) AS links, sum(m.calls) AS calls, sum(CASE WHEN p.weak = 0 AND p.kind <> 'unknown' THEN m.calls ELSE 0 END) AS attributed
         FROM machine_link m JOIN principal p ON p.id = m.principal_id`,
    )
    .get<{ links: number; calls: number | null; attributed: number | null }>();
  return {
    agentFacingEndpoints: agentFacing(db),
    anomalousCalls: anomalous,
    authenticatedShare: ratio(totals.authenticated, totals.calls),
    anomalousShare: ratio(anomalous, totals.calls),
    callsByKind: byKind,
    unknownShare: ratio(byKind.unknown, totals.calls),
    agents: { total: agents.length, withOwner: agents.length - ownerless.length, withoutOwner: ownerless.map(({ id }) => id) },
    machineToMachine: { links: links?.links ?? 0, calls: links?.calls ?? 0, attributed: links?.attributed ?? 0 },
    pivot,
    definitions: KPI_DEFINITIONS,
  };
}
