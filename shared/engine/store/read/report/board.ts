import type { CaseBoard, CaseProgress } from '../../../../contract/board.ts';
import type { FindingJson, KpisJson } from '../../../../contract/report-json.ts';
import { findLearntIncidents } from '../../../../model/learning.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import { getMeta } from '../../meta.ts';
import { listFindings } from '../findings/findings.ts';
import { caseInfo, UNREAD } from './overview.ts';
import type { WholePlan } from '../revocation/plan.ts';
import { findOutcome } from '../findings/verdicts.ts';

const countOf = (db: SqlDriver, from: string): number => db.prepare(`SELECT count(*) AS n FROM ${from}`).get<{ n: number }>()?.n ?? 0;

function baselineOf(db: SqlDriver, findings: readonly FindingJson[]): Pick<CaseProgress, 'baseline' | 'learnt'> {
  const [from, to] = [getMeta(db, 'baseline_from'), getMeta(db, 'baseline_to')];
  if (from === undefined || to === undefined) return {};
  const baseline = [printTime(epochMicros(Number(from))), printTime(epochMicros(Number(to)))] as const;
  const learnt = findLearntIncidents(findings, baseline);
  return { baseline, ...(learnt === undefined ? {} : { learnt }) };
}

/** Credentials of incidents, and those of them that somebody or something says are revoked. */
function revocationOf({ facts: { revocations }, entries }: WholePlan): Pick<CaseProgress, 'toRevoke' | 'revoked'> {
  const guilty = entries.filter(({ row }) => row.role === 'incident');
  return { toRevoke: guilty.length, revoked: guilty.filter(({ record }) => revocations.get(record.id) !== undefined).length };
}

const isUrgent = ({ status, severity }: FindingJson): boolean => status === 'suggested' && (severity === 'critical' || severity === 'high');

/** How far the work is. `questions`: how many detectors there are. */
function progressOf(db: SqlDriver, plan: WholePlan, questions: number): CaseProgress {
  const { analyzed, sources } = caseInfo(db);
  const findings = listFindings(db);
  const decided = (status: FindingJson['status']): number => findings.filter((finding) => finding.status === status).length;
  return {
    analyzed,
    sources,
    unread: countOf(db, UNREAD),
    endpoints: countOf(db, 'endpoint WHERE calls > 0'),
    fromBodies: countOf(db, "endpoint WHERE calls > 0 AND classified_from = 'bodies'"),
    sensitive: countOf(db, 'endpoint WHERE calls > 0 AND sensitivity >= 2'),
    ...baselineOf(db, findings),
    questions,
    unanswered: countOf(db, 'not_evaluable'),
    suggested: decided('suggested'),
    accepted: decided('accepted'),
    dismissed: decided('dismissed'),
    urgent: findings.filter(isUrgent).length,
    policies: countOf(db, 'privilege'),
    ...revocationOf(plan),
  };
}

/** What a board asks of the case. */
export function readBoard(db: SqlDriver, kpis: KpisJson, plan: WholePlan, questions: number): CaseBoard {
  const now = findOutcome(db);
  return {
    kpis,
    ...(now === undefined ? {} : { outcome: { outcome: now.outcome, reason: now.reason } }),
    progress: progressOf(db, plan, questions),
  };
}
