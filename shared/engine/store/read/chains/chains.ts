import type { EdgeJson, EdgeKind, Family, Severity } from '../../../../contract/report-json.ts';
import type { ChainDetail, ChainRow, EdgeDetail, EdgeEnd, Page } from '../../../../contract/rows.ts';
import type { ChainMark } from '../../../../model/chain-mark.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { CodecPort } from '../../../ports.ts';
import type { SqlDriver, SqlValue } from '../../driver.ts';
import type { CallQuery, CallSearch } from '../../columns/call-search.ts';
import { countIds } from '../../columns/count-values.ts';
import { callReader, CALLS_FROM } from '../calls/calls.ts';
import { getDetail } from '../calls/details.ts';
import { CHAIN_CALLS_FROM, clockOf, OF_CHAIN } from './common-order.ts';
import { markFields } from './edge-fields.ts';
import { markPlace } from './edge-text.ts';

/** Most edges drawn for one chain; a chain of more is shown as a list. */
export const MAX_EDGES = 20_000;

/** A chain's row with what its parts are called. */
interface ChainRecord {
  readonly id: number;
  readonly key: string;
  readonly principal: string | null;
  readonly root_source: string;
  readonly root_record: number;
  readonly title: string;
  readonly signature: string;
  readonly depth: number;
  readonly calls: number;
  readonly failed: number;
  readonly hops: number;
  readonly start: number | null;
  readonly end: number | null;
  readonly edge_counts: string;
  readonly hosts: string;
}

/** An edge's row. */
export interface EdgeRecord {
  readonly from_call: number;
  readonly to_call: number;
  readonly kind: EdgeKind;
  readonly kinds: string;
  readonly confidence: number;
  readonly why: string;
  readonly from_at: string | null;
  readonly to_at: string | null;
}

/** What `ChainRecord` holds; a condition on `ch` follows. */
const SELECT_CHAIN = `SELECT ch.id, ch.key, p.key AS principal, rs.name AS root_source, rc.record AS root_record, ch.title, ch.signature, ch.depth, ch.calls,
    ch.failed - coalesce(ho.failed, 0) AS failed, coalesce(ho.calls, 0) AS hops, ch.start, ch.end, ch.edge_counts, ch.hosts
  FROM chain ch LEFT JOIN principal p ON p.id = ch.principal_id JOIN call rc ON rc.id = ch.root_call_id JOIN source rs ON rs.id = rc.source_id
    LEFT JOIN chain_hops ho ON ho.chain_id = ch.id`;
/** Findings of a chain through their evidence, most urgent first. */
const SELECT_FINDINGS = `SELECT DISTINCT f.key, f.family, f.severity, f.rank FROM call_fact cf JOIN finding_call fc ON fc.call_id = cf.call_id JOIN finding f ON f.id = fc.finding_id
  WHERE cf.chain_id = ? ORDER BY f.rank`;
/** What `EdgeRecord` holds. */
export const EDGE_COLUMNS = 'from_call, to_call, kind, kinds, confidence, why, from_at, to_at';
/** The edges that are drawn of a chain. */
export const SELECT_EDGES = `SELECT ${EDGE_COLUMNS} FROM edge WHERE chain_id = ? ORDER BY id LIMIT ${String(MAX_EDGES)}`;

// The tables are written by our own passes only, so their JSON columns need no second check.
export const parseKinds = (text: string): readonly EdgeKind[] => JSON.parse(text) as readonly EdgeKind[];
const parseCounts = (text: string): Readonly<Record<string, number>> => JSON.parse(text) as Readonly<Record<string, number>>;
const parseHosts = (text: string): readonly string[] => JSON.parse(text) as readonly string[];

/** A time of a column as it is printed. */
export const timeText = (time: number): string => printTime(epochMicros(time));

/** References of calls by row id, kept over one read. */
export function refReader(db: SqlDriver): (id: number) => string {
  const select = db.prepare('SELECT s.name, c.record FROM call c JOIN source s ON s.id = c.source_id WHERE c.id = ?');
  const known = new Map<number, string>();
  return (id) => {
    let ref = known.get(id);
    if (ref === undefined) {
      const row = select.get<{ name: string; record: number }>(id);
      ref = `${row?.name ?? '?'}#${String(row?.record ?? 0)}`;
      // One chain's calls at a time are enough to keep.
      if (known.size > 50_000) known.clear();
      known.set(id, ref);
    }
    return ref;
  };
}

/** An edge row as reports spell it. */
export const toEdge = (row: EdgeRecord, refOf: (id: number) => string): EdgeJson => ({
  from: refOf(row.from_call),
  to: refOf(row.to_call),
  kind: row.kind,
  kinds: parseKinds(row.kinds),
  ...(row.from_at === null ? {} : { fromAt: row.from_at }),
  ...(row.to_at === null ? {} : { toAt: row.to_at }),
  confidence: row.confidence,
  why: row.why,
});

/** The call that most others follow from. */
const rootOf = (row: ChainRecord): string => `${row.root_source}#${String(row.root_record)}`;

