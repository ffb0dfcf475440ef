import { runSteps, type Steps } from '../../../lib/steps.ts';
import type { SqlDriver } from '../driver.ts';
import { CALLS_FROM } from '../read/calls/calls.ts';
import { isIdColumn, type IdColumn, type NumberColumn } from './column-names.ts';
import { readIntegers } from './read-integers.ts';

/** Calls read at once: about 10 ms with a dozen columns, so that a question can come between. */
export const SLICE = 8192;

/** Row ids of all calls, ascending; a call's place in here is its ordinal. */
export type CallIds = Uint32Array;

/** Reads the row ids of all calls. Cost: none where they follow each other without a gap, else one walk over the calls, a slice a step. */
export function* loadIds(db: SqlDriver, calls: number): Steps<CallIds> {
  const ids = new Uint32Array(calls);
  const ends = ['min', 'max'].map((end) => db.prepare(`SELECT ${end}(id) AS id FROM call`).get<{ id: number | null }>()?.id ?? 0);
  const [first = 0, last = 0] = ends;
  if (last - first + 1 === calls) return ids.map((_id, ordinal) => first + ordinal);
  const slice = db.prepare('SELECT group_concat(id) AS ids FROM (SELECT id FROM call WHERE id > ? ORDER BY id LIMIT ?)');
  let at = 0;
  while (at < calls) {
    const text = slice.get<{ ids: string | null }>(ids[at - 1] ?? 0, Math.min(SLICE, calls - at))?.ids;
    if (text === undefined || text === null) break;
    at += readIntegers(text, ids, at, 0);
    yield;
  }
  // Calls that went away since they were counted leave the rest unused.
  return at === calls ? ids : ids.slice(0, at);
}

/** The ordinal of a call, or `undefined` when it is not among the ids. */
export function ordinalOf(ids: CallIds, id: number): number | undefined {
  // Most cases have no gap: the search is for the others.
  const guess = id - (ids[0] ?? 0);
  if (ids[guess] === id) return guess;
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? low : undefined;
}

/** The values of one column by ordinal. */
export type Values = Int32Array | Float64Array;

/** One value a call for each of the columns asked for, all read in the same walk, a slice a step. */
export function* loadColumns(db: SqlDriver, ids: CallIds, names: readonly (IdColumn | NumberColumn)[]): Steps<readonly Values[]> {
  const columns = names.map((name) => (isIdColumn(name) ? new Int32Array(ids.length) : new Float64Array(ids.length).fill(NaN)));
  // Without an index: the rows of a slice stand together, and only a walk by row id keeps their order.
  const calls = names.some((name) => name.startsWith('f.')) ? CALLS_FROM : 'FROM call c';
  const from = `${calls.replace('call c', 'call c NOT INDEXED')} WHERE c.id BETWEEN ? AND ?`;
  const joined = names.map((name, index) => `group_concat(coalesce(${name}, '')) AS v${String(index)}`);
  const whole = db.prepare(`SELECT count(*) AS n, ${joined.join(', ')} ${from}`);
  const single = names.map((name, index) => `${name} AS v${String(index)}`);
  const rows = db.prepare(`SELECT c.id AS id, ${single.join(', ')} ${from}`);
  for (let at = 0; at < ids.length; at += SLICE) {
    const end = Math.min(at + SLICE, ids.length);
    const bounds = [ids[at] ?? 0, ids[end - 1] ?? 0];
    const slice = whole.get<Record<string, string | number | null>>(...bounds);
    if (slice?.['n'] === end - at) {
      for (const [index, column] of columns.entries())
        readIntegers(String(slice[`v${String(index)}`] ?? ''), column, at, column instanceof Int32Array ? 0 : NaN);
    } else fillByRow(columns, ids, rows.all<Record<string, number | null>>(...bounds));
    yield;
  }
  return columns;
}

/** Calls went away or came between: each row says itself where it belongs. */
function fillByRow(columns: readonly Values[], ids: CallIds, rows: readonly Record<string, number | null>[]): void {
  for (const row of rows) {
    const ordinal = ordinalOf(ids, row['id'] ?? 0);
    if (ordinal === undefined) continue;
    for (const [index, column] of columns.entries()) {
      const value = row[`v${String(index)}`];
      if (value !== null && value !== undefined) column[ordinal] = value;
    }
  }
}

/** How many calls there are to read. */
export const countCalls = (db: SqlDriver): number => db.prepare('SELECT count(*) AS n FROM call').get<{ n: number }>()?.n ?? 0;

/** Some columns of all calls, whatever the size of the case. */
export interface LoadedColumns {
  readonly ids: CallIds;
  idsOf(name: IdColumn): Int32Array;
  numbersOf(name: NumberColumn): Float64Array;
}

/** Reads columns without letting other work in between, for what is written in one go. Errors: asking the result for one that is not in `names` is a bug. */
export function loadAtOnce(db: SqlDriver, names: readonly (IdColumn | NumberColumn)[]): LoadedColumns {
  const ids = runSteps(loadIds(db, countCalls(db)));
  const loaded = runSteps(loadColumns(db, ids, names));
  const valuesOf = (name: IdColumn | NumberColumn): Values => {
    const values = loaded[names.indexOf(name)];
    if (values === undefined) throw new Error(`bug: the column ${name} was not asked for`);
    return values;
  };
  const idsOf = (name: IdColumn): Int32Array => {
    const values = valuesOf(name);
    return values instanceof Int32Array ? values : Int32Array.from(values);
  };
  const numbersOf = (name: NumberColumn): Float64Array => {
    const values = valuesOf(name);
    return values instanceof Float64Array ? values : Float64Array.from(values);
  };
  return { ids, idsOf, numbersOf };
}
