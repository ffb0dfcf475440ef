import { LEVELS, type EndpointRow } from '#shared/contract/inventory.ts';
import type { Severity, SpecStatus } from '#shared/contract/report-json.ts';
import type { TableSort } from '../../widgets/table/table-column.ts';

const SPECS: readonly SpecStatus[] = ['no-spec', 'documented', 'orphan', 'zombie', 'shadow'];
const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

type Value = (row: EndpointRow) => number | string;

/** What each column is sorted by. Ids are those of the columns. */
const VALUES: Readonly<Record<string, Value>> = {
  endpoint: (row) => `${row.template} ${row.method}`,
  host: (row) => row.host,
  level: (row) => LEVELS.indexOf(row.sensitivity),
  spec: (row) => SPECS.indexOf(row.spec),
  calls: (row) => row.calls,
  principals: (row) => row.principals,
  agents: (row) => row.agents,
  status: (row) => (row.calls === 0 ? -1 : row.failed / row.calls),
  findings: (row) => (row.severity === undefined ? 0 : (SEVERITIES.indexOf(row.severity) + 1) * 1000 + Math.min(999, row.findings)),
  drifts: (row) => row.drifts,
  first: (row) => row.firstSeen ?? '',
  last: (row) => row.lastSeen ?? '',
};

/** True for a column that text orders: its first click sorts upwards, that of a number shows the largest first. */
const isText = (column: string): boolean => column === 'endpoint' || column === 'host' || column === 'first';

/** The sort of a link, `-calls`; `undefined` for none and for one of another screen. */
export function parseEndpointSort(text: string | undefined): TableSort | undefined {
  const descending = text?.startsWith('-') === true;
  const column = descending ? text.slice(1) : text;
  return column !== undefined && Object.hasOwn(VALUES, column) ? { column, descending } : undefined;
}

/** The sort after a click on a column's head: first its natural direction, then the other, then none. */
export function nextSort(sort: TableSort | undefined, column: string): string | undefined {
  const first = !isText(column);
  if (sort?.column !== column) return `${first ? '-' : ''}${column}`;
  return sort.descending === first ? `${first ? '' : '-'}${column}` : undefined;
}

/** The rows in the order of a column, equal ones as they are; without one as they are, what names no host at the end. */
export function sortEndpoints(rows: readonly EndpointRow[], sort: TableSort | undefined): readonly EndpointRow[] {
  const value = sort === undefined ? undefined : VALUES[sort.column];
  if (value === undefined || sort === undefined)
    return [...rows.filter(({ host }) => host !== ''), ...rows.filter(({ host }) => host === '')];
  const sign = sort.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: value(row) }));
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  return keyed.map(({ row }) => row);
}
