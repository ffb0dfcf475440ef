import type { Facet, FacetValue } from '../../../../contract/rows.ts';
import { flags } from '../../../../query/fields.ts';
import type { CallQuery, CallSearch } from '../../columns/call-search.ts';
import { foldCase } from '../../columns/fold-case.ts';
import { countCalls, type CallFilter } from './calls.ts';

/** The flags of the query language counted as if they were the values of a field; a call may have several. */
export const FLAGS_FIELD = 'flag';

/** Those that unpack every call would take minutes beside the others. */
const COUNTED = flags.filter((flag) => !('slow' in flag)).map(({ name }) => name);

const both = (left: CallFilter, right: CallFilter): CallFilter => ({
  where: `(${left.where}) AND (${right.where})`,
  params: [...left.params, ...right.params],
});

/**
 * Counts how many of the calls that fit a query have each flag, beside the count in the whole case; flags that no call of the case has are left out.
 * `toQuery`: what a flag asks for. `contains`: only flags whose name contains it.
 * Cost: a look over the calls for each flag; two walks of SQLite's for each beyond memory.
 */
export async function countFlags(
  search: CallSearch,
  query: CallQuery,
  { toQuery, contains = '' }: { readonly toQuery: (flag: string) => CallQuery; readonly contains?: string },
  breathe: () => Promise<void>,
): Promise<Facet> {
  const values: FacetValue[] = [];
  for (const value of COUNTED.filter((name) => name.includes(foldCase(contains)))) {
    await breathe();
    const counted = await countFlag(search, query, toQuery(value), breathe);
    if (counted.all > 0) values.push({ value, ...counted });
  }
  values.sort((left, right) => right.calls - left.calls || right.all - left.all || (left.value < right.value ? -1 : 1));
  return { field: FLAGS_FIELD, distinct: values.filter(({ calls }) => calls > 0).length, values };
}

async function countFlag(
  search: CallSearch,
  query: CallQuery,
  flag: CallQuery,
  breathe: () => Promise<void>,
): Promise<Pick<FacetValue, 'calls' | 'all'>> {
  // Found anew for each flag: the answer is kept, and what is kept may be forgotten meanwhile.
  const [fit, flagged] = [await search.find(query, breathe), await search.find(flag, breathe)];
  if (fit === undefined || flagged === undefined)
    return { calls: countCalls(search.db, both(query.filter, flag.filter)), all: countCalls(search.db, flag.filter) };
  // Few answers are kept: twenty flags would push out those that the screen asks for.
  if (flag.key !== query.key) search.forget(flag);
  let calls = 0;
  for (let at = 0; at < fit.mask.length; at += 1) calls += (fit.mask[at] ?? 0) & (flagged.mask[at] ?? 0);
  return { calls, all: flagged.total };
}
