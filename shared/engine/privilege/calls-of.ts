import { sortIndices } from '../../lib/sort-indices.ts';
import { networkOf } from '../../model/network.ts';
import { MAY_BE_GIVEN_SQL } from '../store/call-answer.ts';
import type { SqlDriver } from '../store/driver.ts';

/** Rows read at a time, so that other work gets in between. */
const PAGE = 10_000;

/** The calls of one principal in columns, those of no time last. A call that two sources saw stands once. Units: time in µs, NaN for none; bytes 0 for unknown. */
export interface PrincipalCalls {
  readonly count: number;
  readonly id: Float64Array;
  readonly time: Float64Array;
  /** Row ids; 0 for none. */
  readonly endpoint: Int32Array;
  readonly credential: Int32Array;
  readonly host: Int32Array;
  readonly source: Int32Array;
  /** Stands for the caller's network as the source saw it, from 1; 0 for none. */
  readonly place: Int32Array;
  readonly bytes: Float64Array;
  /** 0 where the call is known to have been refused; one whose answer the evidence does not have may have been answered. */
  readonly answered: Uint8Array;
}

interface Row {
  readonly id: number;
  readonly time: number | null;
  readonly endpoint_id: number | null;
  readonly credential_id: number | null;
  readonly host_id: number | null;
  readonly source_id: number;
  readonly client_ip: string | null;
  readonly res_bytes: number | null;
  readonly answered: 0 | 1;
}

/**
 * Reads the calls of one principal in order of time.
 * Cost: one walk along the index of the principal; 52 bytes a call while its policy is made, no object a call.
 */
export async function readCallsOf(db: SqlDriver, principal: number, breathe: () => Promise<void>): Promise<PrincipalCalls> {
  const size = db.prepare('SELECT count(*) AS n FROM call_fact WHERE principal_id = ?').get<{ n: number }>(principal)?.n ?? 0;
  const raw = emptyCalls(size);
  const page = db.prepare(
    `SELECT c.id, c.time, c.credential_id, c.host_id, c.res_bytes, ${MAY_BE_GIVEN_SQL} AS answered, f.endpoint_id, c.source_id, ip.value AS client_ip
     FROM call_fact f JOIN call c ON c.id = f.call_id LEFT JOIN term ip ON ip.id = c.client_ip_id
     WHERE f.principal_id = ? AND f.call_id > ? AND f.same_as IS NULL ORDER BY f.call_id LIMIT ${String(PAGE)}`,
  );
  const placeOf = placeNumbers();
  let count = 0;
  for (let after = 0; ;) {
    const rows = page.all<Row>(principal, after);
    for (const row of rows) {
      put(raw, count, row, placeOf(row));
      count += 1;
      after = row.id;
    }
    await breathe();
    if (rows.length < PAGE) break;
  }
  return inOrderOfTime(raw, count, breathe);
}

/** Numbers networks by source in the order in which they are first seen. */
function placeNumbers(): (row: Row) => number {
  const numbers = new Map<string, number>();
  return ({ source_id: source, client_ip: ip }) => {
    if (ip === null || ip === '') return 0;
    const name = `${String(source)} ${networkOf(ip)}`;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size + 1);
    return numbers.size;
  };
}

function emptyCalls(count: number): PrincipalCalls {
  return {
    count,
    id: new Float64Array(count),
    time: new Float64Array(count),
    endpoint: new Int32Array(count),
    credential: new Int32Array(count),
    host: new Int32Array(count),
    source: new Int32Array(count),
    place: new Int32Array(count),
    bytes: new Float64Array(count),
    answered: new Uint8Array(count),
  };
}

function put(calls: PrincipalCalls, at: number, row: Row, place: number): void {
  calls.id[at] = row.id;
  calls.time[at] = row.time ?? NaN;
  calls.endpoint[at] = row.endpoint_id ?? 0;
  calls.credential[at] = row.credential_id ?? 0;
  calls.host[at] = row.host_id ?? 0;
  calls.source[at] = row.source_id;
  calls.place[at] = place;
  calls.bytes[at] = row.res_bytes ?? 0;
  calls.answered[at] = row.answered;
}

async function inOrderOfTime(raw: PrincipalCalls, count: number, breathe: () => Promise<void>): Promise<PrincipalCalls> {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const timeOf = (index: number): number => {
    const time = raw.time[index] ?? NaN;
    return Number.isNaN(time) ? Infinity : time;
  };
  await sortIndices(order, (a, b) => (timeOf(a) === timeOf(b) ? a - b : timeOf(a) - timeOf(b)), breathe);
  const floats = (from: Float64Array): Float64Array => Float64Array.from(order, (index) => from[index] ?? 0);
  const integers = (from: Int32Array): Int32Array => Int32Array.from(order, (index) => from[index] ?? 0);
  return {
    count,
    id: floats(raw.id),
    time: floats(raw.time),
    endpoint: integers(raw.endpoint),
    credential: integers(raw.credential),
    host: integers(raw.host),
    source: integers(raw.source),
    place: integers(raw.place),
    bytes: floats(raw.bytes),
    answered: Uint8Array.from(order, (index) => raw.answered[index] ?? 0),
  };
}
