import { parseGoDuration } from '../../../lib/go-duration.ts';
import { splitTarget } from '../../../lib/request-line.ts';
import { headText } from '../../../lib/text-bytes.ts';
import { compileTimePattern } from '../../../lib/time-pattern.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { toKnownText } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';
import type { LogRecord, RecordImporter, RecordReader } from '../importer.ts';

/** `[GIN] 2022/06/15 - 15:37:07 | 200 |       4.529µs |      172.17.0.1 | GET      "/user/foo"`; old versions do not quote the path. */
const LINE = /^\[GIN\] (\d{4}\/\d\d\/\d\d - \d\d:\d\d:\d\d) \|\s*(\d{3})\s*\|\s*([^\s|]+)\s*\|\s*([^\s|]+)\s*\|\s*([A-Z][A-Z-]*)\s+(\S.*)$/;
/** Colours that Gin puts around status and method on a terminal. */
const COLOURS = /\u001B\[[0-9;]*m/g;

/** What the program itself says in the same stream: Gin's start-up, KrakenD's log as text or as JSON. */
const MESSAGE = /^(?:\[GIN-debug\]|\[KRAKEND\]|\{"@timestamp":)/;

const readTime = compileTimePattern('%Y/%m/%d - %H:%M:%S');

/**
 * Request lines of the Gin framework, which is KrakenD's access log as well. The local time is the end of the call.
 * Source: Gin's `logger.go`; KrakenD, "Logging". Other lines of the same stream are the program's own messages.
 */
export const gin = {
  id: 'gin',
  title: 'Gin or KrakenD request lines',
  extensions: ['.log', '.txt'],
  holds: 'local time to the second, duration, status, client, method and path; no host, user, sizes, user agent, headers or bodies',
  recognize(head) {
    const text = headText(head);
    const lines = text.split(/\r\n|\n|\r/).filter((line) => line.startsWith('[GIN] '));
    const matching = lines.filter((line) => LINE.test(line.replaceAll(COLOURS, ''))).length;
    return matching > 0
      ? { strength: 'magic', why: `${String(matching)} lines begin with [GIN], a time, a status and a duration` }
      : { strength: 'none', why: 'no line begins with [GIN]' };
  },
  records: 'lines',
  shape: 'not [GIN] time | status | duration | client | method path',
  independent: true,
  isCertain: ({ text }) => text.startsWith('[GIN] ') && LINE.test(text.replaceAll(COLOURS, '')),
  open({ zoneOffsetMinutes }): RecordReader {
    return (record: LogRecord) => {
      const call = toCall(record.text, zoneOffsetMinutes);
      if (call === undefined && MESSAGE.test(record.text))
        return toIssue('skip', 'NOT_HTTP', "a message of the program's own log, not a request line", record, record.text);
      return call === undefined ? undefined : { kind: 'call', record: record.record, at: record.at, call };
    };
  },
} as const satisfies RecordImporter;

function toCall(line: string, zoneOffsetMinutes: number): ImportedCall | undefined {
  const [, timeText, status, took = '', client, method, target = ''] =
    LINE.exec(line.includes('\u001B') ? line.replaceAll(COLOURS, '') : line) ?? [];
  if (timeText === undefined) return undefined;
  const parsed = readTime?.(timeText, zoneOffsetMinutes) ?? 'shape';
  return {
    time: typeof parsed === 'string' ? undefined : parsed.time,
    timeText,
    timeKind: 'end',
    zoneKnown: false,
    durationMs: parseGoDuration(took),
    method,
    ...splitTarget(method, undoGoQuotes(target)),
    status: Number(status),
    clientIp: toKnownText(client),
    rawText: line,
  };
}

/** Go prints the path with `%#v`: in quotes, with escapes that JSON also knows, but for `\x`. */
function undoGoQuotes(text: string): string {
  const inside = /^"(.*)"\s*$/.exec(text)?.[1];
  if (inside === undefined) return text.trimEnd();
  return inside.replaceAll(/\\(["\\])/g, '$1');
}
