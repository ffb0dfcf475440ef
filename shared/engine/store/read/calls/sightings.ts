import { AppError } from '../../../../contract/errors.ts';
import type { SqlDriver } from '../../driver.ts';
import { callReader } from './calls.ts';

/** A call as the case names it for good: by source and record. */
export interface CallName {
  readonly source: string;
  readonly record: number;
}

/** A call that a reference names. */
export interface Sighted {
  /** The row that stands for the call in lists. */
  readonly call: number;
  /** What the reference names. */
  readonly name: CallName;
  /** Every place where the call was seen, that one included. */
  readonly sightings: readonly CallName[];
}

/** Finds calls by reference, with every sighting of each; keeps names of sources, so make one per request. Errors: AppError `not-found`. */
export function sightingFinder(db: SqlDriver): (ref: string) => Sighted {
  const reader = callReader(db);
  const sameAs = db.prepare('SELECT same_as FROM call_fact WHERE call_id = ?');
  // Not `c.id = ? OR c.id IN (…)`, which takes ten times as long: 0.3 s for 10,000 calls.
  const seen = db.prepare(
    `SELECT s.name AS source, c.record AS record FROM (SELECT ? AS id UNION ALL SELECT call_id FROM call_fact WHERE same_as = ?) seen
     CROSS JOIN call c ON c.id = seen.id CROSS JOIN source s ON s.id = c.source_id`,
  );
  return (ref) => {
    const id = reader.idOf(ref);
    if (id === undefined) throw new AppError('not-found', `no call ${ref} in this case`);
    const call = sameAs.get<{ same_as: number | null }>(id)?.same_as ?? id;
    const hash = ref.lastIndexOf('#');
    const name = { source: ref.slice(0, hash), record: Number(ref.slice(hash + 1)) };
    return { call, name, sightings: seen.all<CallName & Record<string, string | number>>(call, call) };
  };
}
