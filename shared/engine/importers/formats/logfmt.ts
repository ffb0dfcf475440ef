import { parseGoDuration } from '../../../lib/go-duration.ts';
import { guessEpochTime, parseIsoTime } from '../../../lib/iso-time.ts';
import { splitTarget } from '../../../lib/request-line.ts';
import { splitClient, splitHostPort } from '../../../lib/request-target.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs, type DurationMs } from '../../../model/units.ts';
import { splitLogfmt, type LogfmtLine } from '../logfmt/logfmt-line.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toCount, toKnownText, toNumber, toStatus } from '../read/fields.ts';
import { recognizeByLines, type LineKind } from '../read/line-vote.ts';
import { toIssue } from '../read/reading.ts';

/** Names of a field, the one that counts first in front. */
const NAMES = {
  time: ['time', 'ts', 'timestamp', '@timestamp', 't'],
  method: ['method', 'http_method', 'request_method', 'http.method', 'http.request.method'],
  path: ['path', 'uri', 'request_uri', 'url', 'request_path', 'http.path', 'http.url', 'target'],
  query: ['query', 'query_string'],
  status: ['status', 'status_code', 'http_status', 'http.status_code', 'http.response.status_code'],
  host: ['host', 'authority'],
  client: ['client_ip', 'remote_ip', 'remote_addr', 'remote', 'client', 'ip'],
  forwarded: ['fwd', 'x_forwarded_for', 'forwarded_for'],
  bytes: ['bytes', 'resp_bytes', 'response_bytes', 'bytes_sent', 'response_size'],
  agent: ['user_agent', 'useragent', 'ua'],
  referer: ['referer', 'referrer'],
  requestId: ['request_id', 'req_id', 'requestid'],
  trace: ['trace_id', 'traceid'],
  span: ['span_id', 'spanid'],
  consumer: ['user', 'user_id', 'username'],
  service: ['api_name', 'service_name'],
  upstream: ['upstream_addr', 'dyno'],
  protocol: ['protocol', 'proto', 'scheme'],
  taken: ['duration', 'latency', 'elapsed', 'took', 'response_time'],
  takenMs: ['duration_ms', 'latency_ms', 'elapsed_ms', 'took_ms', 'response_time_ms', 'latency_total'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Names whose values grant access: kept as request headers, so that they are masked as such. */
const SECRET = /(?:key|token|secret|authorization|cookie|password)$/;

/** A method as HTTP knows it, in either case. */
const METHOD = /^[A-Za-z][A-Za-z_-]{2,19}$/;

const find = ({ pairs }: LogfmtLine, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = toKnownText(pairs.get(name));
    if (value !== undefined) return value;
  }
  return undefined;
};

/** A line counts as a request when it names method, path and status as such. */
function kindOf(line: string): LineKind {
  const read = splitLogfmt(line);
  if (read === undefined) return undefined;
  if (isRequest(read)) return 'call';
  return read.pairs.size >= 2 ? 'other' : undefined;
}

function isRequest(line: LogfmtLine): boolean {
  const method = find(line, NAMES.method);
  const path = find(line, NAMES.path);
  const status = find(line, NAMES.status);
  return method !== undefined && METHOD.test(method) && path !== undefined && status !== undefined && /^\d{1,3}$/.test(status);
}

/**
 * Requests in logs of `key=value` pairs: Heroku's router, Tyk's access log as text, and programs that log with logrus or the like.
 * Source: Heroku "HTTP routing, router log format"; Tyk gateway 5.8 "access logs". A bare number is a time only where its name says
 *         milliseconds; what no column holds is kept under its name.
 */
export const logfmt = {
  id: 'logfmt',
  title: 'Requests as key=value pairs (Heroku router, Tyk access log)',
  extensions: ['.log', '.txt'],
  holds: 'method, path and status; mostly time, host, client, duration and response size; no bodies',
  recognize: (head) => recognizeByLines(head, kindOf, 'key=value pairs with method, path and status'),
  records: 'lines',
  shape: 'not key=value pairs',
  independent: true,
  notes: ['The lines do not say whether a time is the start or the end of its call.'],
  open:
    ({ zoneOffsetMinutes }) =>
    (record) =>
      toImported(record, zoneOffsetMinutes),
} as const satisfies RecordImporter;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const line = splitLogfmt(record.text);
  if (line === undefined) return undefined;
  if (!isRequest(line)) {
    if (line.pairs.size < 2) return undefined;
    return toIssue('skip', 'NOT_HTTP', 'pairs without method, path and status: a message of the program', record, record.text);
  }
  return { kind: 'call', record: record.record, at: record.at, call: toCall(line, record.text, zoneOffsetMinutes) };
}

