import { guessEpochTime, parseIsoTime } from '../../../lib/iso-time.ts';
import { splitHostPort, splitPath } from '../../../lib/request-target.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { parseRequestLine } from '../../../lib/request-line.ts';
import { createClfClock, unescapeLog } from '../access/access-line.ts';
import { toCount, toKnownText, toNumber, toStatus } from '../read/fields.ts';
import type { Imported, LogRecord, RecordImporter, RecordReader } from '../importer.ts';
import { toIssue } from '../read/reading.ts';

/** Lines of the head that vote. */
const VOTING_LINES = 50;
/** Share of them that must have the labels of a call. */
const NEEDED_SHARE = 0.6;

/** Labels of ltsv.org's recommendation first, then those that people write instead, often the names of nginx's variables. */
const LABELS = {
  time: ['time', 'datetime', 'time_local', 'time_iso8601', 'timestamp', 'msec'],
  request: ['req', 'request'],
  method: ['method', 'request_method'],
  target: ['uri', 'request_uri', 'path'],
  query: ['query', 'args', 'query_string'],
  status: ['status'],
  size: ['size', 'body_bytes_sent', 'bytes_sent', 'bytes'],
  requestSize: ['reqsize', 'request_length'],
  client: ['remote_addr', 'remote_host', 'client_ip', 'client', 'clientip', 'remote_ip'],
  host: ['vhost', 'http_host', 'server_name'],
  forwardedFor: ['forwardedfor', 'http_x_forwarded_for', 'x_forwarded_for', 'xff'],
  user: ['user', 'remote_user'],
  referer: ['referer', 'http_referer', 'referrer'],
  userAgent: ['ua', 'user_agent', 'http_user_agent', 'useragent'],
  scheme: ['scheme'],
  requestId: ['request_id', 'reqid', 'req_id', 'x_request_id', 'http_x_request_id'],
  micros: ['reqtime_microsec'],
  seconds: ['reqtime', 'request_time'],
  upstreamSeconds: ['apptime', 'upstream_response_time', 'runtime'],
  upstream: ['upstream_addr', 'upstream'],
} as const;
type Meaning = keyof typeof LABELS;
const MEANINGS = new Map<string, Meaning>(
  (Object.entries(LABELS) as [Meaning, readonly string[]][]).flatMap(([meaning, labels]) =>
    labels.map((label) => [label, meaning] as const),
  ),
);

/**
 * Labelled tab-separated values: `label:value` fields with tabs between them. Nothing is escaped but by the server that writes them.
 * Source: ltsv.org, "Labels for Web server's Log". There `host` is the client; where another label names the client, it is the
 * host that was asked for, as nginx configurations have it.
 */
export const ltsv = {
  id: 'ltsv',
  title: 'Access log in LTSV',
  extensions: ['.ltsv', '.log', '.txt'],
  holds: 'whatever the labels name, mostly time, client, user, method, path, status, size, referer, user agent and duration; no bodies',
  recognize(head) {
    const all = headText(head).split(/\r\n|\n|\r/);
    const whole = all.length > 1 ? all.slice(0, -1) : all;
    const lines = whole.filter((line) => line.trim() !== '').slice(0, VOTING_LINES);
    const labelled = lines.filter(hasLabelsOfCall).length;
    const why = `${String(labelled)} of the first ${String(lines.length)} lines are label:value fields with a time, a request and a status`;
    return { strength: labelled > 0 && labelled / lines.length >= NEEDED_SHARE ? 'magic' : 'none', why };
  },
  records: 'lines',
  shape: 'not label:value fields with tabs between them',
  independent: true,
  isCertain: ({ text }) => hasLabelsOfCall(text),
  open({ zoneOffsetMinutes }): RecordReader {
    const readTime = createTimeReader(zoneOffsetMinutes);
    return (record) => toImported(record, readTime);
  },
} as const satisfies RecordImporter;

function hasLabelsOfCall(line: string): boolean {
  if (!line.includes('\t')) return false;
  const found = new Set<Meaning>();
  for (const field of line.split('\t')) {
    const meaning = MEANINGS.get(field.slice(0, Math.max(0, field.indexOf(':'))));
    if (meaning !== undefined) found.add(meaning);
  }
  const hasTarget = found.has('request') || found.has('target');
  return found.has('time') && (hasTarget || found.has('client')) && (hasTarget ? found.size > 2 : found.has('status'));
}

