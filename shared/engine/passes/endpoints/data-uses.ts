import type { EndpointJson } from '../../../contract/report-json.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { DataUse } from './sensitivity.ts';
import type { EndpointTally } from './tally.ts';

/** What kinds of data an endpoint was seen with. */
export interface EndpointData {
  readonly uses: readonly DataUse[];
  /** For reports: the most frequent first. */
  readonly types: EndpointJson['dataTypes'];
}

/** Places listed of one endpoint; bodies with free keys have thousands. */
export const MAX_PLACES = 60;

interface Row {
  readonly endpoint: number;
  readonly side: string;
  readonly pointer: string;
  readonly type: string;
  readonly calls: number;
  readonly count: number;
  readonly most: number;
}

/** Sums up, per endpoint, what intake noted call by call. `share` is that of the calls whose body or header could show it. */
export function readDataUses(db: SqlDriver, endpoints: readonly EndpointTally[]): ReadonlyMap<number, EndpointData> {
  const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const rows = db
    .prepare(
      `SELECT f.endpoint_id AS endpoint, d.side, t.value AS pointer, d.type, count(DISTINCT d.call_id) AS calls, sum(d.count) AS count, max(d.count) AS most
         FROM data_seen d JOIN call_fact f ON f.call_id = d.call_id JOIN term t ON t.id = d.pointer_id
        WHERE d.type <> 'agent-signal' AND f.endpoint_id IS NOT NULL GROUP BY f.endpoint_id, d.side, d.pointer_id, d.type`,
    )
    .all<Row>();
  const grouped = new Map<number, Row[]>();
  for (const row of rows) {
    const group = grouped.get(row.endpoint);
    if (group === undefined) grouped.set(row.endpoint, [row]);
    else group.push(row);
  }
  const result = new Map<number, EndpointData>();
  for (const [id, group] of grouped) {
    const endpoint = byId.get(id);
    if (endpoint === undefined) continue;
    const types = group
      .map((row) => ({ type: row.type, where: `${row.side} ${row.pointer}`, share: share(row, endpoint) }))
      .sort((a, b) => b.share - a.share || (`${a.where} ${a.type}` < `${b.where} ${b.type}` ? -1 : 1))
      .slice(0, MAX_PLACES);
    result.set(id, { uses: group, types });
  }
  return result;
}

function share(row: Row, endpoint: EndpointTally): number {
  const whole = row.side === 'request' ? endpoint.requestBodies : row.side === 'response' ? endpoint.responseBodies : endpoint.calls;
  // Two digits tell what a reader needs and stay the same whatever was added up first.
  return whole === 0 ? 1 : Math.min(1, Math.round((row.calls / whole) * 100) / 100);
}
