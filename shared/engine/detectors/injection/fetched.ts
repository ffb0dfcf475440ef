import type { SqlDriver } from '../../store/driver.ts';
import { readCommonClock } from '../../store/read/clock-offsets.ts';
import { pageCalls, type CallRow } from '../rows/page-calls.ts';

/** Reads behind what was sent that a finding names; whoever takes more is told by the detectors of masses, too. */
const MAX_FETCHED = 2_000;

/** Back along values that an answer gave and a later request sent, as long as the same principal made the calls and had read the text. */
const BACK = `
  WITH RECURSIVE back(id) AS (
    SELECT value FROM json_each(?)
    UNION SELECT e.from_call FROM back JOIN edge e ON e.to_call = back.id
      JOIN call c ON c.id = e.from_call JOIN call_fact f ON f.call_id = c.id
     WHERE e.kinds LIKE '%"value"%' AND f.principal_id = ? AND c.time >= ?)
  SELECT id FROM back WHERE id NOT IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ${String(MAX_FETCHED)}`;

/** What was sent, by whom, since when it could have been at a text's word, and what a finding names anyway. */
interface Sent {
  /** Row ids. */
  readonly sends: readonly number[];
  readonly told: readonly Pick<CallRow, 'id'>[];
  readonly principal: number;
  /** As the source of the text stamped it. Units: µs. */
  readonly since: number;
}

/**
 * The calls that fetched what was sent at a text's word: those whose answers hold it, and those that led to them.
 * Times are those of the common clock. Cost: the links of these calls.
 * Example: list → 28 customers → one post of all 28 gives the list and the 28 reads.
 */
export function readsBehind(db: SqlDriver, { sends, told, principal, since }: Sent): readonly CallRow[] {
  if (sends.length === 0) return [];
  const clock = readCommonClock(db);
  return db
    .prepare(BACK)
    .all<{ id: number }>(JSON.stringify(sends), principal, since, JSON.stringify(told.map(({ id }) => id)))
    .flatMap(({ id }) => [...pageCalls(db, 'c.id = ?', id)].flat())
    .map((row) => ({ ...row, time: clock(row.source, row.time) }));
}
