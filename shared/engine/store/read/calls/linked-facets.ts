import type { Facet, FacetValue, FieldValue } from '../../../../contract/rows.ts';
import type { CallQuery, CallSearch } from '../../columns/call-search.ts';
import { foldCase } from '../../columns/fold-case.ts';
import type { SqlDriver } from '../../driver.ts';
import { LABELLED_FROM } from '../../query-review.ts';
import { countCalls, everyCall, type CallFilter } from './calls.ts';
import type { FacetRequest } from './facets.ts';

/** Rows that name a call (`c`) and hold a value of it. */
interface LinkedField {
  readonly from: string;
  readonly value: string;
  readonly only: string;
}

const FINDINGS = 'FROM finding fi CROSS JOIN finding_call fc ON fc.finding_id = fi.id CROSS JOIN call c ON c.id = fc.call_id';

/**
 * Fields of which a call may have several values, or which change with no revision, by the names of the query language. A finding is
 * counted by its detector: several of one detector are one value, and the query takes either.
 */
const linkedFields: Readonly<Record<string, LinkedField>> = {
  tag: {
    from: `${LABELLED_FROM} CROSS JOIN call c ON c.id = coalesce(rf.same_as, rc.id)`,
    value: 'l.name',
    only: "l.kind = 'tag'",
  },
  finding: { from: FINDINGS, value: 'fi.detector', only: '1' },
  severity: { from: FINDINGS, value: 'fi.severity', only: '1' },
};

/** True for a field whose values are counted here, not among the columns of calls. */
export const isLinkedField = (field: string): boolean => Object.hasOwn(linkedFields, field);

function getField(name: string): LinkedField {
  const field = linkedFields[name];
  if (field === undefined) throw new Error(`bug: ${name} is no linked field`);
  return field;
}

const conditionOf = ({ only }: LinkedField, filter: CallFilter): string => `${only} AND (${filter.where})`;
const callsFrom = ({ from }: LinkedField): string => `${from} LEFT JOIN call_fact f ON f.call_id = c.id`;

/** The values of a field on the calls that a filter matches and that begin with a text, most frequent first, then by name; -1: all. */
export function linkedValues(db: SqlDriver, name: string, filter: CallFilter, startsWith: string, count: number): readonly FieldValue[] {
  const field = getField(name);
  return db
    .prepare(
      `SELECT ${field.value} AS value, count(DISTINCT c.id) AS calls ${callsFrom(field)}
       WHERE substr(lower(${field.value}), 1, length(?)) = lower(?) AND ${conditionOf(field, filter)}
       GROUP BY 1 ORDER BY calls DESC, value LIMIT ?`,
    )
    .all<FieldValue>(startsWith, startsWith, ...filter.params, count);
}

const byText = (left: FacetValue, right: FacetValue): number => (left.value < right.value ? -1 : left.value > right.value ? 1 : 0);

/**
 * Counts the values of such a field as `countFacets` counts the fields of evidence.
 * Cost: a look a row, and the total of the query.
 */
export async function countLinked(
  search: CallSearch,
  query: CallQuery,
  name: string,
  { top, within }: Pick<FacetRequest, 'top' | 'within'>,
  breathe: () => Promise<void>,
): Promise<Facet> {
  const { db } = search;
  const field = getField(name);
  const fit = new Map(linkedValues(db, name, query.filter, '', -1).map(({ value, calls }) => [value, calls]));
  await breathe();
  const having = db
    .prepare(`SELECT count(DISTINCT c.id) AS n ${callsFrom(field)} WHERE ${conditionOf(field, query.filter)}`)
    .get<{ n: number }>(...query.filter.params);
  const total = (await search.find(query, breathe))?.total ?? countCalls(db, query.filter);
  const part = within?.field === name ? foldCase(within.contains) : '';
  const values = linkedValues(db, name, everyCall, '', -1)
    .filter(({ value }) => foldCase(value).includes(part))
    .map(({ value, calls }): FacetValue => ({ value, calls: fit.get(value) ?? 0, all: calls }));
  const topOfAll = [...values].sort((left, right) => right.all - left.all || byText(left, right)).slice(0, top);
  const topOfFit = values.filter(({ calls }) => calls > 0).sort((left, right) => right.calls - left.calls || byText(left, right));
  const kept = [...new Set([...topOfAll, ...topOfFit.slice(0, top)])];
  kept.sort((left, right) => right.calls - left.calls || right.all - left.all || byText(left, right));
  return { field: name, distinct: fit.size, without: total - (having?.n ?? 0), values: kept };
}
