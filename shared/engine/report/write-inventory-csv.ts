import type { OutputFile } from '../ports.ts';
import { csvLine } from './csv.ts';
import type { ReportView } from './section.ts';

const HEAD = [
  'host', 'method', 'template', 'spec', 'operation', 'sensitivity', 'classifiedFrom', 'flags', 'dataTypes', 'auth',
  'calls', 'principals', 'agents', 'statuses', 'drift', 'firstSeen', 'lastSeen', 'sensitivityWorkedOut', 'sensitivityReason',
] as const; // prettier-ignore

const list = (values: readonly string[]): string => values.join(' ; ');

/** Writes the inventory: one endpoint a line in the order of `report.json`; lists inside a cell are joined by ` ; `. UTF-8, CRLF, formula-safe. */
export function writeInventoryCsv(view: Pick<ReportView, 'json'>, output: Pick<OutputFile, 'write'>): void {
  output.write(csvLine(HEAD));
  for (const endpoint of view.json.endpoints) {
    output.write(
      csvLine([
        endpoint.host,
        endpoint.method,
        endpoint.template,
        endpoint.spec,
        endpoint.operation ?? '',
        endpoint.sensitivity,
        endpoint.classifiedFrom,
        list(endpoint.flags),
        list([...new Set(endpoint.dataTypes.map(({ type }) => type))].sort()),
        list(endpoint.auth),
        String(endpoint.calls),
        String(endpoint.principals),
        String(endpoint.agents),
        list(Object.entries(endpoint.statuses).map(([status, calls]) => `${status}: ${String(calls)}`)),
        list(endpoint.drift.map(({ kind, where, calls }) => `${kind} ${where}: ${String(calls)}`)),
        endpoint.firstSeen ?? '',
        endpoint.lastSeen ?? '',
        endpoint.override?.workedOut ?? '',
        endpoint.override?.reason ?? '',
      ]),
    );
  }
}
