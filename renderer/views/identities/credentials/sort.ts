import type { CredentialRow } from '#shared/contract/credentials.ts';
import type { Severity } from '#shared/contract/report-json.ts';
import type { TableSort } from '../../../widgets/table-column.ts';

const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** What each column is sorted by. Ids are those of the columns. */
const VALUES: Readonly<Record<string, (row: CredentialRow) => number | string>> = {
  owner: (row) => row.principalLabel ?? '',
  kind: (row) => row.kind,
  calls: (row) => row.calls ?? 0,
  contexts: (row) => row.contexts,
  lifetime: (row) => row.lifetimeSeconds ?? -1,
  silence: (row) => row.longestSilenceSeconds ?? 0,
  exposures: (row) => row.exposures ?? 0,
  issues: (row) => row.issues.length,
  findings: (row) => (row.severity === undefined ? 0 : (SEVERITIES.indexOf(row.severity) + 1) * 1000 + Math.min(999, row.findings)),
  first: (row) => row.firstUse ?? '',
  last: (row) => row.lastUse ?? '',
};

const isText = (column: string): boolean => column === 'owner' || column === 'kind' || column === 'first';

/** The sort of a link, `-calls`; `undefined` for none and for one of another screen. */
export function parseCredentialSort(text: string | undefined): TableSort | undefined {
  const descending = text?.startsWith('-') === true;
  const column = descending ? text.slice(1) : text;
  return column !== undefined && Object.hasOwn(VALUES, column) ? { column, descending } : undefined;
}

/** The sort after a click on a column's head: first its natural direction, then the other, then none. */
export function nextCredentialSort(sort: TableSort | undefined, column: string): string | undefined {
  const first = !isText(column);
  if (sort?.column !== column) return `${first ? '-' : ''}${column}`;
  return sort.descending === first ? `${first ? '' : '-'}${column}` : undefined;
}

/** The rows in the order of a column, equal ones as they are; without one those with the worst findings first. */
export function sortCredentials(rows: readonly CredentialRow[], sort: TableSort | undefined): readonly CredentialRow[] {
  const { column, descending } = sort ?? { column: 'findings', descending: true };
  const value = VALUES[column];
  if (value === undefined) return rows;
  return rows.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)];
    const order = left < right ? -1 : left > right ? 1 : 0;
    return descending ? -order : order;
  });
}

/** The rows whose name, owner, issuer, subject or kind holds every word. */
export function filterCredentials(rows: readonly CredentialRow[], text: string): readonly CredentialRow[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const all = [row.id, row.kind, row.masked, row.principalLabel, row.issuer, row.subject, ...row.audiences, ...row.issues].join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  });
} // prettier-ignore
