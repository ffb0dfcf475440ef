import type { CallRow } from '../../../../contract/rows.ts';
import { commonTime } from '../../../../model/common-time.ts';
import type { SqlDriver } from '../../driver.ts';

/** The calls that stand for themselves: `f` (call_fact), `c` (call), `s` (source), `k` (call_clock). Other joins may follow, then `OF_CHAIN`. */
export const CHAIN_CALLS_FROM =
  'FROM call_fact f JOIN call c ON c.id = f.call_id JOIN source s ON s.id = c.source_id LEFT JOIN call_clock k ON k.call_id = c.id';

/** Those of the chain whose row id is bound, in order of time on the clock that they were linked on; calls without a time last. */
export const OF_CHAIN =
  'WHERE f.chain_id = ? AND f.same_as IS NULL ORDER BY c.time IS NULL, c.time - coalesce(k.ahead, 0), s.name, c.record';

/** By how much the clocks of calls ran ahead, by row id; those that were on the common clock are left out. Units: µs. */
export function readCallClocks(db: SqlDriver, calls: readonly number[]): ReadonlyMap<number, number> {
  const rows = db
    .prepare('SELECT call_id, ahead FROM call_clock WHERE call_id IN (SELECT value FROM json_each(?))')
    .all<{ call_id: number; ahead: number }>(JSON.stringify(calls));
  return new Map(rows.map(({ call_id: id, ahead }) => [id, ahead]));
}

/** A call's clock as rows of calls tell it; nothing where it was on the common one. Units: µs to ms. */
export const clockOf = (ahead: number | null | undefined): { readonly clockAheadMs?: number } =>
  ahead === null || ahead === undefined ? {} : { clockAheadMs: ahead / 1000 };

/** Sorts after every printed time. */
const LAST = '~';

/** Calls in order of time, with their clocks and in order of the common one. Shape: printed times sort as texts; what has none stays last. */
export function inCommonOrder(db: SqlDriver, calls: readonly CallRow[]): readonly CallRow[] {
  const clocks = readCallClocks(
    db,
    calls.map(({ id }) => id),
  );
  if (clocks.size === 0) return calls;
  return calls
    .map((row) => {
      const call = { ...row, ...clockOf(clocks.get(row.id)) };
      return { call, at: commonTime(call) ?? LAST };
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ call }) => call);
}
