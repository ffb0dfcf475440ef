import type { NumberColumn, IdColumn } from '../../columns/column-names.ts';
import { ordinalOf, type LoadedColumns } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';
import { otherSightings } from '../calls/other-sightings.ts';

/** Columns that the calls of chains are named and ordered by. */
export const CHAIN_COLUMNS = ['c.source_id', 'c.record', 'c.time'] as const satisfies readonly (IdColumn | NumberColumn)[];

/** The calls of chains, by the chains' row ids. */
export interface CallsByChain {
  /**
   * References of the calls of the chains with row ids in a range: in order of time on the common clock, those without one last, other sightings left out.
   * Cost: a walk over an index, whose entries of one chain stand together.
   */
  inRange(first: number, last: number): ReadonlyMap<number, readonly string[]>;
  /** The reference of any call by its row id, other sightings as well. */
  readonly refOf: (call: number) => string;
}

/** Names and orders calls by columns in memory. Shape: `columns` holds `CHAIN_COLUMNS`. */
export function callsByChain(db: SqlDriver, columns: LoadedColumns): CallsByChain {
  const named = db.prepare('SELECT id, name FROM source ORDER BY name, id').all<{ id: number; name: string }>();
  const names = new Map(named.map(({ id, name }) => [id, name]));
  // Names are unique, and in the order in which SQLite compares them.
  const ranks = new Map(named.map(({ id }, rank) => [id, rank]));
  const [sources, records, times] = [columns.idsOf('c.source_id'), columns.numbersOf('c.record'), columns.numbersOf('c.time')];
  const sightings = otherSightings(db, columns.ids);
  const rankOf = (ordinal: number): number => ranks.get(sources[ordinal] ?? 0) ?? -1;
  const timeOf = (ordinal: number): number => {
    const time = times[ordinal] ?? NaN;
    return Number.isNaN(time) ? Infinity : time;
  };
  const compareOn =
    (clocks: ReadonlyMap<number, number>) =>
    (a: number, b: number): number => {
      const [timeA, timeB] = [timeOf(a) - (clocks.get(a) ?? 0), timeOf(b) - (clocks.get(b) ?? 0)];
      if (timeA !== timeB) return timeA < timeB ? -1 : 1;
      return rankOf(a) - rankOf(b) || (records[a] ?? 0) - (records[b] ?? 0);
    };
  const refAt = (ordinal: number): string => `${names.get(sources[ordinal] ?? 0) ?? '?'}#${String(records[ordinal] ?? 0)}`;
  const ordinalsIn = (calls: string, clocks: ReadonlyMap<number, number>): readonly number[] => {
    const ordinals: number[] = [];
    for (const call of calls.split(',')) {
      const ordinal = ordinalOf(columns.ids, Number(call));
      if (ordinal !== undefined && sightings[ordinal] === 0) ordinals.push(ordinal);
    }
    return ordinals.sort(compareOn(clocks));
  };
  const select = db.prepare(
    'SELECT chain_id AS chain, group_concat(call_id) AS calls FROM call_fact WHERE chain_id BETWEEN ? AND ? GROUP BY chain_id',
  );
  const selectClocks = db.prepare(
    'SELECT k.call_id AS call, k.ahead FROM call_fact f JOIN call_clock k ON k.call_id = f.call_id WHERE f.chain_id BETWEEN ? AND ?',
  );
  const clocksIn = (first: number, last: number): ReadonlyMap<number, number> =>
    new Map(
      selectClocks.all<{ call: number; ahead: number }>(first, last).map(({ call, ahead }) => [ordinalOf(columns.ids, call) ?? -1, ahead]),
    );
  return {
    inRange: (first, last) => {
      const clocks = clocksIn(first, last);
      const rows = select.all<{ chain: number; calls: string }>(first, last);
      return new Map(rows.map(({ chain, calls }) => [chain, ordinalsIn(calls, clocks).map(refAt)]));
    },
    refOf: (call) => {
      const ordinal = ordinalOf(columns.ids, call);
      return ordinal === undefined ? '?#0' : refAt(ordinal);
    },
  };
}
