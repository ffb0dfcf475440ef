import type { SqlDriver, SqlValue } from '../../driver.ts';

/** `time_kind` of a call whose stamp is that of its end. */
const STAMPS_END = 1;

/** A record as far as the comparison of two sides needs it. Ids are row ids of terms and credentials; times are as stamped, in µs. */
export interface SideCall {
  readonly id: number;
  readonly source: number;
  readonly record: number;
  /** Row id of the call that stands for it; its own where it stands for itself. */
  readonly standing: number;
  readonly start: number | undefined;
  /** Equal to `start` where the record has no duration. */
  readonly end: number | undefined;
  readonly hasDuration: boolean;
  readonly stampsEnd: boolean;
  readonly method: number | undefined;
  readonly host: number | undefined;
  readonly path: string;
  readonly query: string;
  readonly status: number | undefined;
  readonly resBytes: number | undefined;
  readonly credential: number | undefined;
  readonly consumer: number | undefined;
  readonly clientIp: number | undefined;
  readonly userAgent: number | undefined;
  readonly trace: string | undefined;
  readonly request: string | undefined;
  readonly endpoint: number | undefined;
  readonly principal: number | undefined;
}

interface Row {
  readonly id: number;
  readonly source_id: number;
  readonly record: number;
  readonly same_as: number | null;
  readonly time: number | null;
  readonly time_kind: number;
  readonly duration: number | null;
  readonly method_id: number | null;
  readonly host_id: number | null;
  readonly path: string | null;
  readonly query: string | null;
  readonly status: number | null;
  readonly res_bytes: number | null;
  readonly credential_id: number | null;
  readonly consumer_id: number | null;
  readonly client_ip_id: number | null;
  readonly user_agent_id: number | null;
  readonly trace_id: string | null;
  readonly request_id: string | null;
  readonly endpoint_id: number | null;
  readonly principal_id: number | null;
}

const SELECT = `SELECT c.id, c.source_id, c.record, f.same_as, c.time, c.time_kind, c.duration, c.method_id, c.host_id, c.path, c.query, c.status, c.res_bytes, c.credential_id,
  c.consumer_id, c.client_ip_id, c.user_agent_id, c.trace_id, c.request_id, f.endpoint_id, f.principal_id FROM call c LEFT JOIN call_fact f ON f.call_id = c.id`;

function toSideCall(row: Row): SideCall {
  const time = row.time ?? undefined;
  const duration = row.duration ?? 0;
  const stampsEnd = row.time_kind === STAMPS_END;
  return {
    id: row.id,
    source: row.source_id,
    record: row.record,
    standing: row.same_as ?? row.id,
    start: time === undefined ? undefined : stampsEnd ? time - duration : time,
    end: time === undefined ? undefined : stampsEnd ? time : time + duration,
    hasDuration: row.duration !== null,
    stampsEnd,
    method: row.method_id ?? undefined,
    host: row.host_id ?? undefined,
    path: row.path ?? '',
    query: row.query ?? '',
    status: row.status ?? undefined,
    resBytes: row.res_bytes ?? undefined,
    credential: row.credential_id ?? undefined,
    consumer: row.consumer_id ?? undefined,
    clientIp: row.client_ip_id ?? undefined,
    userAgent: row.user_agent_id ?? undefined,
    trace: row.trace_id ?? undefined,
    request: row.request_id ?? undefined,
    endpoint: row.endpoint_id ?? undefined,
    principal: row.principal_id ?? undefined,
  };
}

/** Records that fit a condition on `c` (call) and `f` (its facts), in the order that it asks for. Make one a question. */
export const sideCallReader = (db: SqlDriver, condition: string): ((...params: SqlValue[]) => readonly SideCall[]) => {
  const select = db.prepare(`${SELECT} ${condition}`);
  return (...params) => select.all<Row & Record<string, SqlValue>>(...params).map(toSideCall);
};
