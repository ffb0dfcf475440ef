import { isModelPath } from '../../../model/model-path.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { readCommonClock } from '../../store/read/clock-offsets.ts';
import { pageCalls, type CallRow } from '../rows/page-calls.ts';

/** Reads behind what was sent that a finding names; whoever takes more is told by the detectors of masses, too. */
const MAX_FETCHED = 2_000;

/** One step back along values that an answer gave and a later request sent, as long as the same principal made the calls and had read the text. */
const STEP = `
  SELECT DISTINCT e.from_call AS id, ifnull(c.path, '') AS path FROM json_each(?) j JOIN edge e ON e.to_call = j.value
    JOIN call c ON c.id = e.from_call JOIN call_fact f ON f.call_id = c.id
   WHERE e.kinds LIKE '%"value"%' AND f.principal_id = ? AND c.time >= ?`;

/** What was sent, by whom, since when it could have been at a text's word, and what a finding names anyway. */
interface Sent {
  /** Row ids. */
  readonly sends: readonly number[];
  readonly told: readonly Pick<CallRow, 'id'>[];
  readonly principal: number;
  /** As the source of the text stamped it. Units: µs. */
  readonly since: number;
}

/** Ids of the calls behind what was sent. A model is given its whole conversation: who walks through it finds all that the run ever read. */
function behind(db: SqlDriver, { sends, principal, since }: Sent, throughModels: boolean): ReadonlySet<number> {
  const step = db.prepare(STEP);
  const found = new Set<number>();
  for (let front: readonly number[] = sends; front.length > 0 && found.size < MAX_FETCHED;) {
    const next = step
      .all<{ id: number; path: string }>(JSON.stringify(front), principal, since)
      .filter(({ id, path }) => !found.has(id) && !sends.includes(id) && (throughModels || !isModelPath(path)));
    for (const { id } of next) found.add(id);
    front = next.map(({ id }) => id);
  }
  return found;
}

/**
 * The calls that fetched what was sent at a text's word: those whose answers hold it, and those that led to them; through a model only where
 * nothing leads past it. Times are those of the common clock. Cost: the links of these calls.
 * Example: list → 28 customers → one post of all 28 gives the list and the 28 reads.
 */
export function readsBehind(db: SqlDriver, sent: Sent): readonly CallRow[] {
  if (sent.sends.length === 0) return [];
  const clock = readCommonClock(db);
  const told = new Set(sent.told.map(({ id }) => id));
  const direct = behind(db, sent, false);
  return [...(direct.size > 0 ? direct : behind(db, sent, true))]
    .filter((id) => !told.has(id))
    .sort((a, b) => a - b)
    .slice(0, MAX_FETCHED)
    .flatMap((id) => [...pageCalls(db, 'c.id = ?', id)].flat())
    .map((row) => ({ ...row, time: clock(row.source, row.time) }));
}
