import type { ReadOptions } from '../../../model/read-settings.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { RecordImporter, RecordReader } from '../importer.ts';
import { toTextOfHex } from '../read/byte-escapes.ts';
import { toIssue } from '../read/reading.ts';
import { toZeekCall, type ZeekRecord } from '../zeek/zeek-call.ts';

/** Columns by which http.log is known; conn.log, dns.log and the others lack them. */
const NEEDED = ['uid', 'id.orig_h', 'method', 'uri', 'status_code'];

/** What the lines at the top say; they may come again where files were joined. */
interface ZeekHeader {
  readonly separator: string;
  readonly setSeparator: string;
  readonly empty: string;
  readonly unset: string;
  readonly path: string | undefined;
  readonly fields: readonly string[];
}

const START: ZeekHeader = { separator: '\t', setSeparator: ',', empty: '(empty)', unset: '-', path: undefined, fields: [] };

/** The header after one more of its lines. `#separator \x09` stands before a blank, the others before the separator itself. */
function takeDirective(header: ZeekHeader, line: string): ZeekHeader {
  const [, name = '', rest = ''] = /^#(\w+)[ \t]?([^]*)$/.exec(line) ?? [];
  if (name === 'separator') return { ...header, separator: toSeparator(rest.trim()) };
  const at = line.indexOf(header.separator);
  const value = at === -1 ? rest : line.slice(at + header.separator.length);
  switch (name) {
    case 'set_separator':
      return { ...header, setSeparator: value === '' ? ',' : value };
    case 'empty_field':
      return { ...header, empty: value };
    case 'unset_field':
      return { ...header, unset: value };
    case 'path':
      return { ...header, path: value.trim() };
    case 'fields':
      return { ...header, fields: value.split(header.separator) };
    default:
      return header;
  }
}

/** `\x09`, or `\t` as some writers put it. */
function toSeparator(text: string): string {
  const [, hex] = /^\\x([0-9a-fA-F]{2})$/.exec(text) ?? [];
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
  return text === '\\t' || text === '' ? '\t' : text;
}

const isHttp = ({ path, fields }: ZeekHeader): boolean =>
  (path === undefined || path === 'http') && NEEDED.every((name) => fields.includes(name));

/**
 * Zeek's (formerly Bro's) http.log as its ASCII writer puts it: columns between tabs under a header that names them.
 * Source: Book of Zeek, "Zeek log formats". Columns go by name: versions and sites differ in which they have.
 */
export const zeekHttp = {
  id: 'zeek-http',
  title: 'Zeek http.log',
  extensions: ['.log', '.txt', '.gz'],
  holds:
    'time, client and server address, method, host, URI, status, body sizes, referer, user agent, user and file types; no duration, bodies or other headers',
  recognize(head) {
    const lines = headText(head).split(/\r\n|\n|\r/);
    let header = START;
    for (const line of lines) {
      if (!line.startsWith('#')) break;
      header = takeDirective(header, line);
    }
    if (header.fields.length === 0) return { strength: 'none', why: 'no header of Zeek' };
    if (!isHttp(header)) return { strength: 'none', why: `a log of Zeek, but not of HTTP: ${(header.path ?? '').slice(0, 40)}` };
    return { strength: 'magic', why: `#fields names ${String(header.fields.length)} columns of Zeek's http.log` };
  },
  records: 'lines',
  shape: 'not as many columns as #fields names',
  independent: false,
  open: createReader,
} as const satisfies RecordImporter;

function createReader({ zoneOffsetMinutes }: ReadOptions): RecordReader {
  let header = START;
  let places: ReadonlyMap<string, number> = new Map();
  return (record) => {
    const { text } = record;
    if (text.startsWith('#')) {
      header = takeDirective(header, text);
      places = new Map(header.fields.map((name, index) => [name, index]));
      return [];
    }
    const cells = text.split(header.separator);
    if (header.fields.length === 0 || cells.length !== header.fields.length) return undefined;
    if (!isHttp(header)) return toIssue('skip', 'NOT_HTTP', `a row of Zeek's ${(header.path ?? 'other').slice(0, 40)} log`, record, text);
    const row = toRecord(header, places, cells);
    // A cell has no name beside it by which the password would be masked in the row's own text.
    const rawText = row.text('password') === undefined ? text : undefined;
    return { kind: 'call', record: record.record, at: record.at, call: toZeekCall(row, rawText, zoneOffsetMinutes) };
  };
}

function toRecord(header: ZeekHeader, places: ReadonlyMap<string, number>, cells: readonly string[]): ZeekRecord {
  const cell = (name: string): string | undefined => {
    const text = cells[places.get(name) ?? -1];
    return text === undefined || text === header.unset || text === header.empty || text === '' ? undefined : text;
  };
  return {
    names: header.fields,
    text(name) {
      const text = cell(name);
      return text === undefined ? undefined : undoEscapes(text);
    },
    list: (name) => cell(name)?.split(header.setSeparator).map(undoEscapes) ?? [],
  };
}

/** Undoes `\xHH` and `\\` once; bytes that are not UTF-8 and control characters stay as they are written. */
function undoEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(/(?:\\x[0-9a-fA-F]{2})+|\\\\/g, (escape) =>
    escape === '\\\\' ? '\\' : (toTextOfHex(escape.slice(2).split('\\x')) ?? escape),
  );
}
