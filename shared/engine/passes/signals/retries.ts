import { numberAt } from '../../../lib/numbers.ts';
import { textHash } from '../../../lib/text-hash.ts';
import { bulkInsert } from '../../store/bulk-insert.ts';
import { callFlag } from '../../store/call-flags.ts';
import { getDetail } from '../../store/read/calls/details.ts';
import type { PassContext } from '../pass.ts';
import { principalRanges, type CallColumns } from './columns.ts';

/**
 * A later call is a new attempt, not a retry. Clients that back off give up after ten minutes in all: the deadline of Google's client
 * libraries, longer than that of AWS's. Units: µs.
 */
const RETRY_WITHIN = 600_000_000;
/** Attempts of one request that are compared, the latest first: so many bodies may be sent to one path in turns. */
const LOOK_BACK = 8;
/** Calls between two pauses. */
const SLICE = 5_000;
const FAILED_STATUS = 400;
/** `time_kind` of a call whose stamp is that of its end. */
const STAMPS_END = 1;
const SECOND = 1_000_000;
/** What a clock of milliseconds rounds away. Units: µs. */
const ROUNDING = 1_000;

/** What decides whether one attempt repeats another, by place in the columns of those that may. Units: µs. */
interface Attempts {
  /** Place among the attempts of a place in the columns, from 1; 0 for none. */
  readonly of: Uint32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Hash of the body, else of its size. */
  readonly body: Float64Array;
}

interface Row {
  readonly time: number;
  readonly time_kind: number;
  readonly duration: number | null;
  readonly req_bytes: number | null;
  readonly flags: number;
}

/** True where a call failed, or got no answer although its source tells answers. */
function failureTest({ db }: PassContext, columns: CallColumns): (at: number) => boolean {
  const silent = db
    .prepare('SELECT id FROM source s WHERE NOT EXISTS (SELECT 1 FROM call c WHERE c.source_id = s.id AND c.status IS NOT NULL)')
    .all<{ id: number }>()
    .map(({ id }) => id);
  const sourceOf = db.prepare('SELECT source_id AS id FROM call WHERE id = ?');
  const isTold = (call: number): boolean => silent.length === 0 || !silent.includes(sourceOf.get<{ id: number }>(call)?.id ?? 0);
  return (at) => {
    const status = numberAt(columns.status, at);
    return status >= FAILED_STATUS || (status === 0 && isTold(numberAt(columns.call, at)));
  };
}

/** Places of requests that failed and were sent again soon, and of all attempts that follow soon: what has to be looked at. Each once. */
function* placesToCompare(columns: CallColumns, isFailed: (at: number) => boolean): Generator<number> {
  for (const { from, to } of principalRanges(columns)) {
    const failed = new Map<number, number>();
    const given = new Set<number>();
    for (let at = from; at < to; at += 1) {
      const request = numberAt(columns.request, at);
      const before = failed.get(request);
      if (before !== undefined && numberAt(columns.time, at) - numberAt(columns.time, before) <= RETRY_WITHIN) {
        if (!given.has(before)) yield before;
        yield at;
        given.add(before).add(at);
      }
      if (isFailed(at)) failed.set(request, at);
    }
  }
}

const isWholeSecond = (time: number): boolean => time % SECOND === 0;

async function readAttempts(context: PassContext, columns: CallColumns, places: Uint32Array): Promise<Attempts> {
  const { db, codec, breathe } = context;
  const size = places.length + 1;
  const attempts = {
    of: new Uint32Array(columns.count),
    start: new Float64Array(size),
    end: new Float64Array(size),
    body: new Float64Array(size),
  };
  const one = db.prepare('SELECT time, time_kind, duration, req_bytes, flags FROM call WHERE id = ?');
  // In order of the evidence: neighbours lie in one block of details.
  places.sort((a, b) => numberAt(columns.call, a) - numberAt(columns.call, b));
  for (const [index, at] of places.entries()) {
    if (index % SLICE === 0) await breathe();
    const call = numberAt(columns.call, at);
    const row = one.get<Row>(call);
    if (row === undefined) continue;
    const place = index + 1;
    const length = row.duration ?? 0;
    attempts.of[at] = place;
    attempts.start[place] = row.time_kind === STAMPS_END ? row.time - length : row.time;
    attempts.end[place] = numberAt(attempts.start, place) + length;
    const text = (row.flags & callFlag.requestBody) === 0 ? undefined : getDetail(db, codec, call).requestBody?.text;
    attempts.body[place] = textHash(text ?? `size ${String(row.req_bytes)}`);
  }
  return attempts;
}

/** True when the second began once the first had ended, as far as their stamps tell. */
function follows(first: number, second: number, { start, end }: Attempts): boolean {
  const begun = numberAt(start, second);
  const ended = numberAt(end, first);
  const slack = isWholeSecond(begun) || isWholeSecond(ended) ? SECOND : ROUNDING;
  return begun >= ended - slack && begun >= numberAt(start, first) && begun - ended <= RETRY_WITHIN;
}

/** The retries of one caller, with the attempt before each. */
function* retriesIn(
  columns: CallColumns,
  { from, to }: { readonly from: number; readonly to: number },
  attempts: Attempts,
  isFailed: (at: number) => boolean,
): Generator<readonly [call: number, of: number]> {
  const earlier = new Map<number, number[]>();
  for (let at = from; at < to; at += 1) {
    const own = numberAt(attempts.of, at);
    if (own === 0) continue;
    const request = numberAt(columns.request, at);
    const list = earlier.get(request) ?? [];
    const before = list.findLast((other) => {
      const place = numberAt(attempts.of, other);
      return numberAt(attempts.body, place) === numberAt(attempts.body, own) && follows(place, own, attempts);
    });
    if (before !== undefined && isFailed(before)) yield [numberAt(columns.call, at), numberAt(columns.call, before)];
    earlier.set(request, [...list.slice(1 - LOOK_BACK), at]);
  }
}

/**
 * Finds the calls that are retries: the same caller asks for the same method, host, path and query with the same body again, at most
 * ten minutes after its last attempt failed (status of 400 or more) or got no answer. Bodies that the evidence does not hold are
 * compared by size. Returns how many.
 * Cost:    one pass over the columns; requests that failed and came again are looked up one by one.
 * Example: POST 503, POST 503, POST 201 with one body: the second and the third are retries.
 */
export async function writeRetries(context: PassContext, columns: CallColumns): Promise<number> {
  const { db, breathe } = context;
  const isFailed = failureTest(context, columns);
  const attempts = await readAttempts(context, columns, Uint32Array.from(placesToCompare(columns, isFailed)));
  const found: (readonly [call: number, of: number])[] = [];
  for (const range of principalRanges(columns)) {
    // One by one: a client in a loop has more of them than a call takes arguments.
    for (const retry of retriesIn(columns, range, attempts, isFailed)) found.push(retry);
    await breathe();
  }
  db.transaction(() => {
    db.exec('DELETE FROM retry');
    const rows = bulkInsert(db, 'retry', ['call_id', 'of_call']);
    for (const [call, of] of found) rows.add(call, of);
    rows.flush();
  });
  return found.length;
}
