import type { Suppression, SuppressionPreview, SuppressionRow, SuppressionScope } from '../../../../contract/hunting.ts';
import type { FindingJson } from '../../../../contract/report-json.ts';
import { parseQuery } from '../../../../query/parse.ts';
import type { SqlDriver } from '../../driver.ts';
import { compileQuery } from '../../query-sql.ts';
import { listSuppressions } from './kept-rules.ts';

/** A finding as a suppression looks at it. `row`: of the table. */
export type Judged = Pick<FindingJson, 'id' | 'detector' | 'principals' | 'endpoints' | 'window' | 'status'> & { readonly row: number };

const isAll = (items: readonly string[], wanted: string): boolean => items.length > 0 && items.every((item) => item === wanted);

/** Makes the test that every call of a finding's evidence fits a query; a query that cannot be read fits nothing. */
function queryTest(db: SqlDriver, query: string): (row: number) => boolean {
  const parsed = parseQuery(query);
  if (!parsed.ok) return () => false;
  const { where, params } = compileQuery(parsed.ast);
  const other = db.prepare(
    `SELECT 1 FROM finding_call fc JOIN call c ON c.id = fc.call_id LEFT JOIN call_fact f ON f.call_id = c.id
     WHERE fc.finding_id = ? AND ((${where}) IS NOT TRUE) LIMIT 1`,
  );
  return (row) => other.get(row, ...params) === undefined;
}

/** Makes the test of what a suppression is about. */
function scopeTest(db: SqlDriver, { detector, principal, endpoint, query }: SuppressionScope): (finding: Judged) => boolean {
  const fits = query === undefined ? undefined : queryTest(db, query);
  return (finding) =>
    (detector === undefined || finding.detector === detector) &&
    (principal === undefined || isAll(finding.principals, principal)) &&
    (endpoint === undefined || isAll(finding.endpoints, endpoint)) &&
    (fits === undefined || fits(finding.row));
}

/**
 * True when the evidence goes on after the last day of a suppression; that day is still part of it. The clock is the evidence's: a report must be the same whenever
 * it is made. What has no time cannot be judged, so it is not hidden.
 */
const isPast = (until: string | undefined, { window }: Judged): boolean =>
  until !== undefined && (window === undefined || window[1].slice(0, 10) > until);

/** Makes the test that says which suppression sets a finding aside, the oldest of those that do; none does what the analyst accepted. */
export function suppressor(db: SqlDriver): (finding: Judged) => (Suppression & { readonly id: string }) | undefined {
  const rules = listSuppressions(db).map((rule) => ({ rule, fits: scopeTest(db, rule.scope) }));
  return (finding) =>
    finding.status === 'accepted' ? undefined : rules.find(({ rule, fits }) => fits(finding) && !isPast(rule.until, finding))?.rule;
}

/** A finding as it is told when a suppression sets it aside. */
export const asSuppressed = (finding: FindingJson, rule: Suppression & { readonly id: string }): FindingJson => ({
  ...finding,
  status: 'dismissed',
  reason: `${rule.reason} (${rule.id}${rule.until === undefined ? '' : `, until ${rule.until}`})`,
  suppressedBy: rule.id,
});

const judgedFindings = (db: SqlDriver): readonly Judged[] =>
  db
    .prepare('SELECT id, data FROM finding ORDER BY rank')
    .all<{ id: number; data: string }>()
    .map(({ id, data }) => ({ ...(JSON.parse(data) as Omit<Judged, 'row'>), row: id })); // our own, from `detectors/run.ts`

/** Row ids of the findings that a suppression sets aside. */
export function suppressedRows(db: SqlDriver): readonly number[] {
  if (listSuppressions(db).length === 0) return [];
  const suppressedBy = suppressor(db);
  return judgedFindings(db).flatMap((finding) => (suppressedBy(finding) === undefined ? [] : [finding.row]));
}

/** What a suppression hides, or would, and what it would but for its date. */
export function previewSuppression(db: SqlDriver, { scope, until }: Pick<Suppression, 'scope' | 'until'>): SuppressionPreview {
  const fits = scopeTest(db, scope);
  const fitting = judgedFindings(db).filter((finding) => finding.status !== 'accepted' && fits(finding));
  const past = (finding: Judged): boolean => isPast(until, finding);
  return {
    hides: fitting.filter((finding) => !past(finding)).map(({ id }) => id),
    expired: fitting.filter(past).map(({ id }) => id),
  };
}

/** The suppressions that stand, each with what it hides now. */
export const listSuppressionRows = (db: SqlDriver): readonly SuppressionRow[] =>
  listSuppressions(db).map((rule) => ({ ...rule, ...previewSuppression(db, rule) }));
