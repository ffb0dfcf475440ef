import type { KnownAs } from '../../../../contract/revocation-json.ts';
import type { FindingJson, LeastPrivilegeJson, NotEvaluable, PartlyEvaluable, ReportJson, Span } from '../../../../contract/report-json.ts';
import { MAX_MARKED } from '../../../../contract/review.ts';
import type { Detector } from '../../../detectors/detector.ts';
import type { ReportView } from '../../../report/section.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import { readCallClocks } from '../chains/common-order.ts';
import { once } from '../../../../lib/once.ts';
import { loadAtOnce } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';
import { getMeta } from '../../meta.ts';
import { toExportedCall } from '../calls/exported-call.ts';
import { provenanceOf } from '../calls/provenance.ts';
import { readClockOffsets } from '../clock-offsets.ts';
import { callReader } from '../calls/calls.ts';
import { CHAIN_COLUMNS } from '../chains/calls-by-chain.ts';
import { getChainJson, iterateChains } from '../chains/chain-json.ts';
import { listCredentials } from '../credentials.ts';
import { listEndpoints } from '../endpoints.ts';
import { listLevelOverrides } from '../inventory/level-overrides.ts';
import { listFindings, listNotEvaluable, listPartlyEvaluable } from '../findings/findings.ts';
import { ACTIVITY_COLUMNS, caseActivity } from '../calls/activity.ts';
import { callTotals, getOverview, type CallTotals } from './overview.ts';
import { listSuppressionRows } from '../findings/suppressed.ts';
import { listKnowledgeJson } from '../knowledge.ts';
import { readKpis } from './kpis.ts';
import { listMachineLinks } from '../principals/machine-links.ts';
import { listMarkedRows } from '../calls/marked-calls.ts';
import { listNotes } from '../review/review.ts';
import { listPrincipals } from '../principals/principals.ts';
import { pivotOf } from '../revocation/pivot.ts';
import { makePlan } from '../revocation/plan.ts';
import type { CredentialRecord } from '../revocation/planned-credential.ts';
import { toReportEntry } from '../revocation/report-entry.ts';
import { listSources, NOT_WITHDRAWN, toSourceJson } from '../sources.ts';

/** What the report states about the program that made it. */
export interface ReportSetup {
  readonly version: string;
  /** Stands for the rules and their versions; changes when any of them does. */
  readonly rules: string;
  readonly detectors: readonly Pick<Detector, 'id' | 'title' | 'version' | 'question' | 'settings'>[];
  /** Groups findings into incidents: a judgement of the analysis, which the store does not know. */
  readonly incidents: (db: SqlDriver, findings: readonly FindingJson[]) => ReportJson['incidents'];
  /** Policies that were concluded from the findings. */
  readonly leastPrivilege?: readonly LeastPrivilegeJson[];
  /** By which ids gateways and clouds know a credential: that stands in the details of calls. */
  readonly knownAs?: (record: CredentialRecord) => readonly KnownAs[];
  /** Steps of the analysis in the order they run, for their titles. */
  readonly passes?: readonly { readonly id: string; readonly title: string }[];
}

/** As many bars as an A4 page shows apart. */
const ACTIVITY_SLICES = 120;

/** The period that the baseline pass took as usual; undefined when there was none. */
function baselineSpan(db: SqlDriver): Span | undefined {
  const [from, to] = [getMeta(db, 'baseline_from'), getMeta(db, 'baseline_to')];
  return from === undefined || to === undefined ? undefined : [printTime(epochMicros(Number(from))), printTime(epochMicros(Number(to)))];
}

/** From the first to the last call of what incident findings tell; undefined when there are none. */
function incidentSpan(findings: readonly FindingJson[]): Span | undefined {
  const times = findings
    .flatMap((finding) => (finding.family === 'incident' && finding.status !== 'dismissed' ? (finding.window ?? []) : []))
    .sort();
  const [first, last] = [times[0], times[times.length - 1]];
  return first === undefined || last === undefined ? undefined : [first, last];
}

interface Parts {
  readonly totals: CallTotals;
  readonly findings: readonly FindingJson[];
  readonly notEvaluable: readonly NotEvaluable[];
  readonly partlyEvaluable: readonly PartlyEvaluable[];
}