function toCall(line: LogfmtLine, text: string, zoneOffsetMinutes: number): ImportedCall {
  const method = find(line, NAMES.method);
  const protocol = find(line, NAMES.protocol);
  const isScheme = protocol === 'http' || protocol === 'https';
  const target = splitTarget(method?.toUpperCase(), find(line, NAMES.path) ?? '');
  const host = splitHostPort(find(line, NAMES.host) ?? '');
  const forwardedFor = find(line, NAMES.forwarded);
  // Heroku appends the address that it saw itself.
  const client = splitClient(find(line, NAMES.client) ?? forwardedFor?.split(',').at(-1)?.trim());
  const connect = parseGoDuration(line.pairs.get('connect') ?? '');
  const { rest, secrets } = toRest(line);
  const extras: readonly Header[] = [
    ...rest,
    ...(protocol === undefined || isScheme ? [] : [['protocol', protocol] as const]),
    ...(client.port === undefined ? [] : [['client-port', client.port] as const]),
    ...(line.front === '' ? [] : [['front-of-line', line.front] as const]),
  ];
  return {
    ...toTime(line, zoneOffsetMinutes),
    durationMs: toDuration(line),
    method: method?.toUpperCase(),
    scheme: target.scheme ?? (isScheme ? protocol : undefined),
    ...(target.host === undefined ? host : { host: target.host, port: target.port }),
    path: target.path,
    query: target.query ?? find(line, NAMES.query)?.replace(/^\?/, ''),
    status: toStatus(find(line, NAMES.status)),
    resBytes: toCount(find(line, NAMES.bytes)),
    clientIp: client.address,
    forwardedFor,
    userAgent: find(line, NAMES.agent),
    referer: find(line, NAMES.referer),
    requestId: find(line, NAMES.requestId),
    traceId: find(line, NAMES.trace),
    spanId: find(line, NAMES.span),
    consumer: find(line, NAMES.consumer),
    service: find(line, NAMES.service),
    upstream: find(line, NAMES.upstream),
    requestHeaders: secrets.length === 0 ? undefined : secrets,
    timings: connect === undefined ? undefined : [['connect', connect]],
    extras: extras.length === 0 ? undefined : extras,
    rawText: text,
  };
}

/** Heroku's `service` is how long the program took; elsewhere it is a name. */
function toDuration(line: LogfmtLine): DurationMs | undefined {
  const ms = toNumber(find(line, NAMES.takenMs));
  if (ms !== undefined && ms >= 0) return durationMs(ms);
  return parseGoDuration(find(line, NAMES.taken) ?? line.pairs.get('service') ?? '');
}

const FRONT_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*/;

function toTime(line: LogfmtLine, zoneOffsetMinutes: number): Pick<ImportedCall, 'time' | 'timeText' | 'timeKind' | 'zoneKnown'> {
  const timeText = find(line, NAMES.time) ?? FRONT_TIME.exec(line.front)?.[0];
  if (timeText === undefined) return { timeKind: 'unknown', zoneKnown: false };
  const epoch = guessEpochTime(toNumber(timeText) ?? Number.NaN);
  if (epoch !== undefined) return { time: epoch.time, timeText, timeKind: 'unknown', zoneKnown: true };
  const parsed = parseIsoTime(timeText, zoneOffsetMinutes);
  if (typeof parsed === 'string') return { timeText, timeKind: 'unknown', zoneKnown: false };
  return { time: parsed.time, timeText, timeKind: 'unknown', zoneKnown: parsed.zoneKnown };
}

/** What became a column; where several names of one column occur, the others are kept. */
function toRest(line: LogfmtLine): { readonly rest: readonly Header[]; readonly secrets: readonly Header[] } {
  const taken = new Set<string>(['connect']);
  for (const names of Object.values(NAMES)) {
    const used = names.find((name) => toKnownText(line.pairs.get(name)) !== undefined);
    if (used !== undefined) taken.add(used);
  }
  // A duration whose unit nobody names stays as it was written.
  for (const name of NAMES.taken) if (parseGoDuration(line.pairs.get(name) ?? '') === undefined) taken.delete(name);
  if (parseGoDuration(line.pairs.get('connect') ?? '') === undefined) taken.delete('connect');
  const rest: Header[] = [];
  const secrets: Header[] = [];
  for (const [name, value] of line.pairs) {
    if (taken.has(name) || toKnownText(value) === undefined) continue;
    if (SECRET.test(name)) secrets.push([name.replaceAll('_', '-'), value]);
    else rest.push([name, value]);
  }
  return { rest, secrets };
}
