import type { PrincipalJson, Severity } from '../../../contract/report-json.ts';
import type { CaseInfo, Overview } from '../../../contract/rows.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver, SqlValue } from '../driver.ts';
import { getMeta, getRevision } from '../meta.ts';
import { CALLS_FROM, everyCall } from './calls.ts';
import { findingStory, listFindings, listNotEvaluable } from './findings.ts';
import { listPrincipals } from './principals.ts';
import { NOT_WITHDRAWN } from './sources.ts';

/** How many findings and callers the first screen names; the rest is one click away. */
const TOP_FINDINGS = 5;
const TOP_PRINCIPALS = 6;

const countOf = (db: SqlDriver, from: string, ...params: SqlValue[]): number =>
  db.prepare(`SELECT count(*) AS n FROM ${from}`).get<{ n: number }>(...params)?.n ?? 0;

/** What a case is: its title, revision and extent. */
export function caseInfo(db: SqlDriver): CaseInfo {
  const row = db
    .prepare(`SELECT count(*) AS calls, min(c.time) AS first, max(c.time) AS last ${CALLS_FROM} WHERE ${everyCall.where}`)
    .get<{ calls: number; first: number | null; last: number | null }>();
  const first = row?.first ?? null;
  const last = row?.last ?? null;
  const revision = getMeta(db, 'evidence_revision') ?? '0';
  return {
    title: getMeta(db, 'title') ?? '',
    revision: getRevision(db),
    // `rules` ends with the revision of the evidence that the detectors last saw.
    analyzed: getMeta(db, 'rules')?.endsWith(` ${revision}`) ?? false,
    calls: row?.calls ?? 0,
    sources: countOf(db, `source s WHERE ${NOT_WITHDRAWN}`),
    ...(first === null || last === null ? {} : { window: [printTime(epochMicros(first)), printTime(epochMicros(last))] as const }),
  };
}

/** Sums over the calls that stand for themselves, in one walk. */
export interface CallTotals {
  readonly calls: number;
  readonly hosts: number;
  readonly bytesOut: number;
  readonly writeCalls: number;
  readonly failedCalls: number;
  readonly linkedCalls: number;
  readonly withPrincipal: number;
  readonly withBodies: number;
  readonly withTraceId: number;
  readonly authenticated: number;
}

/** Counts what reports and screens state about all calls. Cost: one walk over the calls. */
export function callTotals(db: SqlDriver): CallTotals {
  const row = db
    .prepare(
      `SELECT count(*) AS calls, count(DISTINCT c.host_id) AS hosts, coalesce(sum(c.res_bytes), 0) AS bytesOut,
         count(CASE WHEN c.method_id IN (SELECT id FROM term WHERE value IN ('POST', 'PUT', 'PATCH', 'DELETE')) THEN 1 END) AS writeCalls,
         count(CASE WHEN c.status >= 400 THEN 1 END) AS failedCalls, count(f.chain_id) AS linkedCalls, count(f.principal_id) AS withPrincipal,
         count(CASE WHEN c.flags & 3 <> 0 OR c.id IN (SELECT seen.same_as FROM call_fact seen JOIN call other ON other.id = seen.call_id WHERE seen.same_as IS NOT NULL AND other.flags & 3 <> 0) THEN 1 END) AS withBodies, count(c.trace_id) AS withTraceId, count(CASE WHEN c.flags & 4 <> 0 THEN 1 END) AS authenticated
       ${CALLS_FROM} WHERE ${everyCall.where}`,
    )
    .get<CallTotals>();
  return (
    row ?? {
      calls: 0,
      hosts: 0,
      bytesOut: 0,
      writeCalls: 0,
      failedCalls: 0,
      linkedCalls: 0,
      withPrincipal: 0,
      withBodies: 0,
      withTraceId: 0,
      authenticated: 0,
    }
  );
}

const byKind = (principals: readonly PrincipalJson[], amount: (principal: PrincipalJson) => number): Overview['callsByKind'] => {
  const sums = { human: 0, service: 0, agent: 0, unknown: 0 };
  for (const principal of principals) sums[principal.kind] += amount(principal);
  return sums;
};

function edgesByKind(db: SqlDriver): Readonly<Record<string, number>> {
  const rows = db.prepare('SELECT kind, count(*) AS n FROM edge GROUP BY kind ORDER BY kind').all<{ kind: string; n: number }>();
  return Object.fromEntries(rows.map((row) => [row.kind, row.n]));
}

function ledger(db: SqlDriver): Overview['records'] {
  const row = db
    .prepare(
      `SELECT coalesce(sum(records), 0) AS total, coalesce(sum(accepted), 0) AS accepted, coalesce(sum(rejected), 0) AS rejected, coalesce(sum(skipped), 0) AS skipped FROM source s WHERE ${NOT_WITHDRAWN}`,
    )
    .get<Overview['records']>();
  return row ?? { total: 0, accepted: 0, rejected: 0, skipped: 0 };
}

/** The numbers of the first screen and of the report's first page. */
export function getOverview(db: SqlDriver): Overview {
  const totals = callTotals(db);
  const principals = listPrincipals(db);
  const findings = listFindings(db);
  const severities: Record<Severity, number> = { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
  for (const finding of findings) if (finding.status !== 'dismissed') severities[finding.severity] += 1;
  return {
    info: caseInfo(db),
    hosts: totals.hosts,
    endpoints: countOf(db, 'endpoint WHERE calls > 0'),
    shadowEndpoints: countOf(db, "endpoint WHERE calls > 0 AND spec = 'shadow'"),
    specs: countOf(db, 'specification'),
    principalsByKind: byKind(principals, () => 1),
    callsByKind: byKind(principals, (principal) => principal.calls),
    credentials: countOf(db, 'credential_use'),
    chains: countOf(db, 'chain'),
    linkedCalls: totals.linkedCalls,
    edgesByKind: edgesByKind(db),
    bytesOut: totals.bytesOut,
    writeCalls: totals.writeCalls,
    failedCalls: totals.failedCalls,
    records: ledger(db),
    unreadSources: countOf(
      db,
      "source WHERE state IN ('failed', 'refusing', 'interrupted') OR (format IS NULL AND state = 'complete' AND bytes > 0)",
    ),
    findingsBySeverity: severities,
    topFindings: findings.slice(0, TOP_FINDINGS),
    topPrincipals: [...principals].sort((a, b) => b.calls - a.calls || (a.id < b.id ? -1 : 1)).slice(0, TOP_PRINCIPALS),
    notEvaluable: listNotEvaluable(db),
    story: findingStory(db),
  };
}
