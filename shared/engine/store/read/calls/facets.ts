import type { Facet, FacetValue, FieldValue } from '../../../../contract/rows.ts';
import { EVERY_CALL, type CallQuery, type CallSearch } from '../../columns/call-search.ts';
import { foldCase } from '../../columns/fold-case.ts';
import { countField, needFields, textReader } from './count-field.ts';

type Key = number | string;
type ByKey = ReadonlyMap<Key, number>;

const byText = (left: { readonly value: string }, right: { readonly value: string }): number => compareKeys(left.value, right.value);
const compareKeys = (left: Key, right: Key): number => (left < right ? -1 : left > right ? 1 : 0);

type Counted = readonly [key: Key, calls: number];
const byCalls = (left: Counted, right: Counted): number => right[1] - left[1] || compareKeys(left[0], right[0]);

/** The keys with the most calls; of equal ones the lowest. Cost: one pass, without sorting all. */
function topKeys(counts: ByKey, top: number, isWanted: (key: Key) => boolean): readonly Key[] {
  let best: Counted[] = [];
  let worst: Counted | undefined;
  const cut = (): void => {
    best = best.sort(byCalls).slice(0, top);
    worst = best.length < top ? undefined : best.at(-1);
  };
  for (const entry of counts) {
    if ((worst !== undefined && byCalls(entry, worst) > 0) || !isWanted(entry[0])) continue;
    best.push(entry);
    if (best.length >= top * 4) cut();
  }
  cut();
  return best.map(([key]) => key);
}

/** What is asked about the fields of the calls that fit a query. */
export interface FacetRequest {
  readonly fields: readonly string[];
  readonly top: number;
  readonly within?: { readonly field: string; readonly contains: string } | undefined;
}

/**
 * Counts the values of fields among the calls that fit a query, beside their counts in the whole case.
 * Errors: AppError `bad-params` for a field that cannot be counted.
 * Cost:   some ms a field and million calls, and once a walk over the calls to read the fields' columns; by SQL beyond memory.
 */
export async function countFacets(
  search: CallSearch,
  query: CallQuery,
  { fields, top, within }: FacetRequest,
  breathe: () => Promise<void>,
): Promise<readonly Facet[]> {
  await needFields(search, fields, query, breathe);
  const facets: Facet[] = [];
  for (const field of fields) {
    await breathe();
    const all = await countField(search, field, EVERY_CALL, breathe);
    const fit = query.ast.kind === 'all' ? all : await countField(search, field, query, breathe);
    const textOf = textReader(search.db, field);
    const wanted = within?.field === field ? foldCase(within.contains) : '';
    const isWanted = (key: Key): boolean => wanted === '' || foldCase(textOf(key) ?? '').includes(wanted);
    const keys = new Set([...topKeys(all.byKey, top, isWanted), ...topKeys(fit.byKey, top, isWanted)]);
    const values = [...keys].flatMap((key): FacetValue[] => {
      const value = textOf(key);
      return value === undefined ? [] : [{ value, calls: fit.byKey.get(key) ?? 0, all: all.byKey.get(key) ?? 0 }];
    });
    values.sort((left, right) => right.calls - left.calls || right.all - left.all || byText(left, right));
    facets.push({ field, distinct: fit.byKey.size, without: fit.without, values });
  }
  return facets;
}

/** The most frequent values of a field among the calls that fit a query and that begin with a text, by count, then by text. */
export async function fieldValues(
  search: CallSearch,
  query: CallQuery,
  { field, startsWith, count }: { readonly field: string; readonly startsWith: string; readonly count: number },
  breathe: () => Promise<void>,
): Promise<readonly FieldValue[]> {
  const { byKey } = await countField(search, field, query, breathe);
  const textOf = textReader(search.db, field);
  const start = foldCase(startsWith);
  const keys = topKeys(byKey, count, (key) => start === '' || foldCase(textOf(key) ?? '').startsWith(start));
  return keys
    .flatMap((key): FieldValue[] => {
      const value = textOf(key);
      return value === undefined ? [] : [{ value, calls: byKey.get(key) ?? 0 }];
    })
    .sort((left, right) => right.calls - left.calls || byText(left, right));
}
