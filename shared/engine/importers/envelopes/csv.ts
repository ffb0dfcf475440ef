import type { Envelope } from '../envelope.ts';
import { detectCsv } from '../read/csv.ts';

/**
 * A table with a header row: each row is read as an object with the columns' names.
 * Source: RFC 4180; delimiters `,` `;` TAB and `|`, as spreadsheets and query tools export them.
 */
export const csv = {
  id: 'csv',
  title: 'a table (CSV)',
  around: 'csv',
  joins: false,
  recognize(head) {
    const table = detectCsv(head.text);
    if (table === undefined) return undefined;
    const delimiter = table.delimiter === '\t' ? 'TAB' : table.delimiter;
    return `a table of ${String(table.header.length)} columns with ${delimiter} between them`;
  },
  unwrap: (text, value) => (value === undefined ? undefined : { text, value, outer: {} }),
} as const satisfies Envelope;
