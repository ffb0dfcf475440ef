import type { SqlDriver } from '../driver.ts';
import { CALLS_FROM } from '../read/calls.ts';
import { isIdColumn, type IdColumn, type NumberColumn } from './column-names.ts';
import { readIntegers } from './read-integers.ts';

/** Calls read at once: about 10 ms with a dozen columns, so that a question can come between. */
export const SLICE = 8192;

/** Row ids of all calls, ascending; a call's place in here is its ordinal. */
export type CallIds = Uint32Array;

/** Reads the row ids of all calls. Cost: none where they follow each other without a gap, else one walk over the calls, in slices. */
export async function loadIds(db: SqlDriver, calls: number, breathe: () => Promise<void>): Promise<CallIds> {
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
    await breathe();
  }
  // Calls that went away since they were counted leave the rest unused.
  return at === calls ? ids : ids.slice(0, at);
}

/** The ordinal of a call, or `undefined` when it is not among the ids. */
export function ordinalOf(ids: CallIds, id: number): number | undefined {
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

/** One value a call for each of the columns asked for, all read in the same walk. */
export async function loadColumns(
  db: SqlDriver,
  ids: CallIds,
  names: readonly (IdColumn | NumberColumn)[],
  breathe: () => Promise<void>,
): Promise<readonly Values[]> {
  const columns = names.map((name) => (isIdColumn(name) ? new Int32Array(ids.length) : new Float64Array(ids.length).fill(NaN)));
  // Without an index: the rows of a slice stand together, and only a walk by row id keeps their order.
  const from = `${CALLS_FROM.replace('call c', 'call c NOT INDEXED')} WHERE c.id BETWEEN ? AND ?`;
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
    await breathe();
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
