import type { PrincipalJson, Severity } from '../../../../contract/report-json.ts';
import type { CaseInfo, Overview } from '../../../../contract/rows.ts';
import { changesThings } from '../../../../model/endpoint-words.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import { FAILED_SQL } from '../../call-answer.ts';
import type { Found } from '../../columns/call-search.ts';
import { countIds } from '../../columns/count-values.ts';
import type { SqlDriver, SqlValue } from '../../driver.ts';
import { ruleInputs } from '../findings/rule-inputs.ts';
import { getInputs, getMeta, getRevision } from '../../meta.ts';
import { CALLS_FROM, everyCall } from '../calls/calls.ts';
import { listFindings, listNotEvaluable, listPartlyEvaluable } from '../findings/findings.ts';
import { countAgentPrograms } from '../principals/agent-programs.ts';
import { findingStory } from '../findings/story-steps.ts';
import { listPrincipals } from '../principals/principals.ts';
import { NOT_WITHDRAWN } from '../sources.ts';
import { identitiesInForce } from '../principals/identity-edits.ts';
import { sessionKeysInForce } from '../session-keys.ts';
import { rulesInForce } from '../template-rules.ts';
import { baselineInputs } from '../baseline-choice.ts';

/** How many findings and callers the first screen names; the rest is one click away. */
const TOP_FINDINGS = 5;
const TOP_PRINCIPALS = 6;

const countOf = (db: SqlDriver, from: string, ...params: SqlValue[]): number =>
  db.prepare(`SELECT count(*) AS n FROM ${from}`).get<{ n: number }>(...params)?.n ?? 0;

/** Files that no format claims, or that could not be read to their end. */
export const UNREAD =
  "source WHERE state IN ('failed', 'refusing', 'interrupted') OR (format IS NULL AND state = 'complete' AND bytes > 0)";

/** Calls that stand for themselves, without a join. */
const NO_SIGHTING = 'c.id NOT IN (SELECT call_id FROM call_fact WHERE same_as IS NOT NULL)';

