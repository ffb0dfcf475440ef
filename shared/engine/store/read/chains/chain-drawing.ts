import { CALL_KEYS, EDGE_KEYS, type DrawnCall, type PackedChain } from '../../../../contract/chain-drawing.ts';
import type { EdgeKind, PrincipalKind } from '../../../../contract/report-json.ts';
import type { UsualTime } from '../../../../model/usual-time.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import { outcomeOf } from '../../call-answer.ts';
import type { SqlDriver } from '../../driver.ts';
import { besidesReader } from '../calls/call-besides.ts';
import { packRows, type PackedRows } from '../../../../lib/columns.ts';
import { sourceNames, TIME_KINDS } from '../calls/calls.ts';
import { chainRow, parseKinds, SELECT_EDGES, type EdgeRecord } from './chains.ts';
import { CHAIN_CALLS_FROM, clockOf, OF_CHAIN } from './common-order.ts';
import { termReader } from '../terms.ts';

interface Row {
  readonly id: number;
  readonly source_id: number;
  readonly record: number;
  readonly time: number | null;
  readonly time_kind: number;
  readonly duration: number | null;
  readonly method_id: number | null;
  readonly host_id: number | null;
  readonly path: string | null;
  readonly query: string | null;
  readonly status: number | null;
  readonly flags: number;
  readonly upstream_id: number | null;
  readonly service_id: number | null;
  readonly tool_id: number | null;
  readonly principal_id: number | null;
  readonly endpoint_id: number | null;
  readonly ahead: number | null;
}

const SELECT_CALLS = `SELECT c.id, c.source_id, c.record, c.time, c.time_kind, c.duration, c.method_id, c.host_id, c.path, c.query, c.status, c.flags, c.upstream_id,
    c.service_id, c.tool_id, f.principal_id, f.endpoint_id, k.ahead
  ${CHAIN_CALLS_FROM} ${OF_CHAIN} LIMIT ?`;

/** A row of another table by its id, looked up once: a chain has few callers and endpoints. */
function rowReader<Found extends object>(db: SqlDriver, sql: string): (id: number | null) => Found | undefined {
  const known = new Map<number, Found | undefined>();
  const select = db.prepare(sql);
  return (id) => {
    if (id === null) return undefined;
    if (!known.has(id)) known.set(id, select.get<Found>(id));
    return known.get(id);
  };
}

type DrawnCells = { readonly [Key in keyof DrawnCall]?: DrawnCall[Key] | undefined };

/** What a screen draws of the calls of one chain. */
function readCells(db: SqlDriver, rows: readonly Row[], nameOf: (sourceId: number) => string): readonly DrawnCells[] {
  const term = termReader(db);
  const principalOf = rowReader<{ key: string; label: string; kind: PrincipalKind }>(
    db,
    'SELECT key, label, kind FROM principal WHERE id = ?',
  );
  const endpointOf = rowReader<{ key: string }>(db, 'SELECT key FROM endpoint WHERE id = ?');
  const { sightings, findings } = besidesReader(db)(rows.map(({ id }) => id));
  return rows.map((row) => {
    const principal = principalOf(row.principal_id);
    const named = findings.get(row.id);
    return {
      alsoSeenAs: sightings.get(row.id)?.map((other) => `${nameOf(other.source_id)}#${String(other.record)}`),
      time: row.time === null ? undefined : printTime(epochMicros(row.time)),
      ...clockOf(row.ahead),
      timeKind: TIME_KINDS[row.time_kind] ?? 'unknown',
      durationMs: row.duration === null ? undefined : row.duration / 1000,
      method: term(row.method_id),
      host: term(row.host_id),
      path: row.path ?? undefined,
      query: row.query ?? undefined,
      endpoint: endpointOf(row.endpoint_id)?.key,
      status: row.status ?? undefined,
      principal: principal?.key,
      principalLabel: principal?.label,
      kind: principal?.kind,
      upstream: term(row.upstream_id),
      service: term(row.service_id),
      tool: term(row.tool_id),
      findings: named?.count ?? 0,
      findingSeverity: named?.worst,
      outcome: outcomeOf(row),
    };
  });
}

/** How long the endpoints of those calls took in the whole case. */
function readUsual(db: SqlDriver, rows: readonly Row[]): readonly UsualTime[] {
  const one = rowReader<UsualTime>(
    db,
    `SELECT e.key AS endpoint, s.timed, s.duration_p50 / 1000.0 AS medianMs, s.duration_p90 / 1000.0 AS p90Ms
       FROM endpoint_summary s JOIN endpoint e ON e.id = s.endpoint_id WHERE s.endpoint_id = ? AND s.duration_p90 IS NOT NULL`,
  );
  return [...new Set(rows.map(({ endpoint_id: id }) => id))].flatMap((id) => one(id) ?? []);
}

/** The edges among those calls, their ends as places among them. */
function packEdges(db: SqlDriver, chainId: number, rows: readonly Row[]): PackedRows {
  const places = new Map(rows.map(({ id }, place) => [id, place]));
  const kinds = new Map<string, readonly EdgeKind[]>();
  const kindsOf = (text: string): readonly EdgeKind[] => {
    const known = kinds.get(text) ?? parseKinds(text);
    kinds.set(text, known);
    return known;
  };
  const edges = db
    .prepare(SELECT_EDGES)
    .all<EdgeRecord>(chainId)
    .flatMap((edge) => {
      const [from, to] = [places.get(edge.from_call), places.get(edge.to_call)];
      if (from === undefined || to === undefined) return [];
      const { kind, confidence, why, from_at: fromAt, to_at: toAt } = edge;
      return [{ from, to, kind, kinds: kindsOf(edge.kinds), confidence, why, fromAt: fromAt ?? undefined, toAt: toAt ?? undefined }];
    });
  return packRows(edges, ['from', 'to', ...EDGE_KEYS]);
}

/**
 * What the screen of a chain draws: its first `limit` calls and the edges among them; `undefined` when there is none with this key.
 * Cost: half of `getChain` here, an eighth of its text on the way.
 */
export function drawChain(db: SqlDriver, key: string, limit: number): PackedChain | undefined {
  const chain = chainRow(db, key);
  const id = db.prepare('SELECT id FROM chain WHERE key = ?').get<{ id: number }>(key)?.id;
  if (chain === undefined || id === undefined) return undefined;
  const rows = db.prepare(SELECT_CALLS).all<Row>(id, limit);
  const sources = sourceNames(db);
  const nameOf = (sourceId: number): string => sources.get(sourceId)?.name ?? '?';
  return {
    chain,
    refs: packRows(
      rows.map(({ source_id: source, record }) => ({ source: nameOf(source), record })),
      ['source', 'record'],
    ),
    calls: packRows(readCells(db, rows, nameOf), CALL_KEYS),
    edges: packEdges(db, id, rows),
    usual: readUsual(db, rows),
    truncated: rows.length < chain.callCount,
  };
}
