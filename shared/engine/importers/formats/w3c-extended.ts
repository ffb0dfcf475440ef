import { headText } from '../../../lib/text-bytes.ts';
import type { Imported, LogRecord, ReadOptions, RecordImporter, RecordReader } from '../importer.ts';
import { toIssue } from '../read/reading.ts';
import { createW3cRows } from '../w3c/w3c-call.ts';
import { isHttpColumns, toLayout, type W3cLayout } from '../w3c/w3c-layout.ts';
import { splitW3cValues } from '../w3c/w3c-values.ts';

const HEADER = /^#Fields:[ \t]*(\S.*)$/m;
/** A comment behind a directive, which some writers add: `#Version: 1.0   // the log file version`. */
const COMMENT = /[ \t]\/\/.*$/;

/** A value that begins with a quote. */
const QUOTED = /(?:^|[ \t])"/;

const toNames = (header: string): readonly string[] =>
  header
    .replace(COMMENT, '')
    .trim()
    .split(/[ \t]+/);

/**
 * Logs in the W3C's extended format: IIS, CloudFront with its header, Incapsula and others; `#Fields` names the columns, anew
 * wherever they change.
 * Source: W3C WD-logfile-960323; Microsoft "W3C extended log file format"; AWS CloudFront guide, "standard log files".
 */
export const w3cExtended = {
  id: 'w3c-extended',
  title: 'W3C extended log (IIS, CloudFront and others)',
  extensions: ['.log', '.txt', '.gz'],
  holds: 'what its header names: mostly time, duration, client, user, method, path, status, sizes and user agent; no bodies',
  recognize(head) {
    const [, header] = HEADER.exec(headText(head)) ?? [];
    if (header === undefined) return { strength: 'none', why: 'no line #Fields:' };
    const names = toNames(header);
    if (!isHttpColumns(names)) return { strength: 'none', why: 'a line #Fields:, but no columns of HTTP in it' };
    return { strength: 'magic', why: `#Fields: names ${String(names.length)} columns, as the W3C's extended format does` };
  },
  records: 'lines',
  shape: 'not as many values as #Fields names',
  independent: false,
  open: createReader,
} as const satisfies RecordImporter;

/** IIS writes the logs of its FTP and SMTP services in the same format. */
const OTHER_SERVICES = /^(?:MS)?(?:FTP|SMTP|NNTP)SVC/i;

function createReader({ zoneOffsetMinutes }: ReadOptions): RecordReader {
  const toCall = createW3cRows(zoneOffsetMinutes);
  let layout: W3cLayout | undefined;
  let software = '';
  let date: string | undefined;
  let names: readonly string[] = [];

  const takeDirective = (text: string): readonly Imported[] => {
    const colon = text.indexOf(':');
    const value = text
      .slice(colon + 1)
      .replace(COMMENT, '')
      .trim();
    switch (text.slice(1, colon).trim().toLowerCase()) {
      case 'software':
        software = value;
        break;
      case 'date':
      case 'start-date':
        [date] = /^\d{4}-\d\d-\d\d/.exec(value) ?? [];
        break;
      case 'fields':
        names = toNames(value);
        break;
      default:
        return [];
    }
    if (names.length > 0) layout = toLayout(names, software);
    return layout?.dialect.isTakenGuessed === true && layout.at.taken !== undefined ? [SECONDS_ASSUMED] : [];
  };

  return (record) => {
    const { text } = record;
    // Directives and remarks are no records.
    if (text.startsWith('#')) return takeDirective(text);
    const values = layout === undefined ? undefined : splitW3cValues(text, layout.count);
    if (layout === undefined || values === undefined || !isDated(layout, values)) return undefined;
    return toImported(record, layout, toCall(layout, values, text, { date, isQuoted: QUOTED.test(text) }), values);
  };
}

const SECONDS_ASSUMED: Imported = {
  kind: 'note',
  text: 'The header names no writer that is known: time-taken is read as seconds, as the W3C defines it; IIS and others write milliseconds.',
};

function isDated({ at }: W3cLayout, values: readonly string[]): boolean {
  const date = at.date === undefined ? '-' : (values[at.date] ?? '');
  return date === '-' || /^\d{4}-\d\d-\d\d$/.test(date);
}

function toImported(
  record: LogRecord,
  { at }: W3cLayout,
  call: Extract<Imported, { kind: 'call' }>['call'],
  values: readonly string[],
): Imported {
  const site = at.site === undefined ? '' : (values[at.site] ?? '');
  if (OTHER_SERVICES.test(site))
    return toIssue('skip', 'NOT_HTTP', `a command of another service: ${site.slice(0, 20)}`, record, record.text);
  if (call.method === undefined && call.path === undefined && call.status === undefined)
    return toIssue('skip', 'NOT_HTTP', 'neither method, path nor status: a connection without a request', record, record.text);
  return { kind: 'call', record: record.record, at: record.at, call };
}
