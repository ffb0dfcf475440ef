import type { CallRow } from '../../../../contract/rows.ts';
import type { TimeKind } from '../../../../model/call.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import { outcomeOf } from '../../call-answer.ts';
import { SHOWN_CREDENTIAL } from '../../credential-sql.ts';
import type { SqlDriver, SqlValue } from '../../driver.ts';
import { besidesReader, type Besides } from './call-besides.ts';
import { termReader } from '../terms.ts';

/** What a query compiles to: a condition over `c` (call) and `f` (call_fact), and its bound values. */
export interface CallFilter {
  readonly where: string;
  readonly params: readonly SqlValue[];
}

/** All calls that stand for themselves. */
export const everyCall: CallFilter = { where: 'f.same_as IS NULL', params: [] };

export type CallSortField = 'time' | 'status' | 'durationMs' | 'resBytes' | 'reqBytes' | 'method' | 'host' | 'path';
export interface CallSort {
  readonly field: CallSortField;
  readonly descending: boolean;
}

/** `FROM` clause that every filter of calls is written for. */
export const CALLS_FROM = 'FROM call c LEFT JOIN call_fact f ON f.call_id = c.id';

const SORT_COLUMNS: Readonly<Record<CallSortField, string>> = {
  time: 'c.time',
  status: 'c.status',
  durationMs: 'c.duration',
  resBytes: 'c.res_bytes',
  reqBytes: 'c.req_bytes',
  method: '(SELECT value FROM term WHERE id = c.method_id)',
  host: '(SELECT value FROM term WHERE id = c.host_id)',
  path: 'c.path',
};

/** As `call.time_kind` numbers them. */
export const TIME_KINDS: readonly TimeKind[] = ['start', 'end', 'unknown'];

interface Row {
  readonly id: number;
  readonly source_id: number;
  readonly record: number;
  readonly time: number | null;
  readonly time_kind: number;
  readonly duration: number | null;
  readonly method_id: number | null;
  readonly scheme_id: number | null;
  readonly host_id: number | null;
  readonly port: number | null;
  readonly path: string | null;
  readonly query: string | null;
  readonly status: number | null;
  readonly req_bytes: number | null;
  readonly res_bytes: number | null;
  readonly client_ip_id: number | null;
  readonly user_agent_id: number | null;
  readonly referer_id: number | null;
  readonly trace_id: string | null;
  readonly span_id: string | null;
  readonly parent_span_id: string | null;
  readonly request_id: string | null;
  readonly upstream_id: number | null;
  readonly route_id: number | null;
  readonly service_id: number | null;
  readonly tool_id: number | null;
  readonly content_type_id: number | null;
  readonly flags: number;
  readonly principal: string | null;
  readonly principal_label: string | null;
  readonly kind: CallRow['kind'] | null;
  readonly credential: string | null;
  readonly endpoint: string | null;
  readonly chain: string | null;
}

const SELECT_ROW = `SELECT c.*, p.key AS principal, p.label AS principal_label, p.kind AS kind, u.key AS credential, e.key AS endpoint, ch.key AS chain
  ${CALLS_FROM}
  LEFT JOIN principal p ON p.id = f.principal_id
  LEFT JOIN credential_use u ON u.credential_id = ${SHOWN_CREDENTIAL}
  LEFT JOIN endpoint e ON e.id = f.endpoint_id
  LEFT JOIN chain ch ON ch.id = f.chain_id`;

/** Leaves out the keys whose value is absent, as every export of ours does. */
type Loose<T> = { readonly [K in keyof T]: T[K] | undefined | null };
function dense<T extends object>(loose: Loose<T>): T {
  // Not by way of entries: thousands of rows are made for one chain.
  const kept: Partial<Loose<T>> = {};
  for (const key in loose) if (loose[key] !== undefined && loose[key] !== null) kept[key] = loose[key];
  return kept as T;
}

/** Names of sources and their formats by row id. */
export const sourceNames = (db: SqlDriver): ReadonlyMap<number, { readonly name: string; readonly format: string }> =>
  new Map(
    db
      .prepare('SELECT id, name, format FROM source')
      .all<{ id: number; name: string; format: string | null }>()
      .map((row) => [row.id, { name: row.name, format: row.format ?? 'unknown' }]),
  );

/** Calls of a long list that are read at once: some ms, so that other work comes between. */
const PIECE = 250;

