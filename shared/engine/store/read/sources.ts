import type { SourceJson } from '../../../contract/report-json.ts';
import type { IssueRow, Page, SourceRow } from '../../../contract/rows.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver, SqlValue } from '../driver.ts';

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
  readonly duplicate_of: string | null;
  readonly notes: string;
  readonly container_name: string | null;
  readonly container_sha256: string | null;
}

/** All sources, sorted by name, with their ledgers. */
export function listSources(db: SqlDriver): readonly SourceRow[] {
  const rejected = new Map<number, Record<string, number>>();
  const counted = db.prepare(
    "SELECT source_id, code, count(*) AS n FROM issue WHERE severity = 'reject' GROUP BY source_id, code ORDER BY source_id, code",
  );
  for (const row of counted.iterate<{ source_id: number; code: string; n: number }>()) {
    const codes = rejected.get(row.source_id) ?? {};
    codes[row.code] = row.n;
    rejected.set(row.source_id, codes);
  }
  return db
    .prepare(
      `SELECT s.*, k.name AS container_name, k.sha256 AS container_sha256 FROM source s LEFT JOIN container k ON k.id = s.container_id ORDER BY s.name, s.id`,
    )
    .all<SourceSql>()
    .map((row) => ({
      id: row.id,
      name: row.name,
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
      ...(row.duplicate_of === null ? {} : { duplicateOf: row.duplicate_of }),
      notes: JSON.parse(row.notes) as readonly string[],
    }));
}

/** A source as exports print it: without row id and byte ledger. */
export function toSourceJson(row: SourceRow): SourceJson {
  const { id: _id, bytesAccounted: _accounted, ...json } = row;
  return json;
}

export interface IssueFilter {
  readonly source?: string | undefined;
  readonly severity?: IssueRow['severity'] | undefined;
}

/** Rejected, skipped and doubtful records, in order of the evidence. */
export function pageIssues(db: SqlDriver, filter: IssueFilter, from: number, count: number): Page<IssueRow> {
  const where: string[] = ['1'];
  const params: SqlValue[] = [];
  if (filter.source !== undefined) {
    where.push('s.name = ?');
    params.push(filter.source);
  }
  if (filter.severity !== undefined) {
    where.push('i.severity = ?');
    params.push(filter.severity);
  }
  const tail = `FROM issue i JOIN source s ON s.id = i.source_id WHERE ${where.join(' AND ')}`;
  const total = db.prepare(`SELECT count(*) AS n ${tail}`).get<{ n: number }>(...params)?.n ?? 0;
  const rows = db
    .prepare(
      `SELECT s.name AS source, i.record, i.byte_start, i.byte_length, i.severity, i.code, i.message, i.excerpt ${tail}
       ORDER BY CASE i.severity WHEN 'reject' THEN 0 WHEN 'skip' THEN 1 ELSE 2 END, s.name, i.byte_start, i.id LIMIT ? OFFSET ?`,
    )
    .all<{
      source: string;
      record: number | null;
      byte_start: number;
      byte_length: number;
      severity: IssueRow['severity'];
      code: string;
      message: string;
      excerpt: string;
    }>(...params, count, from)
    .map((row) => ({
      source: row.source,
      ...(row.record === null ? {} : { record: row.record }),
      byteStart: row.byte_start,
      byteLength: row.byte_length,
      severity: row.severity,
      code: row.code,
      message: row.message,
      excerpt: row.excerpt,
    }));
  return { rows, from, total };
}
