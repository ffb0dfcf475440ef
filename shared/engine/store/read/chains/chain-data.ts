import type { ChainData } from '../../../../contract/chains.ts';
import type { EndpointJson } from '../../../../contract/report-json.ts';
import { parseSign } from '../../../intake/personal/data-signs.ts';
import type { SqlDriver } from '../../driver.ts';

/** Sides of a call on which data comes in; on all others it goes out. */
const INCOMING: ReadonlySet<string> = new Set(['response', 'response-header']);

interface Row {
  readonly call: number;
  readonly side: string;
  readonly pointer: string;
  readonly type: string;
  readonly count: number;
  readonly data_types: string;
}

/** Counts one direction; a call counts once for a kind, however many fields and sources show it. */
function countTypes(rows: readonly Row[]): ChainData['types'] {
  const types = new Map<string, { readonly calls: Set<number>; count: number }>();
  for (const { call, type, count } of rows) {
    const known = types.get(type) ?? { calls: new Set<number>(), count: 0 };
    types.set(type, known);
    known.calls.add(call);
    known.count += count;
  }
  return [...types]
    .map(([type, { calls, count }]) => ({ type, calls: calls.size, count }))
    .sort((a, b) => b.calls - a.calls || b.count - a.count || (a.type < b.type ? -1 : 1));
}

/**
 * Kinds of data that the calls of a chain sent and received, other sightings of them included. A field counts for what the whole case says
 * that it holds (passes/endpoints), not for what one value looked like.
 */
export function readChainData(db: SqlDriver, chainId: number): { readonly out: ChainData['types']; readonly in: ChainData['types'] } {
  const rows = db
    .prepare(
      `WITH own (id, stands) AS MATERIALIZED
         (SELECT call_id, call_id FROM call_fact WHERE chain_id = ?
          UNION ALL SELECT o.call_id, o.same_as FROM call_fact f JOIN call_fact o ON o.same_as = f.call_id WHERE f.chain_id = ?)
       SELECT own.stands AS call, d.side, t.value AS pointer, d.type, max(d.count) AS count, e.data_types
       FROM own JOIN data_seen d ON d.call_id = own.id JOIN term t ON t.id = d.pointer_id
         JOIN call_fact f ON f.call_id = own.stands JOIN endpoint e ON e.id = f.endpoint_id
       GROUP BY own.stands, d.side, d.pointer_id, d.type`,
    )
    .all<Row>(chainId, chainId);
  const decided = new Map<string, ReadonlySet<string>>();
  const isDecided = ({ data_types: text, side, pointer, type }: Row): boolean => {
    let known = decided.get(text);
    if (known === undefined) {
      const types = JSON.parse(text) as EndpointJson['dataTypes']; // written by the endpoints pass
      known = new Set(types.map((each) => `${each.where} ${each.type}`));
      decided.set(text, known);
    }
    return known.has(`${side} ${pointer} ${type}`);
  };
  const seen = rows.map((row) => ({ ...row, type: parseSign(row.type).type })).filter(isDecided);
  return {
    out: countTypes(seen.filter(({ side }) => !INCOMING.has(side))),
    in: countTypes(seen.filter(({ side }) => INCOMING.has(side))),
  };
}