/** A chain as a row of the list, with the findings that its calls are evidence for. */
function toChainRow(db: SqlDriver, row: ChainRecord): ChainRow {
  const findings = db.prepare(SELECT_FINDINGS).all<{ key: string; family: Family; severity: Severity }>(row.id);
  // Hygiene marks many chains alike; only what happened makes one more urgent than another.
  const worst = findings.find((finding) => finding.family === 'incident')?.severity;
  return {
    id: row.key,
    root: rootOf(row),
    ...(row.principal === null ? {} : { principal: row.principal }),
    title: row.title,
    signature: row.signature,
    depth: row.depth,
    ...(row.start === null ? {} : { start: timeText(row.start) }),
    ...(row.end === null ? {} : { end: timeText(row.end) }),
    callCount: row.calls,
    hops: row.hops,
    edgeCounts: parseCounts(row.edge_counts),
    hosts: parseHosts(row.hosts),
    ...(worst === undefined ? {} : { severity: worst }),
    findings: findings.map((finding) => finding.key),
    failed: row.failed,
  };
}

/** One chain's row by its key, or `undefined`. */
export function chainRow(db: SqlDriver, key: string): ChainRow | undefined {
  const row = db.prepare(`${SELECT_CHAIN} WHERE ch.key = ?`).get<ChainRecord>(key);
  return row === undefined ? undefined : toChainRow(db, row);
}

/** What a page of chains is asked for. */
export interface ChainsRequest {
  readonly from: number;
  readonly count: number;
  /** A query for the row ids of the chains that are meant; all when absent. */
  readonly among?: CompiledSelect | undefined;
  /** The key of a chain whose shape the chains have; any when absent. */
  readonly like?: string | undefined;
  /** Only chains with this mark; any when absent. */
  readonly only?: ChainMark | undefined;
}

/** Chains with a mark. `urgent` holds those with a call that is evidence of an incident. */
const MARKED: Readonly<Record<ChainMark, string>> = { failed: 'ch.failed > 0', incident: 'u.chain_id IS NOT NULL' };

/** A query that gives row ids, with its bound values. */
export interface CompiledSelect {
  readonly select: string;
  readonly params: readonly SqlValue[];
}

/** The chains of the calls that fit a query. Cost: one pass over columns in memory, a walk of SQLite's beyond it. */
export async function chainsOf(search: CallSearch, query: CallQuery, breathe: () => Promise<void>): Promise<CompiledSelect> {
  const found = await search.find(query, breathe);
  if (found === undefined) {
    const { where, params } = query.filter;
    return { select: `SELECT DISTINCT f.chain_id ${CALLS_FROM} WHERE f.chain_id IS NOT NULL AND (${where})`, params };
  }
  const { byKey } = await countIds(found.columns, 'f.chain_id', found.mask);
  return { select: 'SELECT value FROM json_each(?)', params: [JSON.stringify([...byKey.keys()])] };
}

/** Chains with a call that is evidence of an incident, by the rank of the most urgent one. */
const URGENT = `WITH urgent (chain_id, rank) AS MATERIALIZED
  (SELECT cf.chain_id, min(f.rank) FROM finding f JOIN finding_call fc ON fc.finding_id = f.id JOIN call_fact cf ON cf.call_id = fc.call_id
   WHERE cf.chain_id IS NOT NULL AND f.family = 'incident' GROUP BY cf.chain_id)`;