/** Reads calls as rows of a list; keeps looked-up names, so make one per request. */
export function callReader(db: SqlDriver): {
  byId(id: number): CallRow | undefined;
  byIds(ids: readonly number[]): readonly CallRow[];
  byRef(ref: string): CallRow | undefined;
  idOf(ref: string): number | undefined;
  refOf(id: number): string | undefined;
  /**
   * In order of time, then by source and record; the first `most`. No statement stays open between two of them, so that who iterates may wait
   * meanwhile: SQLite refuses every write of a connection that is still reading. Cost: 8 bytes a call for the order.
   */
  iterate(filter: CallFilter, most?: number): Iterable<CallRow>;
} {
  const term = termReader(db);
  const sources = sourceNames(db);
  const idsByName = new Map([...sources].map(([id, source]) => [source.name, id]));
  const besides = besidesReader(db);
  const one = db.prepare(`${SELECT_ROW} WHERE c.id = ?`);
  const several = db.prepare(`${SELECT_ROW} WHERE c.id IN (SELECT value FROM json_each(?))`);

  const printRef = (sourceId: number, record: number): string => `${sources.get(sourceId)?.name ?? '?'}#${String(record)}`;

  const toRow = (row: Row, { sightings, findings }: Besides): CallRow => {
    const also = sightings.get(row.id)?.map((other) => printRef(other.source_id, other.record));
    const named = findings.get(row.id);
    return dense<CallRow>({
      ref: printRef(row.source_id, row.record),
      alsoSeenAs: also,
      time: row.time === null ? undefined : printTime(epochMicros(row.time)),
      timeKind: TIME_KINDS[row.time_kind] ?? 'unknown',
      durationMs: row.duration === null ? undefined : row.duration / 1000,
      method: term(row.method_id),
      scheme: term(row.scheme_id),
      host: term(row.host_id),
      port: row.port,
      path: row.path,
      query: row.query,
      endpoint: row.endpoint,
      status: row.status,
      outcome: outcomeOf(row),
      reqBytes: row.req_bytes,
      resBytes: row.res_bytes,
      clientIp: term(row.client_ip_id),
      userAgent: term(row.user_agent_id),
      referer: term(row.referer_id),
      principal: row.principal,
      principalLabel: row.principal_label,
      credential: row.credential,
      kind: row.kind,
      traceId: row.trace_id,
      spanId: row.span_id,
      parentSpanId: row.parent_span_id,
      requestId: row.request_id,
      upstream: term(row.upstream_id),
      route: term(row.route_id),
      service: term(row.service_id),
      tool: term(row.tool_id),
      contentType: term(row.content_type_id),
      chain: row.chain,
      format: sources.get(row.source_id)?.format ?? 'unknown',
      id: row.id,
      findings: named?.count ?? 0,
      findingSeverity: named?.worst,
    });
  };

  const byId = (id: number): CallRow | undefined => {
    const row = one.get<Row>(id);
    return row === undefined ? undefined : toRow(row, besides([id]));
  };
  const byIds = (ids: readonly number[]): readonly CallRow[] => {
    const about = besides(ids);
    const rows = new Map(several.all<Row>(JSON.stringify(ids)).map((row) => [row.id, toRow(row, about)]));
    return ids.flatMap((id) => rows.get(id) ?? []);
  };
  const idOf = (ref: string): number | undefined => {
    const hash = ref.lastIndexOf('#');
    const sourceId = idsByName.get(ref.slice(0, hash));
    const record = Number(ref.slice(hash + 1));
    if (sourceId === undefined || !Number.isSafeInteger(record)) return undefined;
    return db.prepare('SELECT id FROM call WHERE source_id = ? AND record = ?').get<{ id: number }>(sourceId, record)?.id;
  };
  return {
    byId,
    byIds,
    idOf,
    byRef(ref) {
      const id = idOf(ref);
      return id === undefined ? undefined : byId(id);
    },
    refOf(id) {
      const row = db.prepare('SELECT source_id, record FROM call WHERE id = ?').get<{ source_id: number; record: number }>(id);
      return row === undefined ? undefined : printRef(row.source_id, row.record);
    },
    *iterate(filter, most) {
      const ids = idsInOrder(db, filter, most);
      for (let at = 0; at < ids.length; at += PIECE) yield* byIds(ids.slice(at, at + PIECE));
    },
  };
}

/** Not by row id: that is the order of the imports, and the same evidence has to give the same list. */
function idsInOrder(db: SqlDriver, { where, params }: CallFilter, most = Infinity): readonly number[] {
  const ids: number[] = [];
  for (const timed of [true, false]) {
    const left = most - ids.length;
    if (left <= 0) break;
    const order = `${timed ? 'c.time, ' : ''}(SELECT name FROM source WHERE id = c.source_id), c.record`;
    const sql = `SELECT c.id AS id ${CALLS_FROM} WHERE c.time IS ${timed ? 'NOT NULL' : 'NULL'} AND (${where}) ORDER BY ${order} LIMIT ?`;
    for (const { id } of db.prepare(sql).iterate<{ id: number }>(...params, left === Infinity ? -1 : left)) ids.push(id);
  }
  return ids;
}

/** How many calls a filter matches. */
export const countCalls = (db: SqlDriver, filter: CallFilter): number =>
  db.prepare(`SELECT count(*) AS n ${CALLS_FROM} WHERE ${filter.where}`).get<{ n: number }>(...filter.params)?.n ?? 0;

/**
 * Ids of the calls that a filter matches, sorted; those without the sort value come last, whichever the direction.
 * Cost: with `limit`, an index walk for time; a full sort for other fields.
 */
export function callIds(db: SqlDriver, filter: CallFilter, sort: CallSort, limit?: number): readonly number[] {
  const column = SORT_COLUMNS[sort.field];
  const direction = sort.descending ? 'DESC' : 'ASC';
  const ids: number[] = [];
  for (const known of [true, false]) {
    if (limit !== undefined && ids.length >= limit) break;
    const order = known ? `${column} ${direction}, c.id ${direction}` : `c.id ${direction}`;
    const sql = `SELECT c.id AS id ${CALLS_FROM} WHERE ${column} IS ${known ? 'NOT NULL' : 'NULL'} AND (${filter.where}) ORDER BY ${order} LIMIT ?`;
    for (const row of db.prepare(sql).iterate<{ id: number }>(...filter.params, limit === undefined ? -1 : limit - ids.length))
      ids.push(row.id);
  }
  return ids;
}
