import { AppError } from '../../../../contract/errors.ts';
import type { CallQuery, CallSearch } from '../../columns/call-search.ts';
import { countIds, countNumbers, countPaths, type Counts } from '../../columns/count-values.ts';
import type { SqlDriver } from '../../driver.ts';
import { CALLS_FROM, type CallFilter } from './calls.ts';
import { facetFields, type FacetField } from './facet-fields.ts';
import { othersBySql, othersInMemory, withOthers } from './other-texts.ts';

type Key = number | string;

/** The place of a field whose values can be counted. Errors: AppError `bad-params`. */
function fieldOf(name: string): FacetField {
  const field = Object.hasOwn(facetFields, name) ? facetFields[name] : undefined;
  if (field === undefined)
    throw new AppError('bad-params', `values of ${name} cannot be counted; known are ${Object.keys(facetFields).join(', ')}`);
  return field;
}

/** Counts the values of a field among the calls that fit a query. Cost: some ms a million calls, a walk of SQLite's beyond memory. */
export async function countField(search: CallSearch, name: string, query: CallQuery, breathe: () => Promise<void>): Promise<Counts> {
  const field = fieldOf(name);
  const found = await search.find(query, breathe);
  if (found === undefined) {
    const own = grouped(search.db, field, countWithSql(search.db, field, query.filter));
    return field.kind === 'sightings' ? withOthers(own, othersBySql(search.db, textsOf(search.db, field), query.filter)) : own;
  }
  const { columns, mask } = found;
  const count = (breathe: () => Promise<void>): Promise<Counts> => {
    if (field.kind === 'path') return countPaths(columns, mask, breathe);
    return field.kind === 'numbers' ? countNumbers(columns, field.column, mask) : countIds(columns, field.column, mask);
  };
  // What the whole case holds is asked for beside every query.
  const counts = await (query.ast.kind === 'all' ? columns.derived(`counts ${field.column}`, count) : count(breathe));
  const own = grouped(search.db, field, counts);
  return field.kind === 'sightings' ? withOthers(own, await othersInMemory(found, textsOf(search.db, field))) : own;
}

/** Reads together what the columns lack for some fields. Errors: AppError `bad-params`. */
export async function needFields(
  search: CallSearch,
  names: readonly string[],
  query: CallQuery,
  breathe: () => Promise<void>,
): Promise<void> {
  await search.find(
    query,
    breathe,
    names.map((name) => fieldOf(name).column).filter((column) => column !== 'c.path'),
  );
}

function countWithSql(db: SqlDriver, field: FacetField, filter: CallFilter): Counts {
  const byKey = new Map<Key, number>();
  let without = 0;
  const rows = db
    .prepare(`SELECT ${field.column} AS value, count(*) AS calls ${CALLS_FROM} WHERE ${filter.where} GROUP BY 1 ORDER BY 1`)
    .all<{ value: Key | null; calls: number }>(...filter.params);
  for (const { value, calls } of rows) {
    if (value === null) without += calls;
    else byKey.set(value, calls);
  }
  return { byKey, without };
}

const textsOf = (db: SqlDriver, { texts }: { readonly texts: string }): ReadonlyMap<number, string> =>
  new Map(
    db
      .prepare(texts)
      .all<{ id: number; text: string }>()
      .map(({ id, text }) => [id, text]),
  );

/** Adds up what shares a text, where that can be. */
function grouped(db: SqlDriver, field: FacetField, counts: Counts): Counts {
  if (field.kind === 'several') return groupedBySeveral(db, field, counts);
  if (field.kind !== 'grouped' && field.kind !== 'sightings') return counts;
  const texts = textsOf(db, field);
  const byKey = new Map<Key, number>();
  let { without } = counts;
  for (const [key, calls] of counts.byKey) {
    const text = typeof key === 'number' ? texts.get(key) : undefined;
    if (text === undefined) without += calls;
    else byKey.set(text, (byKey.get(text) ?? 0) + calls);
  }
  return { byKey, without };
}

/** Counts each of the texts of a row, so that the counts may add up to more than the calls. */
function groupedBySeveral(db: SqlDriver, { texts }: { readonly texts: string }, counts: Counts): Counts {
  const byKey = new Map<Key, number>();
  const having = new Set<Key>();
  for (const { id, text } of db.prepare(texts).all<{ id: number; text: string }>()) {
    const calls = counts.byKey.get(id);
    if (calls === undefined) continue;
    having.add(id);
    byKey.set(text, (byKey.get(text) ?? 0) + calls);
  }
  let { without } = counts;
  for (const [key, calls] of counts.byKey) if (!having.has(key)) without += calls;
  return { byKey, without };
}

/** How a counted value is written; `undefined` when what it points to is not there. */
export function textReader(db: SqlDriver, name: string): (key: Key) => string | undefined {
  const field = fieldOf(name);
  if (field.kind !== 'ids') return String;
  const one = db.prepare(field.text);
  return (key) => one.get<{ text: string }>(key)?.text;
}
