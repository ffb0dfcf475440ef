import { numberAt } from '../../../lib/numbers.ts';
import { sortIndices } from '../../../lib/sort-indices.ts';
import { median } from '../../../lib/stats.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { NAMED_CALLER } from '../rows/page-calls.ts';

/** A session ends with a pause of ten times the usual one, and of five minutes at least. Source: catalogue 6.0. Units: µs. */
const LEAST_GAP = 5 * 60 * 1_000_000;
const TIMES_GAP = 10;
/** Longer sessions are cut: what is odd in them shows in a part. Units: steps. */
const MAX_STEPS = 400;

/** Calls as columns, in order of caller and time: 20 bytes a call. */
export interface StepColumns {
  readonly count: number;
  readonly call: Uint32Array;
  readonly principal: Uint32Array;
  readonly endpoint: Uint32Array;
  /** Units: µs. */
  readonly time: Float64Array;
}

/** One caller's calls without a long pause; the same operation again and again is one step. */
export interface Session {
  readonly principal: number;
  readonly steps: readonly number[];
  /** First and last place in the columns, the last not included. */
  readonly from: number;
  readonly to: number;
  /** Place of the first call of each step. */
  readonly places: readonly number[];
}

interface StepRow {
  readonly id: number;
  readonly time: number;
  readonly principal: number;
  readonly endpoint: number;
}

/** Rows read at a time, so that other work gets in between. */
const PAGE = 5_000;

/** Reads the answered calls of known callers; an inner hop is no step that its caller took. */
export async function readSteps(db: SqlDriver, breathe: () => Promise<void>): Promise<StepColumns> {
  const size = db.prepare('SELECT count(*) AS n FROM call_fact WHERE endpoint_id IS NOT NULL').get<{ n: number }>()?.n ?? 0;
  const columns = { call: new Uint32Array(size), principal: new Uint32Array(size), endpoint: new Uint32Array(size), time: new Float64Array(size) };
  let count = 0;
  const page = db.prepare(
    `SELECT c.id, c.time, f.principal_id AS principal, f.endpoint_id AS endpoint FROM call_fact f JOIN call c ON c.id = f.call_id
     WHERE f.call_id > ? AND c.time IS NOT NULL AND f.same_as IS NULL AND +f.endpoint_id IS NOT NULL AND (c.status IS NULL OR c.status < 400) AND ${NAMED_CALLER}
       AND f.call_id NOT IN (SELECT call_id FROM hop)
     ORDER BY f.call_id LIMIT ${String(PAGE)}`,
  );
  for (let rows = page.all<StepRow>(0); rows.length > 0; rows = page.all<StepRow>(numberAt(columns.call, count - 1))) {
    for (const { id, principal, endpoint, time } of rows) {
      columns.call[count] = id;
      columns.principal[count] = principal;
      columns.endpoint[count] = endpoint;
      columns.time[count] = time;
      count += 1;
    }
    await breathe();
  }
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  await sortIndices(order, (a, b) => numberAt(columns.principal, a) - numberAt(columns.principal, b) || numberAt(columns.time, a) - numberAt(columns.time, b) || numberAt(columns.endpoint, a) - numberAt(columns.endpoint, b), breathe);
  const pick = <T extends Uint32Array | Float64Array>(values: T, into: T): T => {
    for (const [at, index] of order.entries()) into[at] = numberAt(values, index);
    return into;
  };
  return {
    count,
    call: pick(columns.call, new Uint32Array(count)),
    principal: pick(columns.principal, new Uint32Array(count)),
    endpoint: pick(columns.endpoint, new Uint32Array(count)),
    time: pick(columns.time, new Float64Array(count)),
  };
} // prettier-ignore

function gapOf({ time }: StepColumns, from: number, to: number): number {
  const gaps = Array.from({ length: Math.min(2_000, Math.max(0, to - from - 1)) }, (_, index) => numberAt(time, from + index + 1) - numberAt(time, from + index));
  return Math.max(LEAST_GAP, gaps.length === 0 ? 0 : TIMES_GAP * median(gaps));
} // prettier-ignore

/** Sessions of the callers that are wanted, one after the other. */
export function* listSessions(columns: StepColumns, isWanted: (principal: number) => boolean): Generator<Session> {
  const { count, principal, endpoint, time } = columns;
  for (let from = 0; from < count;) {
    let end = from + 1;
    while (end < count && numberAt(principal, end) === numberAt(principal, from)) end += 1;
    if (!isWanted(numberAt(principal, from))) {
      from = end;
      continue;
    }
    const gap = gapOf(columns, from, end);
    for (let start = from; start < end;) {
      const steps: number[] = [];
      const places: number[] = [];
      let at = start;
      while (at < end && (at === start || numberAt(time, at) - numberAt(time, at - 1) <= gap) && steps.length < MAX_STEPS) {
        if (steps.at(-1) !== numberAt(endpoint, at)) {
          steps.push(numberAt(endpoint, at));
          places.push(at);
        }
        at += 1;
      }
      yield { principal: numberAt(principal, start), steps, from: start, to: at, places };
      start = at;
    }
    from = end;
  }
}
