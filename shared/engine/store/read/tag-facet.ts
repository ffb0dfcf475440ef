import type { Facet, FacetValue } from '../../../contract/rows.ts';
import type { CallQuery, CallSearch } from '../columns/call-search.ts';
import { foldCase } from '../columns/fold-case.ts';
import { LABELLED_FROM } from '../query-review.ts';
import { countCalls, everyCall } from './calls.ts';
import type { FacetRequest } from './facets.ts';
import { tagValues } from './review.ts';

const byText = (left: FacetValue, right: FacetValue): number => (left.value < right.value ? -1 : left.value > right.value ? 1 : 0);

/**
 * Counts tags as `countFacets` counts the fields of evidence. Apart from those, since a call has any number of tags and they change
 * with no revision.
 * Cost: a look a tagged call, and the total of the query.
 */
export async function countTags(
  search: CallSearch,
  query: CallQuery,
  { top, within }: Pick<FacetRequest, 'top' | 'within'>,
  breathe: () => Promise<void>,
): Promise<Facet> {
  const { db } = search;
  const { where, params } = query.filter;
  const fit = new Map(tagValues(db, query.filter, '', -1).map(({ value, calls }) => [value, calls]));
  const tagged = db
    .prepare(
      `SELECT count(DISTINCT c.id) AS n
       ${LABELLED_FROM} CROSS JOIN call c ON c.id = coalesce(rf.same_as, rc.id) LEFT JOIN call_fact f ON f.call_id = c.id
       WHERE l.kind = 'tag' AND (${where})`,
    )
    .get<{ n: number }>(...params);
  const total = (await search.find(query, breathe))?.total ?? countCalls(db, query.filter);
  const part = within?.field === 'tag' ? foldCase(within.contains) : '';
  const values = tagValues(db, everyCall, '', -1)
    .filter(({ value }) => foldCase(value).includes(part))
    .map(({ value, calls }): FacetValue => ({ value, calls: fit.get(value) ?? 0, all: calls }));
  const topOfAll = [...values].sort((left, right) => right.all - left.all || byText(left, right)).slice(0, top);
  const topOfFit = values.filter(({ calls }) => calls > 0).sort((left, right) => right.calls - left.calls || byText(left, right));
  const kept = [...new Set([...topOfAll, ...topOfFit.slice(0, top)])];
  kept.sort((left, right) => right.calls - left.calls || right.all - left.all || byText(left, right));
  return { field: 'tag', distinct: fit.size, without: total - (tagged?.n ?? 0), values: kept };
}
