import { ordinalOf, type CallIds } from '../../columns/load-columns.ts';
import { readIntegers } from '../../columns/read-integers.ts';
import type { SqlDriver } from '../../driver.ts';

/** A mask by ordinal: 1 for calls that are another sighting of one that stands for both. */
export function otherSightings(db: SqlDriver, ids: CallIds): Uint8Array {
  const mask = new Uint8Array(ids.length);
  const joined = db
    .prepare('SELECT count(*) AS count, group_concat(call_id) AS calls FROM call_fact WHERE same_as IS NOT NULL')
    .get<{ count: number; calls: string | null }>();
  const sightings = new Uint32Array(joined?.count ?? 0);
  readIntegers(joined?.calls ?? '', sightings, 0, 0);
  for (const call of sightings) {
    const ordinal = ordinalOf(ids, call);
    if (ordinal !== undefined) mask[ordinal] = 1;
  }
  return mask;
}