function reportJson(
  db: SqlDriver,
  setup: ReportSetup,
  window: Span | undefined,
  { totals, findings, notEvaluable, partlyEvaluable }: Parts,
): ReportView['json'] {
  const principals = listPrincipals(db);
  const [baseline, incident] = [baselineSpan(db), incidentSpan(findings)];
  const plan = makePlan(db);
  return {
    schema: 'spoor-report/1',
    case: {
      title: getMeta(db, 'title') ?? '',
      spoorVersion: setup.version,
      rulesVersion: setup.rules,
      ...(window === undefined ? {} : { window }),
      ...(baseline === undefined ? {} : { baseline }),
      ...(incident === undefined ? {} : { incident }),
    },
    sources: listSources(db)
      .filter(({ state }) => state !== 'withdrawn')
      .map(toSourceJson),
    knowledge: listKnowledgeJson(db),
    suppressions: listSuppressionRows(db).map((row) => ({ ...row, hides: row.hides.length, expired: row.expired.length })),
    coverage: {
      calls: totals.calls,
      withPrincipal: totals.withPrincipal,
      withBodies: totals.withBodies,
      withTraceId: totals.withTraceId,
      notEvaluable,
      partlyEvaluable,
    },
    endpoints: endpointsWithLevels(db),
    principals,
    credentials: listCredentials(db),
    findings,
    incidents: setup.incidents(db, findings),
    leastPrivilege: setup.leastPrivilege ?? [],
    revocation: plan.entries.map(({ row, record }) => toReportEntry(row, setup.knownAs?.(record) ?? [])),
    revocationCallers: plan.callers.map(({ principal, calls, findings: about, credentials }) => ({
      principal,
      calls,
      findings: about.map(({ id }) => id),
      credentials,
    })),
    machineLinks: listMachineLinks(db),
    kpis: readKpis(db, totals, principals, pivotOf(plan)),
  };
}

/** The endpoints, each with the analyst's level where there is one. */
function endpointsWithLevels(db: SqlDriver): ReportJson['endpoints'] {
  const levels = listLevelOverrides(db);
  return listEndpoints(db).map((endpoint) => {
    const given = levels.get(endpoint.id);
    const { sensitivity: workedOut } = endpoint;
    return given === undefined ? endpoint : { ...endpoint, sensitivity: given.level, override: { workedOut, reason: given.reason } };
  });
}

/** The steps of the analysis with the sentence that each left; in the order they run, those of no known name last. */
function methodOf(db: SqlDriver, passes: NonNullable<ReportSetup['passes']>): ReportView['method'] {
  const rows = db.prepare('SELECT id, detail FROM pass_state ORDER BY id').all<{ id: string; detail: string }>();
  const known = passes.flatMap((pass) =>
    rows.filter((row) => row.id === pass.id).map((row) => ({ title: pass.title, detail: row.detail })),
  );
  const others = rows.filter((row) => !passes.some((pass) => pass.id === row.id)).map((row) => ({ title: row.id, detail: row.detail }));
  return [...known, ...others];
}

const issuesByCode = (db: SqlDriver): ReportView['issuesByCode'] =>
  db
    .prepare(
      `SELECT s.name AS source, i.code, i.severity, count(*) AS count FROM issue i JOIN source s ON s.id = i.source_id WHERE ${NOT_WITHDRAWN} GROUP BY s.name, i.severity, i.code ORDER BY s.name, i.severity, i.code`,
    )
    .all<ReportView['issuesByCode'][number]>();

/** What the analyst put on calls, notes in full. */
const remarksOf = (db: SqlDriver): ReportView['remarks'] =>
  listMarkedRows(db, MAX_MARKED).map((row) => ({
    call: toExportedCall(row),
    marked: row.marked === true,
    starred: row.starred === true,
    tags: row.tags ?? [],
    notes: row.notes === undefined ? [] : listNotes(db, row.ref).map(({ text }) => text),
  }));

/** The case as the report sees it. Cost: a few walks over the calls now; chains and single calls only when asked for. */
export function createReportView(db: SqlDriver, setup: ReportSetup): ReportView {
  const totals = callTotals(db);
  const overview = getOverview(db, totals);
  const calls = callReader(db);
  const clocks = readClockOffsets(db);
  const columns = once(() => loadAtOnce(db, [...new Set([...ACTIVITY_COLUMNS, ...CHAIN_COLUMNS])]));
  const parts: Parts = {
    totals,
    findings: listFindings(db),
    notEvaluable: listNotEvaluable(db),
    partlyEvaluable: listPartlyEvaluable(db),
  };
  return {
    json: reportJson(db, setup, overview.info.window, parts),
    overview,
    activity: caseActivity(db, columns(), ACTIVITY_SLICES),
    chains: () => iterateChains(db, { adjacent: false }, columns),
    chain: (id) => getChainJson(db, id),
    call: (ref) => {
      const row = calls.byRef(ref);
      return row === undefined ? undefined : toExportedCall(row);
    },
    aheadOf: (ref) => {
      const id = calls.idOf(ref);
      return id === undefined ? 0 : (readCallClocks(db, [id]).get(id) ?? 0) / 1000;
    },
    place: (ref) => {
      const id = calls.idOf(ref);
      return id === undefined ? undefined : provenanceOf(db, id)[0];
    },
    remarks: remarksOf(db),
    ...(clocks === undefined ? {} : { clocks }),
    method: methodOf(db, setup.passes ?? []),
    issuesByCode: issuesByCode(db),
    detectorSettings: setup.detectors.map(({ id, title, version, question, settings }) => ({
      detector: id,
      title,
      version,
      question,
      settings,
    })),
  };
}
