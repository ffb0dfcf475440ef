import type { GivenSettings } from '../../../contract/read-choice.ts';
import type { SourceJson } from '../../../contract/report-json.ts';
import type { IssueCount, IssueRow, Page, SourceRow, SourceState } from '../../../contract/rows.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import { meaningOf } from '../../importers/issue-codes.ts';
import type { SqlDriver, SqlValue } from '../driver.ts';
import { readSourceClocks } from './clock-offsets.ts';

interface SourceSql {
  readonly id: number;
  readonly name: string;
  readonly format: string | null;
  readonly recognized_by: 'content' | 'name' | 'override' | 'none';
  readonly evidence: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly bytes_accounted: number;
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly time_min: number | null;
  readonly time_max: number | null;
  readonly timezone: SourceJson['timezone'];
  readonly state: SourceState | 'withdrawing' | 'refusing';
  readonly duplicate_of: string | null;
  readonly notes: string;
  readonly settings: string;
  readonly zone: string | null;
  readonly container_name: string | null;
  readonly container_sha256: string | null;
}

/** What is on its way out of the case is shown as gone. */
function toState(state: SourceSql['state']): SourceState {
  if (state === 'withdrawing') return 'withdrawn';
  return state === 'refusing' ? 'failed' : state;
}

/** Condition on `s`: a source that counts. */
export const NOT_WITHDRAWN = "s.state NOT IN ('withdrawing', 'withdrawn')";

/** How often each reason stands, by source. */
function countCodes(db: SqlDriver, severity: IssueRow['severity']): ReadonlyMap<number, Readonly<Record<string, number>>> {
  const counts = new Map<number, Record<string, number>>();
  const counted = db.prepare(
    'SELECT source_id, code, count(*) AS n FROM issue WHERE severity = ? GROUP BY source_id, code ORDER BY source_id, code',
  );
  for (const row of counted.iterate<{ source_id: number; code: string; n: number }>(severity)) {
    const codes = counts.get(row.source_id) ?? {};
    codes[row.code] = row.n;
    counts.set(row.source_id, codes);
  }
  return counts;
}

/** All sources, sorted by name, with their ledgers; withdrawn ones, too. */
export function listSources(db: SqlDriver): readonly SourceRow[] {
  const rejected = countCodes(db, 'reject');
  const warned = countCodes(db, 'warning');
  const clocks = readSourceClocks(db);
  return db
    .prepare(
      `SELECT s.*, k.name AS container_name, k.sha256 AS container_sha256 FROM source s LEFT JOIN container k ON k.id = s.container_id ORDER BY s.name, s.id`,
    )
    .all<SourceSql>()
    .map((row) => ({
      id: row.id,
      name: row.name,
      state: toState(row.state),
      ...(row.format === null ? {} : { format: row.format }),
      ...(row.recognized_by === 'none' ? {} : { recognizedBy: row.recognized_by }),
      evidence: row.evidence,
      sha256: row.sha256,
      bytes: row.bytes,
      bytesAccounted: row.bytes_accounted,
      records: row.records,
      accepted: row.accepted,
      rejected: row.rejected,
      skipped: row.skipped,
      ...(row.time_min === null || row.time_max === null
        ? {}
        : { timeRange: [printTime(epochMicros(row.time_min)), printTime(epochMicros(row.time_max))] as const }),
      timezone: row.timezone,
      ...(row.container_name === null || row.container_sha256 === null
        ? {}
        : { container: { name: row.container_name, sha256: row.container_sha256 } }),
      rejectedBy: rejected.get(row.id) ?? {},
      ...(warned.has(row.id) ? { warnedBy: warned.get(row.id) ?? {} } : {}),
      ...(row.duplicate_of === null ? {} : { duplicateOf: row.duplicate_of }),
      // Written by the import job and by nothing else.
      ...(row.settings === '{}' ? {} : { settings: JSON.parse(row.settings) as GivenSettings }),
      ...(row.zone === null ? {} : { zone: row.zone }),
      ...clockOf(clocks.get(row.id)),
      notes: JSON.parse(row.notes) as readonly string[],
    }));
}