/** What a case is: its title, revision and extent. */
export function caseInfo(db: SqlDriver): CaseInfo {
  // Each from an index: a join with the facts of all calls takes fifty times as long.
  const calls = countOf(db, 'call') - countOf(db, 'call_fact WHERE same_as IS NOT NULL');
  const timeAt = (end: 'min' | 'max'): number | null =>
    db.prepare(`SELECT ${end}(time) AS time FROM call c WHERE ${NO_SIGHTING}`).get<{ time: number | null }>()?.time ?? null;
  const [first, last] = [timeAt('min'), timeAt('max')];
  const revision = getMeta(db, 'evidence_revision') ?? '0';
  return {
    title: getMeta(db, 'title') ?? '',
    revision: getRevision(db),
    // `rules` ends with the revision of the evidence that the detectors last saw.
    analyzed:
      (getMeta(db, 'rules')?.endsWith(` ${revision}`) ?? false) &&
      rulesInForce(db) === getInputs(db, 'endpoints') &&
      identitiesInForce(db) === getInputs(db, 'principals') &&
      baselineInputs(db) === getInputs(db, 'baseline') &&
      ruleInputs(db) === getInputs(db, 'detectors') &&
      sessionKeysInForce(db) === getInputs(db, 'chains'),
    calls,
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
  readonly withPrincipal: number;
  readonly withBodies: number;
  readonly withTraceId: number;
  readonly authenticated: number;
}

/** Endpoints whose calls change something, which the method alone does not say. Cost: one walk over the endpoints. */
const changingEndpoints = (db: SqlDriver): readonly number[] =>
  db
    .prepare('SELECT id, key FROM endpoint')
    .all<{ id: number; key: string }>()
    .filter(({ key }) => changesThings(key))
    .map(({ id }) => id);

/** How many calls have a body in another sighting alone; asked apart, for a question a call was a third of the walk. */
const BODIES_ELSEWHERE = `SELECT count(DISTINCT own.id) FROM call_fact seen JOIN call other ON other.id = seen.call_id
  JOIN call own ON own.id = seen.same_as JOIN call_fact standing ON standing.call_id = own.id
  WHERE seen.same_as IS NOT NULL AND standing.same_as IS NULL AND other.flags & 3 <> 0 AND own.flags & 3 = 0`;

/** Counts what reports and screens state about all calls. Cost: one walk over the calls. */
export function callTotals(db: SqlDriver): CallTotals {
  const row = db
    .prepare(
      `SELECT count(*) AS calls, count(DISTINCT c.host_id) AS hosts, coalesce(sum(c.res_bytes), 0) AS bytesOut,
         count(CASE WHEN f.endpoint_id IN (SELECT value FROM json_each(?)) THEN 1 END) AS writeCalls,
         coalesce(sum(${FAILED_SQL}), 0) AS failedCalls, count(f.principal_id) AS withPrincipal,
         count(CASE WHEN c.flags & 3 <> 0 THEN 1 END) + (${BODIES_ELSEWHERE}) AS withBodies, count(c.trace_id) AS withTraceId, count(CASE WHEN c.flags & 4 <> 0 THEN 1 END) AS authenticated
       ${CALLS_FROM} WHERE ${everyCall.where}`,
    )
    .get<CallTotals>(JSON.stringify(changingEndpoints(db)));
  return (
    row ?? {
      calls: 0,
      hosts: 0,
      bytesOut: 0,
      writeCalls: 0,
      failedCalls: 0,
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

/** Chains, and those that something besides time and order holds together. */
function countChains(db: SqlDriver): Pick<Overview, 'chains' | 'provenChains' | 'linkedCalls'> {
  const row = db
    .prepare(
      `SELECT count(*) AS chains, coalesce(sum(proven), 0) AS provenChains, coalesce(sum(CASE WHEN proven THEN calls END), 0) AS linkedCalls
       FROM (SELECT calls, EXISTS (SELECT 1 FROM json_each(edge_counts) WHERE key NOT IN ('nesting', 'adjacent')) AS proven FROM chain)`,
    )
    .get<Pick<Overview, 'chains' | 'provenChains' | 'linkedCalls'>>();
  return row ?? { chains: 0, provenChains: 0, linkedCalls: 0 };
}

function ledger(db: SqlDriver): Overview['records'] {
  const row = db
    .prepare(
      `SELECT coalesce(sum(records), 0) AS total, coalesce(sum(accepted), 0) AS accepted, coalesce(sum(rejected), 0) AS rejected, coalesce(sum(skipped), 0) AS skipped FROM source s WHERE ${NOT_WITHDRAWN}`,
    )
    .get<Overview['records']>();
  return row ?? { total: 0, accepted: 0, rejected: 0, skipped: 0 };
}

type ShownTotals = Pick<CallTotals, 'hosts' | 'bytesOut' | 'writeCalls' | 'failedCalls'>;

/** The columns that `foundTotals` reads. */
export const TOTALLED = ['c.host_id', 'c.res_bytes', 'f.endpoint_id', FAILED_SQL] as const;

/** What the first screen shows of them, from columns in memory. Cost: a walk over the calls in slices, where they are not there yet. */
export async function foundTotals(db: SqlDriver, { columns, mask }: Found): Promise<ShownTotals> {
  await columns.need(TOTALLED);
  const [bytes, failed] = [await columns.numbersOf('c.res_bytes'), await columns.numbersOf(FAILED_SQL)];
  let bytesOut = 0;
  let failedCalls = 0;
  for (let ordinal = 0; ordinal < mask.length; ordinal += 1) {
    if (mask[ordinal] !== 1) continue;
    const sent = bytes[ordinal] ?? NaN;
    if (!Number.isNaN(sent)) bytesOut += sent;
    failedCalls += failed[ordinal] ?? 0;
  }
  const endpoints = await countIds(columns, 'f.endpoint_id', mask);
  return {
    hosts: (await countIds(columns, 'c.host_id', mask)).byKey.size,
    bytesOut,
    writeCalls: changingEndpoints(db).reduce((sum, id) => sum + (endpoints.byKey.get(id) ?? 0), 0),
    failedCalls,
  };
}

/** The numbers of the first screen and of the report's first page; `totals` of all calls. */
export function getOverview(db: SqlDriver, totals: ShownTotals = callTotals(db)): Overview {
  const principals = listPrincipals(db);
  const findings = listFindings(db);
  const severities: Record<Severity, number> = { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
  for (const finding of findings) if (finding.status !== 'dismissed') severities[finding.severity] += 1;
  return {
    info: caseInfo(db),
    hosts: countOf(db, "(SELECT DISTINCT host FROM endpoint WHERE calls > 0 AND host <> '')") || totals.hosts,
    endpoints: countOf(db, 'endpoint WHERE calls > 0'),
    shadowEndpoints: countOf(db, "endpoint WHERE calls > 0 AND spec = 'shadow'"),
    describedEndpoints: countOf(db, "endpoint WHERE calls > 0 AND spec IN ('documented', 'zombie')"),
    specs: countOf(db, 'specification'),
    principalsByKind: byKind(principals, () => 1),
    callsByKind: byKind(principals, (principal) => principal.calls),
    visitors: byKind(principals, ({ weak }) => (weak ? 1 : 0)).human,
    agents: countAgentPrograms(db),
    agentHops: byKind(principals, (principal) => principal.hops ?? 0).agent,
    credentials: countOf(db, 'credential_use'),
    ...countChains(db),
    edgesByKind: edgesByKind(db),
    bytesOut: totals.bytesOut,
    writeCalls: totals.writeCalls,
    failedCalls: totals.failedCalls,
    records: ledger(db),
    unreadSources: countOf(db, UNREAD),
    findingsBySeverity: severities,
    topFindings: findings.filter(({ status }) => status !== 'dismissed').slice(0, TOP_FINDINGS),
    topPrincipals: [...principals].sort((a, b) => b.calls - a.calls || (a.id < b.id ? -1 : 1)).slice(0, TOP_PRINCIPALS),
    notEvaluable: listNotEvaluable(db),
    partlyEvaluable: listPartlyEvaluable(db),
    story: findingStory(db),
  };
}
