import type { EndpointFlag } from '../../../contract/report-json.ts';
import { OPERATION_METHOD } from '../../../model/named-operation.ts';
import { answerOf, mayBeGiven } from '../../store/call-answer.ts';
import { callFlag } from '../../store/call-flags.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** Rows read at a time, so that other work gets in between. */
const PAGE = 5_000;

/** A call that stands for itself, has a time and names its caller. Units: µs, bytes. */
export interface CallRow {
  readonly id: number;
  readonly source: number;
  readonly time: number;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  /** Of the answer; NaN where the evidence has none. */
  readonly bytes: number;
  readonly duration: number;
  readonly principal: number;
  readonly endpoint: number;
  /** Bits of `callFlag`. */
  readonly flags: number;
}

type Raw = { readonly [Key in keyof CallRow]: CallRow[Key] | null } & {
  readonly id: number;
  readonly source: number;
  readonly time: number;
  readonly principal: number;
};

const toRow = (raw: Raw): CallRow => ({
  id: raw.id,
  source: raw.source,
  time: raw.time,
  method: raw.method ?? (((raw.flags ?? 0) & callFlag.operation) === 0 ? '' : OPERATION_METHOD),
  host: raw.host ?? '',
  path: raw.path ?? '',
  query: raw.query ?? '',
  status: raw.status ?? 0,
  bytes: raw.bytes ?? NaN,
  duration: raw.duration ?? NaN,
  principal: raw.principal,
  endpoint: raw.endpoint ?? 0,
  flags: raw.flags ?? 0,
});

/**
 * Condition that a caller is told by more than its network. The plus sign keeps SQLite from going through the index of
 * callers: it would collect and sort all their calls for each page, which is quadratic.
 */
export const NAMED_CALLER = '+f.principal_id IN (SELECT id FROM principal WHERE weak = 0)';

/**
 * Calls that fit a condition over `c` (call), `f` (call_fact) and `e` (endpoint), page by page in the order of the evidence.
 * Cost: one walk along the rows, or along those of one caller, endpoint or chain where the condition says `f.principal_id = ?`
 * and the like: their indices are in the order of the evidence, too. A list of them (`IN`) is not: ask for one at a time.
 * Memory for one page.
 */
export function* pageCalls(db: SqlDriver, where: string, ...values: readonly (string | number)[]): Generator<readonly CallRow[]> {
  const page = db.prepare(
    `SELECT c.id, c.source_id AS source, c.time, m.value AS method, h.value AS host, c.path, c.query, c.status, c.res_bytes AS bytes, c.duration,
       f.principal_id AS principal, f.endpoint_id AS endpoint, c.flags
     FROM call_fact f JOIN call c ON c.id = f.call_id LEFT JOIN endpoint e ON e.id = f.endpoint_id
       LEFT JOIN term m ON m.id = c.method_id LEFT JOIN term h ON h.id = c.host_id
     WHERE f.call_id > ? AND c.time IS NOT NULL AND f.same_as IS NULL AND f.principal_id IS NOT NULL AND (${where}) ORDER BY f.call_id LIMIT ${String(PAGE)}`,
  );
  for (let after = 0; ;) {
    const rows = page.all<Raw>(after, ...values);
    if (rows.length === 0) return;
    after = rows.at(-1)?.id ?? after;
    yield rows.map(toRow);
  }
}

/** Calls of known callers at endpoints with a flag, endpoint by endpoint. */
export function* pageFlaggedCalls(db: SqlDriver, flag: EndpointFlag): Generator<readonly CallRow[]> {
  const flagged = db.prepare('SELECT id FROM endpoint WHERE flags LIKE ? ORDER BY id').all<{ id: number }>(`%"${flag}"%`);
  for (const { id } of flagged) yield* pageEndpointCalls(db, id);
}

/** Calls of known callers at one endpoint. */
export const pageEndpointCalls = (db: SqlDriver, endpoint: number): Generator<readonly CallRow[]> =>
  pageCalls(db, `f.endpoint_id = ? AND ${NAMED_CALLER}`, endpoint);

/** In time order; what the request was decides among equals, since row ids depend on the import. */
export const byTime = (a: CallRow, b: CallRow): number =>
  a.time - b.time || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1);

/** True unless the answer is known to have kept back what was asked for. */
export const isGiven = (call: Pick<CallRow, 'status' | 'flags'>): boolean => mayBeGiven(call);

/** Of some calls: those whose answers gave what was asked for, and those without a recorded answer. */
export function countGiven(calls: readonly Pick<CallRow, 'status' | 'flags'>[]): { readonly given: number; readonly unknown: number } {
  const answers = calls.map(answerOf);
  const unrecorded = calls.filter(({ status }, at) => answers[at] === 'unknown' && status === 0);
  return { given: answers.filter((answer) => answer === 'given').length, unknown: unrecorded.length };
}