/** Units: `ahead` in µs. Less than half a millisecond is none. */
function clockOf(ahead = 0): Pick<SourceRow, 'clockAheadMs'> {
  const ms = Math.round(ahead / 1000);
  return ms === 0 ? {} : { clockAheadMs: ms };
}

/** A source as exports print it: without row id, byte ledger and state. */
export function toSourceJson(row: SourceRow): SourceJson {
  const { id: _id, bytesAccounted: _accounted, state: _state, settings: _settings, zone: _zone, ...json } = row;
  return json;
}

export interface IssueFilter {
  readonly source?: string | undefined;
  readonly severity?: IssueRow['severity'] | undefined;
  readonly code?: string | undefined;
}

interface IssueSql {
  readonly source: string;
  readonly record: number | null;
  readonly byte_start: number;
  readonly byte_length: number;
  readonly severity: IssueRow['severity'];
  readonly code: string;
  readonly message: string;
  readonly excerpt: string;
}

const ISSUES_FROM = 'FROM issue i JOIN source s ON s.id = i.source_id';

/** Issues of withdrawn sources show only when the source is named. */
function conditionOf(filter: IssueFilter): { readonly where: string; readonly params: readonly SqlValue[] } {
  const parts: [string, SqlValue][] = [];
  if (filter.source !== undefined) parts.push(['s.name = ?', filter.source]);
  if (filter.severity !== undefined) parts.push(['i.severity = ?', filter.severity]);
  if (filter.code !== undefined) parts.push(['i.code = ?', filter.code]);
  const base = filter.source === undefined ? NOT_WITHDRAWN : '1';
  return { where: [base, ...parts.map(([sql]) => sql)].join(' AND '), params: parts.map(([, value]) => value) };
}

const ISSUE_COLUMNS = 's.name AS source, i.record, i.byte_start, i.byte_length, i.severity, i.code, i.message, i.excerpt';

const toIssueRow = (row: IssueSql): IssueRow => ({
  source: row.source,
  ...(row.record === null ? {} : { record: row.record }),
  byteStart: row.byte_start,
  byteLength: row.byte_length,
  severity: row.severity,
  code: row.code,
  message: row.message,
  excerpt: row.excerpt,
});

/** Rejected, skipped and doubtful records: the worst first, each in order of the evidence. */
export function pageIssues(db: SqlDriver, filter: IssueFilter, from: number, count: number): Page<IssueRow> {
  const { where, params } = conditionOf(filter);
  const total = db.prepare(`SELECT count(*) AS n ${ISSUES_FROM} WHERE ${where}`).get<{ n: number }>(...params)?.n ?? 0;
  const rows = db
    .prepare(
      `SELECT ${ISSUE_COLUMNS} ${ISSUES_FROM} WHERE ${where}
       ORDER BY CASE i.severity WHEN 'reject' THEN 0 WHEN 'skip' THEN 1 ELSE 2 END, s.name, i.byte_start, i.id LIMIT ? OFFSET ?`,
    )
    .all<IssueSql>(...params, count, from)
    .map(toIssueRow);
  return { rows, from, total };
}

/** The same without an end, source by source. */
export function* iterateIssues(db: SqlDriver, filter: IssueFilter): Generator<IssueRow> {
  const { where, params } = conditionOf(filter);
  const rows = db.prepare(`SELECT ${ISSUE_COLUMNS} ${ISSUES_FROM} WHERE ${where} ORDER BY s.name, i.byte_start, i.id`);
  for (const row of rows.iterate<IssueSql>(...params)) yield toIssueRow(row);
}

/** How often each reason stands, by source; the most frequent first. */
export function countIssues(db: SqlDriver, source: string | undefined): readonly IssueCount[] {
  const { where, params } = conditionOf({ source });
  return db
    .prepare(
      `SELECT s.name AS source, i.severity, i.code, count(*) AS count ${ISSUES_FROM} WHERE ${where}
       GROUP BY s.id, i.severity, i.code ORDER BY s.name, count DESC, i.severity, i.code`,
    )
    .all<{ source: string; severity: IssueRow['severity']; code: string; count: number }>(...params)
    .map(({ source: name, severity, code, count }) => ({ source: name, severity, code, meaning: meaningOf(code), count }));
}
