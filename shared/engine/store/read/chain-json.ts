import type { ChainJson, EdgeJson } from '../../../contract/report-json.ts';
import type { SqlDriver } from '../driver.ts';
import {
  type ChainRecord, EDGE_COLUMNS, type EdgeRecord, refReader, rootOf, SELECT_CHAIN, timeText, toEdge,
} from './chains.ts'; // prettier-ignore

/** Chains that are read at a time: a question a chain was most of the time of a report of many small ones. */
const PAGE = 500;

/** Without order-only edges, as reports print chains unless asked otherwise. */
export interface IterateOptions {
  readonly adjacent: boolean;
}

/** The calls of some chains. */
interface CallsOfChains {
  /** References of a chain's calls in time order, by the chain's row id. */
  readonly byChain: ReadonlyMap<number, readonly string[]>;
  /** References by row ids of calls. */
  readonly refs: ReadonlyMap<number, string>;
}

/** Calls of the chains with row ids in a range. */
function callsOfChains(db: SqlDriver, first: number, last: number): CallsOfChains {
  const names = new Map(
    db
      .prepare('SELECT id, name FROM source')
      .all<{ id: number; name: string }>()
      .map(({ id, name }) => [id, name]),
  );
  const rows = db
    .prepare(
      // The order of the tables is ours: left to itself, SQLite walks all calls for each page of chains.
      `SELECT f.chain_id AS chain, json_group_array(json_array(c.id, c.source_id, c.record) ORDER BY
         c.time IS NULL, c.time, (SELECT s.name FROM source s WHERE s.id = c.source_id), c.record) AS calls
       FROM call_fact f CROSS JOIN call c ON c.id = f.call_id
       WHERE f.chain_id BETWEEN ? AND ? AND f.same_as IS NULL GROUP BY f.chain_id`,
    )
    .all<{ chain: number; calls: string }>(first, last);
  const byChain = new Map<number, readonly string[]>();
  const refs = new Map<number, string>();
  for (const { chain, calls } of rows) {
    // SQLite wrote these numbers a moment ago.
    const own = (JSON.parse(calls) as readonly (readonly [number, number, number])[]).map(([id, source, record]) => {
      const ref = `${names.get(source) ?? '?'}#${String(record)}`;
      refs.set(id, ref);
      return ref;
    });
    byChain.set(chain, own);
  }
  return { byChain, refs };
}

/** Edges of the chains with row ids in a range, by chain. */
function edgesOfChains(db: SqlDriver, first: number, last: number): ReadonlyMap<number, readonly EdgeRecord[]> {
  const byChain = new Map<number, EdgeRecord[]>();
  const rows = db
    .prepare(`SELECT chain_id, ${EDGE_COLUMNS} FROM edge WHERE chain_id BETWEEN ? AND ? ORDER BY id`)
    .all<EdgeRecord & { chain_id: number }>(first, last);
  for (const row of rows) {
    const own = byChain.get(row.chain_id);
    if (own === undefined) byChain.set(row.chain_id, [row]);
    else own.push(row);
  }
  return byChain;
}

/** Chains as reports print them. Shape: `rows` are all chains with row ids between those of the first and the last. */
function* toChainJson(db: SqlDriver, rows: readonly ChainRecord[], { adjacent }: IterateOptions): Generator<ChainJson> {
  const [first, last] = [rows[0]?.id ?? 0, rows.at(-1)?.id ?? 0];
  const { byChain, refs } = callsOfChains(db, first, last);
  const edges = edgesOfChains(db, first, last);
  const other = refReader(db);
  const refOf = (id: number): string => refs.get(id) ?? other(id);
  for (const row of rows) {
    const own = (edges.get(row.id) ?? []).filter((edge) => adjacent || edge.kind !== 'adjacent');
    yield {
      id: row.key,
      ...(row.principal === null ? {} : { principal: row.principal }),
      root: rootOf(row),
      signature: row.signature,
      depth: row.depth,
      ...(row.start === null ? {} : { start: timeText(row.start) }),
      ...(row.end === null ? {} : { end: timeText(row.end) }),
      calls: byChain.get(row.id) ?? [],
      edges: own.map((edge): EdgeJson => toEdge(edge, refOf)),
    };
  }
}

/** All chains in report order (by their first call), some hundred in memory at a time. */
export function* iterateChains(db: SqlDriver, options: IterateOptions = { adjacent: false }): Generator<ChainJson> {
  const page = db.prepare(`${SELECT_CHAIN} WHERE ch.id > ? ORDER BY ch.id LIMIT ${String(PAGE)}`);
  for (let after = 0; ;) {
    const rows = page.all<ChainRecord>(after);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield* toChainJson(db, rows, options);
    after = last.id;
  }
}

/** One chain as reports print it, or `undefined`. */
export function getChainJson(db: SqlDriver, key: string, options: IterateOptions = { adjacent: false }): ChainJson | undefined {
  const row = db.prepare(`${SELECT_CHAIN} WHERE ch.key = ?`).get<ChainRecord>(key);
  if (row === undefined) return undefined;
  const [chain] = toChainJson(db, [row], options);
  return chain;
}
