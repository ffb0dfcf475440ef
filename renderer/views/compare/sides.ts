import type { CallSetComparison, ComparedField, ComparedValue } from '#shared/contract/call-sets.ts';
import { listClauses } from '#shared/query/clauses.ts';
import { addClause, toClause } from '#shared/query/edit.ts';
import { findTarget, isColumn } from '#shared/query/fields.ts';
import { parseQuery } from '#shared/query/parse.ts';

export type SideName = 'left' | 'right';

/** The calls of a side that fit the shared query as well. Both stand in parentheses, so that an `or` of theirs stays theirs. */
export function restrict(side: string, filter: string): string {
  const parsed = parseQuery(filter.trim() === '' ? '*' : filter);
  return !parsed.ok || parsed.ast.kind === 'all' ? side : `(${side}) and (${filter})`;
}

/** The query for the calls of a side that have a value. */
export function callsWith(side: string, field: string, value: string): string {
  const target = findTarget(field);
  return target === undefined || !isColumn(target) ? side : addClause(side, toClause(target.field, value));
}

/** The chain that a query names and nothing else; `undefined` for any other query. */
export function chainOf(query: string): string | undefined {
  const [only, ...others] = listClauses(query);
  if (only === undefined || others.length > 0 || only.node.kind !== 'match' || only.node.field !== 'chain') return undefined;
  const [value, ...more] = only.node.values;
  return more.length === 0 && value?.length === 1 ? value[0] : undefined;
}

/** What a side is called where only its query is known: its conditions in few words. */
export const sideLabel = (query: string): string =>
  listClauses(query)
    .map(({ label }) => label)
    .join(' and ') || query;

/** How a value stands to the two sides, in a word. */
export function standing({ left, right }: ComparedValue, sizes: Pick<CallSetComparison, SideName>): string {
  if (left === 0) return 'only right';
  if (right === 0) return 'only left';
  const [a, b] = [left / sizes.left.calls, right / sizes.right.calls];
  if (Math.abs(a - b) < SAME_SHARE) return 'alike';
  return a > b ? 'more left' : 'more right';
}

/** Shares that differ by less are alike: less than one call in a hundred. */
const SAME_SHARE = 0.01;

/** True when some value of a field is not alike on both sides. */
export const differs = (field: ComparedField, sizes: Pick<CallSetComparison, SideName>): boolean =>
  field.values.some((value) => standing(value, sizes) !== 'alike');
