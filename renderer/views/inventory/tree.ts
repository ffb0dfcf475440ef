import { LEVELS, type EndpointRow } from '#shared/contract/inventory.ts';
import type { Sensitivity, SpecStatus } from '#shared/contract/report-json.ts';

/** What a group of endpoints adds up to. Callers are not in it: the same one calls several. */
export interface GroupSum {
  readonly endpoints: number;
  /** Their ids. */
  readonly ids: readonly string[];
  readonly calls: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Calls that came to nothing. */
  readonly failed: number;
  /** The highest in it. */
  readonly sensitivity: Sensitivity;
  readonly specs: Readonly<Partial<Record<SpecStatus, number>>>;
  readonly findings: number;
  readonly drifts: number;
  readonly firstSeen: string | undefined;
  readonly lastSeen: string | undefined;
}

/** One row of the table: a host, a service of it, or an endpoint. */
export type InventoryRow =
  | {
      readonly kind: 'host' | 'service';
      readonly key: string;
      /** Empty for calls whose records name no host. */
      readonly name: string;
      readonly level: number;
      readonly expanded: boolean;
      readonly sum: GroupSum;
    }
  | { readonly kind: 'endpoint'; readonly key: string; readonly level: number; readonly endpoint: EndpointRow };

const VERSION = /^(?:v\d+(?:\.\d+)*(?:(?:alpha|beta)\d*)?|\d{4}-\d{2}-\d{2}|api|rest)$/i;

/**
 * The service of an endpoint: as a gateway names it, unless that is the host again, else the first segment of its path that is no
 * version. Example: `/v1/orders/{id}` is of `orders`, `/` of nothing but the host.
 */
export function serviceOf({ service, host, template }: Pick<EndpointRow, 'service' | 'host' | 'template'>): string {
  if (service !== undefined && service !== host) return service;
  const segments = template.split('/').filter((segment) => segment !== '');
  const named = segments.find((segment) => !VERSION.test(segment)) ?? segments[0];
  return named === undefined || named.includes('{') ? '/' : named;
}

function sumOf(rows: readonly EndpointRow[]): GroupSum {
  const statuses: Record<string, number> = {};
  const specs: Partial<Record<SpecStatus, number>> = {};
  const firsts: string[] = [];
  const lasts: string[] = [];
  let [calls, failed, findings, drifts, level] = [0, 0, 0, 0, 0];
  for (const row of rows) {
    calls += row.calls;
    failed += row.failed;
    findings += row.findings;
    drifts += row.drifts;
    level = Math.max(level, LEVELS.indexOf(row.sensitivity));
    specs[row.spec] = (specs[row.spec] ?? 0) + 1;
    for (const [status, count] of Object.entries(row.statuses)) statuses[status] = (statuses[status] ?? 0) + count;
    if (row.firstSeen !== undefined) firsts.push(row.firstSeen);
    if (row.lastSeen !== undefined) lasts.push(row.lastSeen);
  }
  return {
    endpoints: rows.length,
    ids: rows.map(({ id }) => id),
    calls,
    statuses,
    failed,
    sensitivity: LEVELS[level] ?? 'S0',
    specs,
    findings,
    drifts,
    firstSeen: firsts.sort()[0],
    lastSeen: lasts.sort().at(-1),
  };
}

/** Rows by a name, in the order in which the names come. */
function groupBy(rows: readonly EndpointRow[], nameOf: (row: EndpointRow) => string): ReadonlyMap<string, readonly EndpointRow[]> {
  const groups = new Map<string, EndpointRow[]>();
  for (const row of rows) {
    const group = groups.get(nameOf(row));
    if (group === undefined) groups.set(nameOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

const leaf = (endpoint: EndpointRow, level: number): InventoryRow => ({ kind: 'endpoint', key: endpoint.id, level, endpoint });

/** The key of a host or a service in the tree; no endpoint's id begins so. */
const keyOf = (host: string, service?: string): string => `group ${host}${service === undefined ? '' : ` ${service}`}`;

/**
 * Host, service, endpoint as the rows of a tree: groups stand where their first endpoint stands, so a sorted list gives a sorted tree.
 * A host with one service has its endpoints right below it, and so has a service of one endpoint. `isOpen` tells which groups show what is in them.
 */
export function toTree(rows: readonly EndpointRow[], isOpen: (key: string) => boolean): readonly InventoryRow[] {
  const tree: InventoryRow[] = [];
  for (const [host, ofHost] of groupBy(rows, (row) => row.host)) {
    const key = keyOf(host);
    const expanded = isOpen(key);
    tree.push({ kind: 'host', key, name: host, level: 1, expanded, sum: sumOf(ofHost) });
    if (!expanded) continue;
    const services = groupBy(ofHost, serviceOf);
    if (services.size === 1) {
      tree.push(...ofHost.map((row) => leaf(row, 2)));
      continue;
    }
    for (const [service, ofService] of services) {
      // A service of one endpoint would say everything twice.
      if (ofService.length === 1) {
        tree.push(...ofService.map((row) => leaf(row, 2)));
        continue;
      }
      const serviceKey = keyOf(host, service);
      const open = isOpen(serviceKey);
      tree.push({ kind: 'service', key: serviceKey, name: service, level: 2, expanded: open, sum: sumOf(ofService) });
      if (open) tree.push(...ofService.map((row) => leaf(row, 3)));
    }
  }
  return tree;
}

/** The endpoints alone, one below the other. */
export const toFlat = (rows: readonly EndpointRow[]): readonly InventoryRow[] => rows.map((row) => leaf(row, 1));

/** The groups that an endpoint stands in. */
export const groupsOf = (row: EndpointRow): readonly string[] => [keyOf(row.host), keyOf(row.host, serviceOf(row))];
