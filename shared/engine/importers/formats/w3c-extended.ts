import { headText } from '../../../lib/text-bytes.ts';
import type { ReadOptions, ReadSettings } from '../../../model/read-settings.ts';
import type { Imported, LogRecord, Recognition, RecordImporter, RecordReader } from '../importer.ts';
import { recognizeByLines } from '../read/line-vote.ts';
import { toIssue } from '../read/reading.ts';
import { createW3cRows } from '../w3c/w3c-call.ts';
import { toColumnNames, W3cHeader } from '../w3c/w3c-header.ts';
import { isHttpColumns, type W3cLayout } from '../w3c/w3c-layout.ts';
import { splitW3cValues } from '../w3c/w3c-values.ts';

const HEADER = /^#Fields:[ \t]*(\S.*)$/m;
/** A value that begins with a quote. */
const QUOTED = /(?:^|[ \t])"/;

/** The header that an analyst gives for a file that lost its own: a log format that begins with a directive. */
const toGiven = ({ logFormat }: ReadSettings): readonly string[] => (logFormat?.startsWith('#') === true ? logFormat.split(/\r?\n/) : []);

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
  recognize(head, _name, settings) {
    const given = toGiven(settings);
    const [, fields] = HEADER.exec(headText(head)) ?? [];
    if (fields === undefined) return given.length === 0 ? { strength: 'none', why: 'no line #Fields:' } : recognizeGiven(head, given);
    const names = toColumnNames(fields);
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

/** What those services write as the method. Source: IIS, "FTP log events" and "SMTP protocol logging". None is a method of HTTP. */
const OTHER_COMMANDS = new Set(
  (
    'controlchannelopened controlchannelclosed datachannelopened datachannelclosed user pass acct cwd cdup quit rein port pasv epsv eprt type ' +
    'stru mode retr stor stou appe allo rnfr rnto abor dele rmd mkd xmkd xrmd pwd xpwd list nlst site syst stat feat opts size mdtm auth pbsz prot ' +
    'noop helo ehlo mail rcpt data rset vrfy expn starttls bdat turn etrn'
  ).split(' '),
);
/** Methods of IIS' FTP service before 7: `[12]USER`, with the number of the session. */
const toCommand = (method: string): string => method.replace(/^\[\d+\]/, '').toLowerCase();

function recognizeGiven(head: Uint8Array, given: readonly string[]): Recognition {
  const header = new W3cHeader();
  for (const line of given) header.take(line);
  const { layout } = header;
  if (layout === undefined) return { strength: 'none', why: 'the given header has no line #Fields:' };
  const found = recognizeByLines(
    head,
    (line) => (splitRow(layout, line) === undefined ? undefined : 'call'),
    'the columns of the given header',
  );
  return found.strength === 'none' ? found : { ...found, strength: 'magic' };
}

function createReader({ zoneOffsetMinutes, settings }: ReadOptions): RecordReader {
  const toCall = createW3cRows(zoneOffsetMinutes);
  const header = new W3cHeader();
  for (const line of toGiven(settings)) header.take(line);
  let noted: W3cLayout | undefined;
  return (record) => {
    const { text } = record;
    const { layout, date } = header;
    if (text.startsWith('#')) {
      // Directives and remarks are no records.
      header.take(text);
      return [];
    }
    const values = layout === undefined ? undefined : splitRow(layout, text);
    if (layout === undefined || values === undefined) return undefined;
    const made = toImported(record, layout, toCall(layout, values, text, { date, isQuoted: QUOTED.test(text) }), values);
    if (layout === noted || !isTakenGuessed(layout)) return made;
    noted = layout;
    return [SECONDS_ASSUMED, made];
  };
}

const isTakenGuessed = ({ dialect, at }: W3cLayout): boolean => dialect.isTakenGuessed && at.taken !== undefined;

const SECONDS_ASSUMED: Imported = {
  kind: 'note',
  text: 'The header names no writer that is known: time-taken is read as seconds, as the W3C defines it; IIS and others write milliseconds.',
};

function splitRow({ count, at }: W3cLayout, line: string): readonly string[] | undefined {
  const values = splitW3cValues(line, count);
  const date = at.date === undefined ? '-' : values?.[at.date];
  return date === '-' || (date !== undefined && /^\d{4}-\d\d-\d\d$/.test(date)) ? values : undefined;
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
  if (call.method !== undefined && call.userAgent === undefined && OTHER_COMMANDS.has(toCommand(call.method)))
    return toIssue('skip', 'NOT_HTTP', `a command of FTP or SMTP: ${call.method.slice(0, 30)}`, record, record.text);
  if (call.method === undefined && call.path === undefined && call.status === undefined)
    return toIssue('skip', 'NOT_HTTP', 'neither method, path nor status: a connection without a request', record, record.text);
  return { kind: 'call', record: record.record, at: record.at, call };
}
