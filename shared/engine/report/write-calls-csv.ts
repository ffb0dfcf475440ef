import type { CallJson } from '../../contract/report-json.ts';
import type { OutputFile } from '../ports.ts';
import { csvLine } from './csv.ts';

/** Columns of a list of calls, in the order in which they are documented. */
const COLUMNS = [
  'ref',
  'alsoSeenAs',
  'time',
  'timeKind',
  'durationMs',
  'method',
  'scheme',
  'host',
  'port',
  'path',
  'query',
  'endpoint',
  'status',
  'reqBytes',
  'resBytes',
  'clientIp',
  'userAgent',
  'referer',
  'principal',
  'credential',
  'kind',
  'traceId',
  'spanId',
  'parentSpanId',
  'requestId',
  'upstream',
  'route',
  'service',
  'tool',
  'contentType',
  'chain',
  'format',
] as const satisfies readonly (keyof CallJson)[];

/** A value as text; what the evidence does not have is an empty cell. */
function cellText(value: CallJson[keyof CallJson]): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : value.join(' ; ');
}

/** Writes calls as CSV (RFC 4180, CRLF, formula-safe), at most `limit`; gives the number of rows. */
export function writeCallsCsv(calls: Iterable<CallJson>, limit: number | undefined, output: Pick<OutputFile, 'write'>): number {
  output.write(csvLine(COLUMNS));
  let rows = 0;
  for (const call of calls) {
    if (limit !== undefined && rows >= limit) break;
    output.write(csvLine(COLUMNS.map((column) => cellText(call[column]))));
    rows += 1;
  }
  return rows;
}
