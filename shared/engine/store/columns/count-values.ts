import type { CallColumns } from './call-columns.ts';
import type { IdColumn, NumberColumn } from './column-names.ts';
import { SLICE } from './load-columns.ts';
import type { Mask } from './match-calls.ts';
import { pathAt } from './path-text.ts';

/** How many calls have each value. */
export interface Counts {
  /** By row id, number or text, as the store keeps the value. */
  readonly byKey: ReadonlyMap<number | string, number>;
  /** Calls that have no value. */
  readonly without: number;
}

/** Counts the row ids of a column among the calls of a mask. Cost: some ms a million calls. */
export async function countIds(columns: CallColumns, name: IdColumn, mask: Mask): Promise<Counts> {
  const values = await columns.idsOf(name);
  const most = await columns.derived(`most ${name}`, () => Promise.resolve(values.reduce((max, id) => (id > max ? id : max), 0)));
  const counts = new Uint32Array(most + 1);
  for (let ordinal = 0; ordinal < values.length; ordinal += 1) {
    const id = values[ordinal] ?? 0;
    counts[id] = (counts[id] ?? 0) + (mask[ordinal] ?? 0);
  }
  const byKey = new Map<number, number>();
  for (let id = 1; id < counts.length; id += 1) {
    const count = counts[id] ?? 0;
    if (count > 0) byKey.set(id, count);
  }
  return { byKey, without: counts[0] ?? 0 };
}

/** Numbers below this, as statuses and ports are, are counted without a look-up each. */
const SMALL = 65_536;

/** Counts the numbers of a column among the calls of a mask. */
export async function countNumbers(columns: CallColumns, name: NumberColumn, mask: Mask): Promise<Counts> {
  const values = await columns.numbersOf(name);
  const small = new Uint32Array(SMALL);
  const large = new Map<number, number>();
  let without = 0;
  for (let ordinal = 0; ordinal < values.length; ordinal += 1) {
    if (mask[ordinal] !== 1) continue;
    const value = values[ordinal] ?? NaN;
    if (value >= 0 && value < SMALL) small[value] = (small[value] ?? 0) + 1;
    else if (Number.isNaN(value)) without += 1;
    else large.set(value, (large.get(value) ?? 0) + 1);
  }
  const byKey = new Map<number, number>();
  for (const [value, count] of small.entries()) if (count > 0) byKey.set(value, count);
  for (const [value, count] of large) byKey.set(value, count);
  return { byKey, without };
}

/** Counts the paths of the calls of a mask. Cost: about half a second a million calls, in slices. */
export async function countPaths(columns: CallColumns, mask: Mask, breathe: () => Promise<void>): Promise<Counts> {
  const paths = await columns.paths();
  const byKey = new Map<string, number>();
  let without = 0;
  for (let ordinal = 0; ordinal < mask.length; ordinal += 1) {
    if (ordinal % SLICE === 0) await breathe();
    if (mask[ordinal] !== 1) continue;
    const path = pathAt(paths, ordinal);
    if (path === undefined) without += 1;
    else byKey.set(path, (byKey.get(path) ?? 0) + 1);
  }
  return { byKey, without };
}
