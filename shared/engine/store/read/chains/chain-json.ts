import type { ChainJson, EdgeJson } from '../../../../contract/report-json.ts';
import type { SqlDriver } from '../../driver.ts';
import { loadAtOnce, type LoadedColumns } from '../../columns/load-columns.ts';
import { CHAIN_COLUMNS, callsByChain } from './calls-by-chain.ts';
import { CHAIN_CALLS_FROM, OF_CHAIN } from './common-order.ts';
import { EDGE_COLUMNS, type EdgeRecord, refReader, timeText, toEdge } from './chains.ts';

/** Chains that are read at a time. */
const PAGE = 500;

/** Without order-only edges, as reports print chains unless asked otherwise. */
export interface IterateOptions {
  readonly adjacent: boolean;
}

/** What of a chain's row is printed. */
interface PrintedRow {
  readonly id: number;
  readonly key: string;
  readonly principal: string | null;
  readonly root: number;
  readonly signature: string;
  readonly depth: number;
  readonly start: number | null;
  readonly end: number | null;
}

/** What `PrintedRow` holds; a condition on `ch` follows. */
const SELECT_PRINTED = `SELECT ch.id, ch.key, p.key AS principal, ch.root_call_id AS root, ch.signature, ch.depth, ch.start, ch.end
  FROM chain ch LEFT JOIN principal p ON p.id = ch.principal_id`;

/** Edges of the chains with row ids in a range, by chain. */
function edgesOfChains(
  db: SqlDriver,
  first: number,
  last: number,
  { adjacent }: IterateOptions,
): ReadonlyMap<number, readonly EdgeRecord[]> {
  const byChain = new Map<number, EdgeRecord[]>();
  const rows = db
    .prepare(
      `SELECT chain_id, ${EDGE_COLUMNS} FROM edge WHERE chain_id BETWEEN ? AND ?${adjacent ? '' : " AND kind <> 'adjacent'"} ORDER BY id`,
    )
    .all<EdgeRecord & { chain_id: number }>(first, last);
  for (const row of rows) {
    const own = byChain.get(row.chain_id);
    if (own === undefined) byChain.set(row.chain_id, [row]);
    else own.push(row);
  }
  return byChain;
}

const toChainJson = (
  row: PrintedRow,
  calls: readonly string[],
  edges: readonly EdgeRecord[],
  refOf: (call: number) => string,
): ChainJson => ({
  id: row.key,
  ...(row.principal === null ? {} : { principal: row.principal }),
  root: refOf(row.root),
  signature: row.signature,
  depth: row.depth,
  ...(row.start === null ? {} : { start: timeText(row.start) }),
  ...(row.end === null ? {} : { end: timeText(row.end) }),
  calls,
  edges: edges.map((edge): EdgeJson => toEdge(edge, refOf)),
});

/**
 * All chains in report order (by their first call), some hundred in memory at a time.
 * Shape:  `columns` gives those of `CHAIN_COLUMNS`, read when the first chain is asked for.
 * Cost:   some 25 bytes a call of the case. Joined by SQLite, calls of a chain are looked up one by one all over the table, which took five times as long.
 */
export function* iterateChains(
  db: SqlDriver,
  options: IterateOptions = { adjacent: false },
  columns: () => LoadedColumns = () => loadAtOnce(db, CHAIN_COLUMNS),
): Generator<ChainJson> {
  const page = db.prepare(`${SELECT_PRINTED} WHERE ch.id > ? ORDER BY ch.id LIMIT ${String(PAGE)}`);
  let rows = page.all<PrintedRow>(0);
  if (rows.length === 0) return;
  const calls = callsByChain(db, columns());
  for (let last = rows.at(-1); last !== undefined; last = rows.at(-1)) {
    const first = rows[0]?.id ?? 0;
    const own = calls.inRange(first, last.id);
    const edges = edgesOfChains(db, first, last.id, options);
    for (const row of rows) yield toChainJson(row, own.get(row.id) ?? [], edges.get(row.id) ?? [], calls.refOf);
    rows = page.all<PrintedRow>(last.id);
  }
}

/** One chain as reports print it, or `undefined`. */
export function getChainJson(db: SqlDriver, key: string, options: IterateOptions = { adjacent: false }): ChainJson | undefined {
  const row = db.prepare(`${SELECT_PRINTED} WHERE ch.key = ?`).get<PrintedRow>(key);
  if (row === undefined) return undefined;
  const refOf = refReader(db);
  const calls = db
    .prepare(`SELECT c.id ${CHAIN_CALLS_FROM} ${OF_CHAIN}`)
    .all<{ id: number }>(row.id)
    .map(({ id }) => refOf(id));
  return toChainJson(row, calls, edgesOfChains(db, row.id, row.id, options).get(row.id) ?? [], refOf);
}