type TimeReader = (text: string) => Pick<ImportedCall, 'time' | 'timeText' | 'zoneKnown'>;

/** `[10/Oct/2000:13:55:36 -0700]`, the same without brackets, ISO 8601, or a number since 1970. */
function createTimeReader(zoneOffsetMinutes: number): TimeReader {
  const clock = createClfClock();
  return (text) => {
    const timeText = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
    const clf = clock(timeText, 0);
    if (clf !== undefined) return { time: clf, timeText, zoneKnown: true };
    const epoch = toNumber(timeText);
    if (epoch !== undefined) return { time: guessEpochTime(epoch)?.time, timeText, zoneKnown: true };
    const parsed = parseIsoTime(timeText, zoneOffsetMinutes);
    return typeof parsed === 'string' ? { timeText, zoneKnown: true } : { time: parsed.time, timeText, zoneKnown: parsed.zoneKnown };
  };
}

function toImported(record: LogRecord, readTime: TimeReader): Imported | undefined {
  const { text } = record;
  if (!text.includes('\t')) return undefined;
  const known = new Map<Meaning, string>();
  const others: Header[] = [];
  let hostLabel: string | undefined;
  for (const field of text.split('\t')) {
    if (field === '') continue;
    const colon = field.indexOf(':');
    if (colon <= 0) return toIssue('reject', 'LINE_SHAPE', `a field without a label: ${field.slice(0, 60)}`, record, text);
    const label = field.slice(0, colon);
    const value = toKnownText(unescapeLog(field.slice(colon + 1)));
    const meaning = MEANINGS.get(label);
    if (value === undefined) continue;
    if (label === 'host') hostLabel = value;
    else if (meaning === undefined || known.has(meaning)) others.push([label, value]);
    // The request's escapes are undone when it is split.
    else known.set(meaning, meaning === 'request' ? field.slice(colon + 1) : value);
  }
  return { kind: 'call', record: record.record, at: record.at, call: toCall(known, others, hostLabel, readTime, text) };
}

function toCall(
  known: ReadonlyMap<Meaning, string>,
  others: Header[],
  hostLabel: string | undefined,
  readTime: TimeReader,
  text: string,
): ImportedCall {
  const request = parseRequestLine(known.get('request') ?? '', unescapeLog);
  const target = splitPath(known.get('target') ?? '');
  const time = known.get('time');
  const client = known.get('client');
  const asked = known.get('host');
  const host = asked ?? (client === undefined ? undefined : hostLabel);
  if (asked !== undefined && client !== undefined && hostLabel !== undefined) others.push(['host', hostLabel]);
  const upstreamSeconds = toNumber(known.get('upstreamSeconds'));
  return {
    ...(time === undefined ? { zoneKnown: true } : readTime(time)),
    timeKind: 'unknown',
    durationMs: toDuration(known),
    scheme: known.get('scheme'),
    method: known.get('method'),
    ...(target.path === undefined ? {} : target),
    ...request,
    query: request.query ?? target.query ?? known.get('query')?.replace(/^\?/, ''),
    ...(request.host !== undefined || host === undefined ? {} : splitHostPort(host)),
    status: toStatus(known.get('status')),
    resBytes: toCount(known.get('size')),
    reqBytes: toCount(known.get('requestSize')),
    clientIp: client ?? hostLabel,
    forwardedFor: known.get('forwardedFor'),
    userAgent: known.get('userAgent'),
    referer: known.get('referer'),
    consumer: known.get('user'),
    requestId: known.get('requestId'),
    upstream: known.get('upstream'),
    timings: upstreamSeconds === undefined ? undefined : [['upstream', toMs(upstreamSeconds)]],
    extras: others.length === 0 ? undefined : others,
    rawText: text,
  };
}

function toDuration(known: ReadonlyMap<Meaning, string>): ImportedCall['durationMs'] {
  const micros = toNumber(known.get('micros'));
  const seconds = toNumber(known.get('seconds'));
  if (micros !== undefined && micros >= 0) return durationMs(micros / 1000);
  return seconds !== undefined && seconds >= 0 ? durationMs(toMs(seconds)) : undefined;
}

/** Milliseconds without what a double adds to `0.1`. */
const toMs = (seconds: number): number => Math.round(seconds * 1e6) / 1000;
