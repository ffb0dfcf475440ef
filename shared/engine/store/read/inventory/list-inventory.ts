import { MAX_ENDPOINTS, type EndpointRow, type Inventory } from '../../../../contract/inventory.ts';
import type { EndpointJson, Severity } from '../../../../contract/report-json.ts';
import type { SqlDriver } from '../../driver.ts';
import { listEndpoints } from '../endpoints.ts';
import { listLevelOverrides } from './level-overrides.ts';

const URGENCY: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

interface About {
  readonly findings: number;
  readonly severity: Severity;
}

/** How many findings name each endpoint, and the worst of them. */
function findingsByEndpoint(db: SqlDriver): ReadonlyMap<string, About> {
  const result = new Map<string, About>();
  for (const { severity, endpoint } of db
    .prepare("SELECT f.severity AS severity, e.value AS endpoint FROM finding f, json_each(f.data, '$.endpoints') e")
    .all<{ severity: Severity; endpoint: string }>()) {
    const known = result.get(endpoint);
    const isWorse = known === undefined || URGENCY.indexOf(severity) > URGENCY.indexOf(known.severity);
    result.set(endpoint, { findings: (known?.findings ?? 0) + 1, severity: isWorse ? severity : known.severity });
  }
  return result;
}

/** What a gateway or mesh calls the service behind each endpoint, from one call of each. */
function servicesOf(db: SqlDriver): ReadonlyMap<string, string> {
  // Most evidence names none, and then a look at one call of ten thousand endpoints would be for nothing.
  if (db.prepare('SELECT 1 FROM call WHERE service_id IS NOT NULL LIMIT 1').get() === undefined) return new Map();
  const rows = db
    .prepare(
      `SELECT e.key AS key, (SELECT t.value FROM call_fact f JOIN call c ON c.id = f.call_id JOIN term t ON t.id = c.service_id
         WHERE f.endpoint_id = e.id LIMIT 1) AS service FROM endpoint e WHERE e.calls > 0`,
    )
    .all<{ key: string; service: string | null }>();
  return new Map(rows.flatMap(({ key, service }) => (service === null ? [] : [[key, service] as const])));
}

/** Calls that came to nothing, by endpoint: those that the inventory pass found refused and those that failed. */
const failuresOf = (db: SqlDriver): ReadonlyMap<string, number> =>
  new Map(
    db
      .prepare('SELECT e.key AS key, s.refused + s.failed AS failed FROM endpoint_summary s JOIN endpoint e ON e.id = s.endpoint_id')
      .all<{ key: string; failed: number }>()
      .map(({ key, failed }) => [key, failed]),
  );

/** True when every word stands in the endpoint's method, host, template or operation. Shape: `words` in lower case. */
function hasWords({ method, host, template, operation }: EndpointJson, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = `${method} ${host}${template} ${operation ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Those with most calls, in the order that they had. */
function busiest(endpoints: readonly EndpointJson[], most: number): readonly EndpointJson[] {
  if (endpoints.length <= most) return endpoints;
  const kept = new Set([...endpoints].sort((a, b) => b.calls - a.calls).slice(0, most));
  return endpoints.filter((endpoint) => kept.has(endpoint));
}

/** The endpoints of a case as the Inventory lists them; `words` narrows a list that is too large to be sent whole. */
export function listInventory(db: SqlDriver, words: string, most = MAX_ENDPOINTS): Inventory {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const fitting = listEndpoints(db).filter((endpoint) => hasWords(endpoint, wanted));
  const [about, services, overrides, failures] = [findingsByEndpoint(db), servicesOf(db), listLevelOverrides(db), failuresOf(db)];
  const rows = busiest(fitting, most).map((endpoint): EndpointRow => {
    // A plain endpoint carries no override: it is the log that has them.
    const { dataTypes, drift, override: _none, ...rest } = endpoint;
    const [service, override] = [services.get(endpoint.id), overrides.get(endpoint.id)];
    const named = about.get(endpoint.id);
    return {
      ...rest,
      types: [...new Set(dataTypes.map(({ type }) => type))].sort(),
      failed: failures.get(endpoint.id) ?? 0,
      drifts: drift.length,
      findings: named?.findings ?? 0,
      ...(named === undefined ? {} : { severity: named.severity }),
      ...(service === undefined ? {} : { service }),
      ...(override === undefined ? {} : { override, sensitivity: override.level }),
    };
  });
  const specifications = db.prepare('SELECT count(*) AS n FROM specification').get<{ n: number }>()?.n ?? 0;
  return { rows, total: fitting.length, specifications };
}
