import { parseSign } from '../../intake/personal/data-signs.ts';
import { mayBeGiven } from '../../store/call-answer.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { readCommonClock } from '../../store/read/clock-offsets.ts';

/** A call as the flow rules see it. Units: bytes; µs on the common clock, since what is read and what is sent may stand in two logs. */
export interface FlowCall {
  readonly id: number;
  readonly time: number;
  readonly method: string;
  readonly host: string;
  readonly hostId: number;
  readonly path: string;
  readonly query: string;
  readonly status: number | undefined;
  /** Bits of `callFlag`. */
  readonly flags: number;
  readonly reqBytes: number | undefined;
  readonly chain: number | undefined;
  readonly principal: number | undefined;
  readonly credential: number | undefined;
  readonly endpoint: number | undefined;
  readonly template: string;
  readonly sensitivity: number;
  /** Kinds of data that answers of this endpoint hold. */
  readonly dataTypes: readonly string[];
}

interface Row {
  readonly id: number;
  readonly source_id: number;
  readonly time: number;
  readonly method: string | null;
  readonly host: string | null;
  readonly host_id: number | null;
  readonly path: string | null;
  readonly query: string | null;
  readonly status: number | null;
  readonly flags: number;
  readonly req_bytes: number | null;
  readonly chain_id: number | null;
  readonly principal_id: number | null;
  readonly credential_id: number | null;
  readonly endpoint_id: number | null;
  readonly template: string | null;
  readonly sensitivity: number | null;
  readonly data_types: string | null;
}

const SELECT = `SELECT c.id, c.source_id, c.time, m.value AS method, h.value AS host, c.host_id, c.path, c.query, c.status, c.flags, c.req_bytes,
    f.chain_id, f.principal_id, c.credential_id, f.endpoint_id, e.template, e.sensitivity, e.data_types
  FROM call c LEFT JOIN call_fact f ON f.call_id = c.id LEFT JOIN term m ON m.id = c.method_id LEFT JOIN term h ON h.id = c.host_id
  LEFT JOIN endpoint e ON e.id = f.endpoint_id JOIN source s ON s.id = c.source_id`;
const ORDER = 'ORDER BY c.time, s.name, c.record';

type Clock = ReturnType<typeof readCommonClock>;

function toCall(row: Row, clock: Clock): FlowCall {
  // Written by the endpoints pass.
  const types = row.data_types === null ? [] : (JSON.parse(row.data_types) as readonly { readonly type: string; readonly where: string }[]);
  return {
    id: row.id,
    time: clock(row.source_id, row.time),
    method: row.method ?? '',
    host: row.host ?? '',
    hostId: row.host_id ?? 0,
    path: row.path ?? '',
    query: row.query ?? '',
    status: row.status ?? undefined,
    flags: row.flags,
    reqBytes: row.req_bytes ?? undefined,
    chain: row.chain_id ?? undefined,
    principal: row.principal_id ?? undefined,
    credential: row.credential_id ?? undefined,
    endpoint: row.endpoint_id ?? undefined,
    template: row.template ?? row.path ?? '',
    sensitivity: row.sensitivity ?? 0,
    dataTypes: [...new Set(types.filter((type) => type.where.startsWith('response')).map((type) => type.type))],
  };
}

/** Calls to one host that are looked at: a host outside the estate that gets more is part of the daily work. */
export const MAX_CALLS = 50_000;

/** Calls on the common clock, in its order; those of one moment as they were read. */
function inOrder(db: SqlDriver, rows: readonly Row[]): readonly FlowCall[] {
  const clock = readCommonClock(db);
  return rows.map((row) => toCall(row, clock)).sort((a, b) => a.time - b.time);
}

/** Calls to one host that stand for themselves, in time order. */
export const callsToHost = (db: SqlDriver, hostId: number): readonly FlowCall[] =>
  inOrder(
    db,
    db
      .prepare(`${SELECT} WHERE c.host_id = ? AND c.time IS NOT NULL AND f.same_as IS NULL ${ORDER} LIMIT ${String(MAX_CALLS)}`)
      .all<Row>(hostId),
  );

/** Calls of one chain in time order. */
export const callsOfChain = (db: SqlDriver, chain: number): readonly FlowCall[] =>
  inOrder(db, db.prepare(`${SELECT} WHERE f.chain_id = ? AND c.time IS NOT NULL AND f.same_as IS NULL ${ORDER}`).all<Row>(chain));

/** Calls of one principal whose stamps lie within a stretch of time, in time order. Units: µs. */
export const callsOfPrincipal = (db: SqlDriver, principal: number, from: number, to: number): readonly FlowCall[] =>
  inOrder(
    db,
    db
      .prepare(`${SELECT} WHERE c.time BETWEEN ? AND ? AND f.principal_id = ? AND f.same_as IS NULL ${ORDER}`)
      .all<Row>(from, to, principal),
  );

/** Ids of all sightings of a call, its own first. */
export const sightingsOf = (db: SqlDriver, id: number): readonly number[] => [
  id,
  ...db
    .prepare('SELECT call_id FROM call_fact WHERE same_as = ? ORDER BY call_id')
    .all<{ call_id: number }>(id)
    .map((row) => row.call_id),
];

/** Kinds of data and how often each stands on one side of a call, over all its sightings: the fullest sighting counts. */
export function dataOn(db: SqlDriver, id: number, side: 'request' | 'response'): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const sighting of sightingsOf(db, id)) {
    const rows = db
      .prepare('SELECT type, sum(count) AS n FROM data_seen WHERE call_id = ? AND side = ? GROUP BY type')
      .all<{ type: string; n: number }>(sighting, side);
    const here = new Map<string, number>();
    for (const row of rows) {
      // What only looks like it is decided over all values of a field, not for one call.
      const { type, strength } = parseSign(row.type);
      if (strength === 'sure' || strength === 'inside') here.set(type, (here.get(type) ?? 0) + row.n);
    }
    for (const [type, n] of here) counts.set(type, Math.max(counts.get(type) ?? 0, n));
  }
  return counts;
}

/** True unless the answer is known to have kept back what was asked for. */
export const succeeded = (call: FlowCall): boolean => mayBeGiven(call);
