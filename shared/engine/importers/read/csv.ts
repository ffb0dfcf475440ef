import { append } from '../../../lib/append.ts';
import { CsvCutter } from '../../../lib/csv-cutter.ts';
import type { CsvRow } from '../../../lib/csv-cutter.ts';
import type { JsonObject } from '../../../lib/json.ts';

/** How a table is written. */
export interface CsvTable {
  readonly delimiter: string;
  /** Names of the columns: unique, none empty. */
  readonly header: readonly string[];
}

/** Candidates, the most usual first: among equals it counts. */
const DELIMITERS = [',', ';', '\t', '|'];
/** Rows of the head that vote. */
const VOTING_ROWS = 50;
/** Share of the rows that must be as wide as the header. */
const NEEDED_SHARE = 0.6;
/** A column's name is a word or some; a longer text is prose. */
const NAME = /^[\p{L}_@$#][\p{L}\p{N}_.:@$#%/()[\]{}+-]*(?: [\p{L}\p{N}_.:@$#%/()[\]{}+-]+){0,4}$/u;
const MAX_NAME = 100;
/** Excel's own first line, which names the delimiter. */
const SEP_LINE = /^sep=.$/i;

/**
 * How the table at the start of a text is written; `undefined` when it is none: no header of names, or rows of other widths.
 * Shape: one column alone is a table only when JSON stands in it, quoted, as BigQuery exports it.
 */
export function detectCsv(text: string): CsvTable | undefined {
  let best: CsvTable | undefined;
  for (const delimiter of DELIMITERS) {
    const rows = readHead(text, delimiter);
    const [names, ...data] = rows;
    if (names === undefined || data.length === 0 || !isHeader(names.cells)) continue;
    const width = names.cells.length;
    const asWide = data.filter((row) => row.problem === undefined).length;
    if (asWide / data.length < NEEDED_SHARE) continue;
    if (width === 1 && !data.every((row) => row.text.startsWith('"{'))) continue;
    if (best === undefined || width > best.header.length) best = { delimiter, header: nameColumns(names.cells) };
  }
  return best;
}

/** The rows of a head, the header first; the last one only when it is whole, or the only one beside the header. */
function readHead(text: string, delimiter: string): readonly CsvRow[] {
  const bytes = new TextEncoder().encode(text);
  const width = new CsvCutter(delimiter, undefined).push(bytes).find((row) => !SEP_LINE.test(row.text))?.cells.length;
  const cutter = new CsvCutter(delimiter, width);
  const rows = cutter.push(bytes);
  if (rows.length < 3) append(rows, cutter.end());
  return rows.slice(0, VOTING_ROWS + 2).filter((row, index) => index > 0 || !SEP_LINE.test(row.text));
}

function isHeader(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return names.length / cells.length >= NEEDED_SHARE && names.every((name) => name.length <= MAX_NAME && NAME.test(name));
}

/** Columns without a name are numbered, and so are further ones of the same name: `column 3`, `status 2`. */
function nameColumns(cells: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = cell.trim() === '' ? `column ${String(index + 1)}` : cell.trim();
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} ${String(times)}`;
  });
}

/** Reads the data rows of a table whose writing is known. Lifetime: one source. */
export function createCsvReader(table: CsvTable): { push(chunk: Uint8Array): readonly CsvRow[]; end(): readonly CsvRow[] } {
  const cutter = new CsvCutter(table.delimiter, table.header.length);
  let headerSeen = false;
  const data = (rows: readonly CsvRow[]): readonly CsvRow[] => {
    if (headerSeen) return rows;
    const from = rows.findIndex((row) => !SEP_LINE.test(row.text));
    if (from === -1) return [];
    headerSeen = true;
    return rows.slice(from + 1);
  };
  return { push: (chunk) => data(cutter.push(chunk)), end: () => data(cutter.end()) };
}

/** A row as an object: the columns' names with what stands under them. */
export function toRowObject({ header }: CsvTable, cells: readonly string[]): JsonObject {
  // Assigned, that one name would set the prototype.
  if (header.includes('__proto__')) return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
  const row: Record<string, string> = {};
  for (let index = 0; index < header.length; index += 1) row[header[index] ?? ''] = cells[index] ?? '';
  return row;
}

/** The data rows of a head as objects, for recognition. */
export function headObjects(text: string, table: CsvTable): readonly JsonObject[] {
  return readHead(text, table.delimiter)
    .slice(1)
    .filter((row) => row.cells.length === table.header.length)
    .map((row) => toRowObject(table, row.cells));
}
