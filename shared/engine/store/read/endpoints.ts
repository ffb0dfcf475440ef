import type { EndpointFlag, EndpointJson, Sensitivity, SpecStatus } from '../../../contract/report-json.ts';
import { operationOfEndpoint } from '../../../model/inner-operation.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../driver.ts';

interface Row {
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly host: string;
  readonly template: string;
  readonly operation_id: number | null;
  readonly operation_name: string | null;
  readonly operation: string | null;
  readonly spec: SpecStatus;
  readonly sensitivity: number;
  readonly classified_from: 'bodies' | 'names';
  readonly flags: string;
  readonly data_types: string;
  readonly calls: number;
  readonly principals: number;
  readonly agents: number;
  readonly statuses: string;
  readonly auth: string;
  readonly first_seen: number | null;
  readonly last_seen: number | null;
}

const LEVELS: readonly Sensitivity[] = ['S0', 'S1', 'S2', 'S3'];

const SELECT_ENDPOINT = `SELECT e.*, o.operation_id AS operation_name, o.method || ' ' || o.path AS operation
  FROM endpoint e LEFT JOIN operation o ON o.id = e.operation_id`;

/** One endpoint; in `calls` and `statuses` a call counts once for every source that saw it. Cost: one read, whatever the case holds. */
export function findSightedEndpoint(db: SqlDriver, id: string): EndpointJson | undefined {
  const row = db.prepare(`${SELECT_ENDPOINT} WHERE e.key = ?`).get<Row>(id);
  return row === undefined ? undefined : toEndpoint(row, new Map(), driftByEndpoint(db).get(row.id) ?? []);
}

/** All endpoints, by host, template and method. A call that two sources saw counts once. */
export function listEndpoints(db: SqlDriver): readonly EndpointJson[] {
  const again = sightingsAgain(db);
  const drift = driftByEndpoint(db);
  return db
    .prepare(`${SELECT_ENDPOINT} ORDER BY e.host, e.template, e.method, e.key`)
    .all<Row>()
    .map((row) => toEndpoint(row, again.get(row.id) ?? new Map(), drift.get(row.id) ?? []));
}

/** Sightings that repeat another source's call, by endpoint and status; they are few and have an index of their own. */
function sightingsAgain(db: SqlDriver): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const rows = db
    .prepare(
      'SELECT f.endpoint_id AS endpoint, ifnull(c.status, -1) AS status, count(*) AS calls FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.same_as IS NOT NULL AND +f.endpoint_id IS NOT NULL GROUP BY +f.endpoint_id, 2',
    )
    .all<{ endpoint: number; status: number; calls: number }>();
  const result = new Map<number, Map<number, number>>();
  for (const { endpoint, status, calls } of rows) {
    const byStatus = result.get(endpoint);
    if (byStatus === undefined) result.set(endpoint, new Map([[status, calls]]));
    else byStatus.set(status, calls);
  }
  return result;
}

/** Where calls and description part, most frequent first. */
function driftByEndpoint(db: SqlDriver): ReadonlyMap<number, EndpointJson['drift']> {
  const found = new Map<number, EndpointJson['drift'][number][]>();
  const rows = db
    .prepare(
      'SELECT endpoint_id AS endpoint, kind, place AS "where", calls FROM endpoint_drift ORDER BY endpoint_id, calls DESC, kind, place',
    )
    .all<{ endpoint: number; kind: string; where: string; calls: number }>();
  for (const { endpoint, ...drift } of rows) {
    const known = found.get(endpoint);
    if (known === undefined) found.set(endpoint, [drift]);
    else known.push(drift);
  }
  return found;
}

function toEndpoint(row: Row, again: ReadonlyMap<number, number>, drift: EndpointJson['drift']): EndpointJson {
  // The JSON columns are written by the endpoints pass and by nothing else.
  const statuses = Object.entries(JSON.parse(row.statuses) as Record<string, number>)
    .map(([status, calls]) => [status, calls - (again.get(Number(status)) ?? 0)] as const)
    .filter(([, calls]) => calls > 0);
  const operation = operationOfEndpoint(row) ?? row.operation_name ?? row.operation;
  return {
    id: row.key,
    host: row.host,
    method: row.method,
    template: row.template,
    calls: row.calls - [...again.values()].reduce((sum, calls) => sum + calls, 0),
    principals: row.principals,
    agents: row.agents,
    spec: row.spec,
    ...(operation === null ? {} : { operation }),
    sensitivity: LEVELS[row.sensitivity] ?? 'S0',
    classifiedFrom: row.classified_from,
    flags: JSON.parse(row.flags) as readonly EndpointFlag[],
    auth: JSON.parse(row.auth) as readonly string[],
    statuses: Object.fromEntries(statuses),
    dataTypes: JSON.parse(row.data_types) as EndpointJson['dataTypes'],
    drift,
    ...(row.first_seen === null ? {} : { firstSeen: printTime(epochMicros(row.first_seen)) }),
    ...(row.last_seen === null ? {} : { lastSeen: printTime(epochMicros(row.last_seen)) }),
  };
}
