import { numberAt } from '../../../lib/numbers.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** A call further from all calls of the other principal was made in no run of it. Source: the least pause that ends a session, catalogue 6.0. Units: µs. */
const RUN = 5 * 60 * 1_000_000;
/** Fewer calls of the other principal may have come into the capture by chance. */
const MIN_CALLS = 3;

/** A key that names nobody, and the one principal in whose runs it was used. */
export interface KeyOfRuns {
  readonly key: number;
  readonly holder: number;
  /** Calls with the key. */
  readonly calls: number;
}

/** Principals that are a mere credential and that only captures of clients saw. */
const KEYS = `
  SELECT p.id FROM principal p
   WHERE p.weak = 0 AND p.identity LIKE 'credential %' AND EXISTS (SELECT 1 FROM call_fact f WHERE f.principal_id = p.id) AND NOT EXISTS (
     SELECT 1 FROM call_fact f JOIN call c ON c.id = f.call_id JOIN source s ON s.id = c.source_id
      WHERE f.principal_id = p.id AND (s.format <> 'har' OR c.time IS NULL))`;

const SOURCES =
  'SELECT DISTINCT c.source_id AS source FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.principal_id = ? ORDER BY 1';
const TIMES = 'SELECT c.time FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.principal_id = ? ORDER BY c.time';
/** Calls of principals in a capture that are known by more than a key. */
const NAMED = `FROM call c JOIN call_fact f ON f.call_id = c.id JOIN principal p ON p.id = f.principal_id AND p.weak = 0
   WHERE c.source_id = ? AND c.time IS NOT NULL AND p.identity NOT LIKE 'credential %'`;

/** Who but keys made the calls of a capture: one principal, with the times of its calls. Units: µs, rising. */
interface Holder {
  readonly principal: number;
  readonly times: readonly number[];
}

/** Reads captures, each once: `several` where the calls of more than one principal stand in it, `undefined` where those of none do. */
function captureReader(db: SqlDriver): (source: number) => Holder | 'several' | undefined {
  const principals = db.prepare(`SELECT DISTINCT f.principal_id AS id ${NAMED} LIMIT 2`);
  const times = db.prepare(`SELECT c.time ${NAMED} ORDER BY c.time`);
  const read = (source: number): Holder | 'several' | undefined => {
    const [one, other] = principals.all<{ id: number }>(source);
    if (one === undefined) return undefined;
    if (other !== undefined) return 'several';
    return { principal: one.id, times: times.all<{ time: number }>(source).map(({ time }) => time) };
  };
  const known = new Map<number, ReturnType<typeof read>>();
  return (source) => {
    if (!known.has(source)) known.set(source, read(source));
    return known.get(source);
  };
}

/** True when a call of rising `times` lies within a run's pause of `time`. */
function isWithinRun(time: number, times: readonly number[]): boolean {
  let from = 0;
  let to = times.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (numberAt(times, middle) < time - RUN) from = middle + 1;
    else to = middle;
  }
  return from < times.length && numberAt(times, from) <= time + RUN;
}

/**
 * Keys that stand only in captures of one other principal's program, each call of them within a run of its calls: an agent's key for the
 * model that it asks is no second agent. A capture of several principals tells nothing.
 * Cost: a walk over each capture that holds such a key, and over the calls of each key.
 */
export function findKeysOfRuns(db: SqlDriver): readonly KeyOfRuns[] {
  const sourcesOf = db.prepare(SOURCES);
  const timesOf = db.prepare(TIMES);
  const capture = captureReader(db);
  const found: KeyOfRuns[] = [];
  for (const { id } of db.prepare(KEYS).all<{ id: number }>()) {
    const captures = sourcesOf.all<{ source: number }>(id).flatMap(({ source }) => capture(source) ?? []);
    const holders = captures.filter((each) => each !== 'several');
    const [first] = holders;
    if (first === undefined || holders.length < captures.length || holders.some(({ principal }) => principal !== first.principal)) continue;
    if (holders.reduce((sum, { times }) => sum + times.length, 0) < MIN_CALLS) continue;
    const times = timesOf.all<{ time: number }>(id);
    if (times.every(({ time }) => holders.some((holder) => isWithinRun(time, holder.times))))
      found.push({ key: id, holder: first.principal, calls: times.length });
  }
  return found;
}
