import type { Severity } from '../../../../contract/report-json.ts';
import type { Found } from '../../columns/call-search.ts';
import { ordinalOf } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';
import type { Member } from './boxes.ts';
import type { CasePairs } from './case-pairs.ts';

/** The calls that fit and that findings of incidents name, by ordinal, with the worst severity. */
export function namedCalls(db: SqlDriver, { columns, mask }: Found): ReadonlyMap<number, Severity> {
  const named = new Map<number, Severity>();
  const rows = db
    .prepare(
      `SELECT fc.call_id AS id, f.severity FROM finding f JOIN finding_call fc ON fc.finding_id = f.id
       WHERE f.family = 'incident' ORDER BY f.rank DESC, f.id DESC`,
    )
    .all<{ id: number; severity: Severity }>();
  for (const { id, severity } of rows) {
    const ordinal = ordinalOf(columns.ids, id);
    if (ordinal !== undefined && mask[ordinal] === 1) named.set(ordinal, severity);
  }
  return named;
}

/** Callers and endpoints of the calls that fit, with their counts. Cost: one walk over the calls, then over the pairs. */
export function membersOf(
  { mask }: Found,
  pairs: CasePairs,
  named: ReadonlyMap<number, Severity>,
): readonly [principals: readonly Member[], endpoints: readonly Member[]] {
  const counts = new Uint32Array(pairs.principals.length);
  for (let ordinal = 0; ordinal < mask.length; ordinal += 1) {
    const pair = pairs.pairOf[ordinal] ?? 0;
    counts[pair] = (counts[pair] ?? 0) + (mask[ordinal] ?? 0);
  }
  const namedPairs = new Set([...named.keys()].map((ordinal) => pairs.pairOf[ordinal]));
  const sum = (ids: readonly number[]): readonly Member[] => {
    const members = new Map<number, { id: number; calls: number; isNamed: boolean }>();
    for (const [pair, id] of ids.entries()) {
      const calls = counts[pair] ?? 0;
      if (calls === 0) continue;
      const member = members.get(id) ?? { id, calls: 0, isNamed: false };
      member.calls += calls;
      member.isNamed ||= namedPairs.has(pair);
      members.set(id, member);
    }
    return [...members.values()];
  };
  return [sum(pairs.principals), sum(pairs.endpoints)];
}