/** A page of chains: those of incident findings first, most urgent first, then the largest. */
export function listChains(db: SqlDriver, { from, count, among, like, only }: ChainsRequest): Page<ChainRow> {
  const conditions = [
    ...(among === undefined ? [] : [`ch.id IN (${among.select})`]),
    ...(like === undefined ? [] : ['ch.signature = (SELECT signature FROM chain WHERE key = ?)']),
    ...(only === undefined ? [] : [MARKED[only]]),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const params: readonly SqlValue[] = [...(among?.params ?? []), ...(like === undefined ? [] : [like])];
  const total =
    db
      .prepare(`${URGENT} SELECT count(*) AS n FROM chain ch LEFT JOIN urgent u ON u.chain_id = ch.id ${where}`)
      .get<{ n: number }>(...params)?.n ?? 0;
  const rows = db
    .prepare(
      `${URGENT} ${SELECT_CHAIN} LEFT JOIN urgent u ON u.chain_id = ch.id ${where}
       ORDER BY u.rank IS NULL, u.rank, ch.calls DESC, ch.start IS NULL, ch.start, ch.id LIMIT ? OFFSET ?`,
    )
    .all<ChainRecord>(...params, count, from);
  return { rows: rows.map((row) => toChainRow(db, row)), from, total };
}

/** Calls of one chain in time order on the common clock, as row ids with their clocks. */
const clocksOfCalls = (db: SqlDriver, chainId: number, limit: number): ReadonlyMap<number, number | null> =>
  new Map(
    db
      .prepare(`SELECT c.id, k.ahead ${CHAIN_CALLS_FROM} ${OF_CHAIN} LIMIT ?`)
      .all<{ id: number; ahead: number | null }>(chainId, limit)
      .map(({ id, ahead }) => [id, ahead]),
  );

/** A chain with its first `limit` calls and the edges among them; `undefined` when there is none with this key. */
export function getChain(db: SqlDriver, key: string, limit: number): ChainDetail | undefined {
  const row = db.prepare(`${SELECT_CHAIN} WHERE ch.key = ?`).get<ChainRecord>(key);
  if (row === undefined) return undefined;
  const clocks = clocksOfCalls(db, row.id, limit);
  const calls = callReader(db)
    .byIds([...clocks.keys()])
    .map((call) => ({ ...call, ...clockOf(clocks.get(call.id)) }));
  const refs = new Map(calls.map((call) => [call.id, call.ref]));
  const edges = db
    .prepare(SELECT_EDGES)
    .all<EdgeRecord>(row.id)
    .filter((edge) => refs.has(edge.from_call) && refs.has(edge.to_call));
  return {
    chain: toChainRow(db, row),
    calls,
    // Both ends are among the calls.
    edges: edges.map((edge) => toEdge(edge, (id) => refs.get(id) ?? '')),
    truncated: clocks.size < row.calls,
  };
}

/** Edges into and out of one call, by row id; those between two chains too. */
export function listEdgesOf(db: SqlDriver, callId: number): readonly EdgeJson[] {
  const refOf = refReader(db);
  return db
    .prepare(`SELECT ${EDGE_COLUMNS} FROM edge WHERE from_call = ? OR to_call = ? ORDER BY id`)
    .all<EdgeRecord>(callId, callId)
    .map((row) => toEdge(row, refOf));
}

/** One end of an edge: its call, where it stands, and the masked text with the proving value marked. */
function edgeEnd(db: SqlDriver, codec: CodecPort, id: number, place: string | undefined): EdgeEnd | undefined {
  const call = callReader(db).byId(id);
  if (call === undefined) return undefined;
  const sightings = [
    id,
    ...db
      .prepare('SELECT call_id FROM call_fact WHERE same_as = ? ORDER BY call_id')
      .all<{ call_id: number }>(id)
      .map((row) => row.call_id),
  ];
  const template = db
    .prepare('SELECT e.template FROM call_fact f JOIN endpoint e ON e.id = f.endpoint_id WHERE f.call_id = ?')
    .get<{ template: string }>(id)?.template;
  const line = { method: call.method ?? '', host: call.host ?? '', path: call.path ?? '', query: call.query ?? '' };
  // What proves the edge may stand in another sighting of the call: then that record is shown.
  const texts = sightings.map((sighting) => ({ sighting, ...markPlace([getDetail(db, codec, sighting)], line, template, place) }));
  const { sighting: shown = id, ...marked } = texts.find(({ marks }) => marks.length > 0) ?? texts[0] ?? { text: '', marks: [] };
  const row = db
    .prepare(
      `SELECT s.name, s.sha256, c.record, c.byte_start, c.byte_length, k.name AS container
       FROM call c JOIN source s ON s.id = c.source_id LEFT JOIN container k ON k.id = s.container_id WHERE c.id = ?`,
    )
    .get<{ name: string; sha256: string; record: number; byte_start: number; byte_length: number; container: string | null }>(shown);
  if (row === undefined) return undefined;
  const provenance = {
    source: row.name,
    sourceSha256: row.sha256,
    record: row.record,
    byteStart: row.byte_start,
    byteLength: row.byte_length,
    ...(row.container === null ? {} : { container: row.container }),
  };
  return { call, provenance, ...marked, ...(place === undefined ? {} : { pointer: place }) };
}

/** An edge with both masked records, the proving values marked; `undefined` when no edge joins the two. */
export function getEdge(db: SqlDriver, codec: CodecPort, fromRef: string, toRef: string): EdgeDetail | undefined {
  const reader = callReader(db);
  const standing = (ref: string): number | undefined => {
    const id = reader.idOf(ref);
    if (id === undefined) return undefined;
    return db.prepare('SELECT same_as FROM call_fact WHERE call_id = ?').get<{ same_as: number | null }>(id)?.same_as ?? id;
  };
  const from = standing(fromRef);
  const to = standing(toRef);
  if (from === undefined || to === undefined) return undefined;
  const row = db.prepare(`SELECT ${EDGE_COLUMNS} FROM edge WHERE from_call = ? AND to_call = ?`).get<EdgeRecord>(from, to);
  if (row === undefined) return undefined;
  const cause = edgeEnd(db, codec, from, row.from_at ?? undefined);
  const effect = edgeEnd(db, codec, to, row.to_at ?? undefined);
  if (cause === undefined || effect === undefined) return undefined;
  const edge = toEdge(row, refReader(db));
  const withFields = (end: EdgeEnd, side: 'cause' | 'effect'): EdgeEnd =>
    end.pointer === undefined ? { ...end, ...markFields(edge.kind, cause.call, effect.call, side) } : end;
  return { edge, from: withFields(cause, 'cause'), to: withFields(effect, 'effect') };
}
