import { FAILED_SQL } from '../../call-answer.ts';
import type { Spread } from '../../../../contract/inventory.ts';
import { quantileOfSorted } from '../../../../lib/stats.ts';
import { EVERY_CALL, type CallSearch } from '../../columns/call-search.ts';
import type { SqlDriver } from '../../driver.ts';

/**
 * Calls of an endpoint that are read one by one. Measured on 1,000,000 calls, where those of an endpoint stand far apart: 9,000 took
 * 300 ms, and finding them in the columns in memory 15 ms.
 */
const FEW = 400;
/** Columns that its calls are counted in. */
const NUMBERS = ['c.status', FAILED_SQL, 'c.time', 'c.duration', 'c.req_bytes', 'c.res_bytes'] as const;
const COLUMNS = ['f.endpoint_id', 'f.principal_id', ...NUMBERS] as const;

/** The calls of one endpoint, each at the same place of every list. NaN where a call has no value, 0 where it has no principal. */
export interface EndpointCalls {
  /** False when there are more than were read. */
  readonly isAll: boolean;
  readonly ids: ArrayLike<number>;
  readonly principals: ArrayLike<number>;
  readonly statuses: ArrayLike<number>;
  /** 1 for a call that came to nothing, as `is:failed` finds it. */
  readonly failed: ArrayLike<number>;
  /** Units: microseconds. */
  readonly times: ArrayLike<number>;
  /** Units: microseconds. */
  readonly durations: ArrayLike<number>;
  readonly requestBytes: ArrayLike<number>;
  readonly responseBytes: ArrayLike<number>;
}

interface Row {
  readonly id: number;
  readonly principal: number | null;
  readonly status: number | null;
  readonly failed: 0 | 1;
  readonly time: number | null;
  readonly duration: number | null;
  readonly req_bytes: number | null;
  readonly res_bytes: number | null;
}

function readFew(db: SqlDriver, endpoint: number): EndpointCalls {
  const rows = db
    .prepare(
      `SELECT c.id, f.principal_id AS principal, c.status, ${FAILED_SQL} AS failed, c.time, c.duration, c.req_bytes, c.res_bytes
         FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = ? AND f.same_as IS NULL LIMIT ?`,
    )
    .all<Row>(endpoint, FEW);
  return {
    isAll: rows.length < FEW,
    ids: rows.map((row) => row.id),
    principals: rows.map((row) => row.principal ?? 0),
    statuses: rows.map((row) => row.status ?? NaN),
    failed: rows.map((row) => row.failed),
    times: rows.map((row) => row.time ?? NaN),
    durations: rows.map((row) => row.duration ?? NaN),
    requestBytes: rows.map((row) => row.req_bytes ?? NaN),
    responseBytes: rows.map((row) => row.res_bytes ?? NaN),
  };
}

/**
 * The calls of an endpoint that has `calls` of them. Of a case that does not fit into memory only the first `FEW`, which its page says.
 * Cost: some ms a million calls once the columns are in memory, else one read a call.
 */
export async function readEndpointCalls(
  search: CallSearch,
  endpoint: number,
  calls: number,
  breathe: () => Promise<void>,
): Promise<EndpointCalls> {
  if (calls < FEW) return readFew(search.db, endpoint);
  const found = await search.find(EVERY_CALL, breathe, COLUMNS);
  if (found === undefined) return readFew(search.db, endpoint);
  const { columns, mask } = found;
  const endpoints = await columns.idsOf('f.endpoint_id');
  const ordinals: number[] = [];
  for (let ordinal = 0; ordinal < endpoints.length; ordinal += 1)
    if (endpoints[ordinal] === endpoint && mask[ordinal] === 1) ordinals.push(ordinal);
  const pick = (values: ArrayLike<number>): Float64Array => Float64Array.from(ordinals, (ordinal) => values[ordinal] ?? NaN);
  const [statuses, failed, times, durations, requestBytes, responseBytes] = await Promise.all(
    NUMBERS.map((name) => columns.numbersOf(name)),
  );
  const none = new Float64Array(0);
  return {
    isAll: true,
    ids: pick(columns.ids),
    principals: pick(await columns.idsOf('f.principal_id')),
    statuses: pick(statuses ?? none),
    failed: pick(failed ?? none),
    times: pick(times ?? none),
    durations: pick(durations ?? none),
    requestBytes: pick(requestBytes ?? none),
    responseBytes: pick(responseBytes ?? none),
  };
}

/** Reads the columns that the calls of busy endpoints are counted in, so that the first of them need not wait for it. */
export const warmEndpointCalls = (search: CallSearch, breathe: () => Promise<void>): Promise<unknown> =>
  search.find(EVERY_CALL, breathe, COLUMNS);

/** How values spread; `undefined` when no call has one. `scale` is multiplied in. */
export function spreadOf(values: ArrayLike<number>, scale = 1): Spread | undefined {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sorted.length === 0) return undefined;
  let sum = 0;
  for (const value of sorted) sum += value;
  const at = (q: number): number => quantileOfSorted(sorted, q) * scale;
  return { count: sorted.length, median: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1), sum: sum * scale };
}
