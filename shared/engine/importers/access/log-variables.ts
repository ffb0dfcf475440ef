import { guessEpochTime, parseIsoTime } from '../../../lib/iso-time.ts';
import { splitHostPort, splitPath } from '../../../lib/request-target.ts';
import { compileTimePattern } from '../../../lib/time-pattern.ts';
import { durationMs } from '../../../model/units.ts';
import { toCount, toKnownText, toNumber, toStatus } from '../read/fields.ts';
import { parseRequestLine } from '../../../lib/request-line.ts';
import { isClient } from './access-client.ts';
import type { Draft, LogField, Shape } from './log-field.ts';
import { shapes } from './log-field.ts';

/** A value with its escapes undone; `undefined` for `-` and nothing. */
const known = (draft: Draft, value: string): string | undefined => toKnownText(draft.unescape(value));

type Put = (draft: Draft, text: string) => void;
/** A field whose value counts only when it is known. */
const field = (name: string, shape: Shape, put: Put, role?: string, rank = 1): LogField => ({
  ...shape,
  name,
  ...(role === undefined ? {} : { role, rank }),
  put(draft, value) {
    const text = known(draft, value);
    if (text !== undefined) put(draft, text);
  },
});

/** A field that no column holds. */
export const extra = (name: string, shape: Shape = shapes.text): LogField =>
  field(name, shape, (draft, text) => void draft.extras.push([name, text]));

type TextColumn =
  'clientIp' | 'consumer' | 'requestId' | 'traceId' | 'spanId' | 'parentSpanId' | 'route' | 'service' | 'scheme' | 'contentType' | 'method';
/** A field that is a column; the first one of a line is kept. */
const column = (name: string, key: TextColumn, role?: string, rank?: number): LogField =>
  field(
    name,
    key === 'method' ? shapes.method : key === 'consumer' ? shapes.text : shapes.word,
    (draft, text) => void (draft.call[key] ??= text),
    role,
    rank,
  );

const client = (name: string, rank: number): LogField => ({ ...column(name, 'clientIp', 'client', rank), accepts: isClient });

const duration = (name: string, msPerUnit: number, rank: number): LogField =>
  field(
    name,
    shapes.decimal,
    (draft, text) => {
      const number = toNumber(text);
      if (number !== undefined && number >= 0) draft.call.durationMs = durationMs(roundMicros(number * msPerUnit));
    },
    'duration',
    rank,
  );
/** Undoes what a double adds to `0.1 s` as ms. */
const roundMicros = (ms: number): number => Math.round(ms * 1000) / 1000;

/** Seconds of each try; `-` where there was no answer. Several tries add up, and the list itself is kept. */
const tries = (name: string, phase: string): LogField =>
  field(name, shapes.list, (draft, text) => {
    const times = text.split(/, | : /).flatMap((one) => toNumber(one) ?? []);
    if (times.length > 0) draft.timings.push([phase, roundMicros(times.reduce((sum, one) => sum + one, 0) * 1000)]);
    if (times.length !== 1 || text.includes(',')) draft.extras.push([name, text]);
  });

/** The last server that was tried counts; a list is kept as well. */
export const upstreamAddress = (name: string): LogField =>
  field(name, shapes.list, (draft, text) => {
    const addresses = text.split(/, | : /).map((one) => one.trim());
    draft.call.upstream = addresses.findLast((one) => one !== '-' && one !== '');
    if (addresses.length > 1) draft.extras.push([name, text]);
  });

const list = (name: string, extraName: string): LogField =>
  field(name, shapes.list, (draft, text) => void draft.extras.push([extraName, text]));

const request = (name: string): LogField =>
  field2(name, shapes.text, 'target', 4, (draft, value) => {
    Object.assign(draft.call, parseRequestLine(value, draft.unescape));
  });
/** A field that looks at its value before escapes are undone. */
function field2(name: string, shape: Shape, role: string, rank: number, put: LogField['put']): LogField {
  return { ...shape, name, role, rank, put };
}

/** Path and query as one: raw in `$request_uri`, without the query in `%U`. */
const target = (name: string, rank: number): LogField =>
  field(
    name,
    shapes.path,
    (draft, text) => {
      const { path, query } = splitPath(text);
      draft.call.path = path;
      if (query !== undefined) draft.call.query = query;
    },
    'target',
    rank,
  );

const query = (name: string, shape: Shape): LogField =>
  field(
    name,
    shape,
    (draft, text) => {
      const bare = text.startsWith('?') ? text.slice(1) : text;
      if (bare !== '') draft.call.query ??= bare;
    },
    'query',
  );

/** Names that stand for no host in particular, as nginx's catch-all server has them. */
const NO_HOST = new Set(['_', '""']);

const host = (name: string, rank: number): LogField =>
  field(
    name,
    shapes.word,
    (draft, text) => {
      if (NO_HOST.has(text)) return;
      const found = splitHostPort(text);
      draft.call.host = found.host;
      if (found.port !== undefined) draft.call.port ??= found.port;
    },
    'host',
    rank,
  );

const size = (name: string, rank: number, forDash?: number): LogField => ({
  ...shapes.integer,
  name,
  role: 'response-size',
  rank,
  put(draft, value) {
    draft.call.resBytes = value === '-' ? forDash : toCount(value);
  },
});

const status = (name: string, rank: number): LogField =>
  field(name, shapes.status, (draft, text) => void (draft.call.status = toStatus(text)), 'status', rank);

const clf = (name: string, shape: Shape, offset: number): LogField =>
  field2(name, shape, 'time', 2, (draft, value, line, at) => {
    draft.call.timeText = value.slice(offset, value.length - offset);
    draft.call.time = draft.clock(line, at + offset);
    draft.call.zoneKnown = true;
  });

/** ISO 8601, with a zone or without. */
const isoTime = (name: string, shape: Shape = shapes.iso): LogField =>
  field2(name, shape, 'time', 2, (draft, value) => {
    const parsed = parseIsoTime(value, draft.zoneOffsetMinutes);
    draft.call.timeText = value;
    draft.call.time = typeof parsed === 'string' ? undefined : parsed.time;
    draft.call.zoneKnown = typeof parsed === 'string' || parsed.zoneKnown;
  });

const epochTime = (name: string): LogField =>
  field2(name, shapes.decimal, 'time', 4, (draft, value) => {
    draft.call.timeText = value;
    draft.call.time = guessEpochTime(toNumber(value) ?? -1)?.time;
    draft.call.zoneKnown = true;
  });

const tls = (name: string): LogField => field(name, shapes.text, (draft, text) => void draft.tls.push(text));

/** A request header; those that are columns are kept there alone. */
function requestHeader(header: string): LogField {
  const name = header.toLowerCase();
  if (name === 'user-agent') return field(name, shapes.text, (draft, text) => void (draft.call.userAgent = text));
  if (name === 'referer') return field(name, shapes.text, (draft, text) => void (draft.call.referer = text));
  if (name === 'x-forwarded-for') return field(name, shapes.text, (draft, text) => void (draft.call.forwardedFor = text));
  if (name === 'host') return host('http-host', 3);
  return field(name, shapes.text, (draft, text) => void draft.requestHeaders.push([header, text]));
}
const responseHeader = (header: string): LogField =>
  field(header.toLowerCase(), shapes.text, (draft, text) => void draft.responseHeaders.push([header, text]));
const cookie = (name: string): LogField =>
  field(`cookie_${name}`, shapes.text, (draft, text) => void draft.requestHeaders.push(['cookie', `${name}=${text}`]));

/** Variables of nginx that mean a field of ours. Source: ngx_http_log_module, ngx_http_core_module, ngx_http_upstream_module. */
const NGINX: Readonly<Record<string, LogField>> = Object.fromEntries(
  [
    client('remote_addr', 3),
    column('remote_user', 'consumer'),
    clf('time_local', shapes.clf, 0),
    isoTime('time_iso8601'),
    epochTime('msec'),
    request('request'),
    column('request_method', 'method'),
    target('request_uri', 3),
    target('uri', 1),
    target('document_uri', 1),
    query('args', shapes.text),
    query('query_string', shapes.text),
    query('is_args_args', shapes.query),
    column('scheme', 'scheme'),
    host('host', 4),
    host('http_host', 3),
    host('server_name', 1),
    field('server_port', shapes.integer, (draft, text) => void (draft.call.port ??= toCount(text))),
    status('status', 2),
    size('body_bytes_sent', 2),
    size('bytes_sent', 1),
    field('request_length', shapes.integer, (draft, text) => void (draft.call.reqBytes = toCount(text))),
    duration('request_time', 1000, 3),
    upstreamAddress('upstream_addr'),
    list('upstream_status', 'upstream-status'),
    tries('upstream_response_time', 'upstream'),
    tries('upstream_connect_time', 'upstream-connect'),
    tries('upstream_header_time', 'upstream-header'),
    list('upstream_response_length', 'upstream_response_length'),
    list('upstream_bytes_received', 'upstream_bytes_received'),
    list('upstream_bytes_sent', 'upstream_bytes_sent'),
    // Kubernetes' ingress: namespace, service and port of the backend, `default-orders-80`.
    column('proxy_upstream_name', 'service'),
    { ...extra('upstream_uri'), first: '/' },
    column('request_id', 'requestId'),
    column('req_id', 'requestId'),
    column('kong_request_id', 'requestId'),
    column('apisix_request_id', 'requestId'),
    ...['otel_trace_id', 'opentelemetry_trace_id', 'opentracing_trace_id'].map((name) => column(name, 'traceId')),
    ...['otel_span_id', 'opentelemetry_span_id'].map((name) => column(name, 'spanId')),
    column('otel_parent_id', 'parentSpanId'),
    field('proxy_add_x_forwarded_for', shapes.text, (draft, text) => void (draft.call.forwardedFor ??= text)),
    tls('ssl_protocol'),
    tls('ssl_cipher'),
    extra('remote_port', shapes.integer),
    extra('connection', shapes.integer),
    extra('connection_requests', shapes.integer),
  ].map((one) => [one.name, one]),
);

/** What nginx's variable means; an unknown one is kept under its name. */
export function findNginxVariable(name: string): LogField {
  const own = Object.hasOwn(NGINX, name) ? NGINX[name] : undefined;
  if (own !== undefined) return own;
  const [, family, rest] = /^(http|sent_http|upstream_http|cookie)_(\w+)$/.exec(name) ?? [];
  if (family === undefined || rest === undefined) return extra(name);
  if (family === 'cookie') return cookie(rest);
  const header = rest.replaceAll('_', '-');
  return family === 'http' ? requestHeader(header) : responseHeader(header);
}

/** Letters of Apache that mean a field of ours. Source: mod_log_config, "Custom Log Formats". */
const APACHE: Readonly<Record<string, LogField>> = {
  h: client('remote-host', 2),
  a: client('remote-address', 3),
  l: extra('ident'),
  u: column('remote-user', 'consumer'),
  t: clf('time', shapes.bracketedClf, 1),
  r: request('request'),
  m: column('method', 'method'),
  U: target('path', 2),
  q: query('query', shapes.query),
  v: host('server-name', 1),
  V: host('server-name-used', 2),
  p: field('port', shapes.integer, (draft, text) => void (draft.call.port ??= toCount(text))),
  s: status('original-status', 1),
  '<s': status('original-status', 1),
  '>s': status('status', 2),
  // "-" stands for a response without a body: 0, not "unknown".
  b: size('body-bytes', 3, 0),
  B: size('body-bytes', 2),
  O: size('bytes-sent', 1),
  I: field('bytes-received', shapes.integer, (draft, text) => void (draft.call.reqBytes = toCount(text))),
  D: duration('duration-us', 0.001, 5),
  T: duration('duration-s', 1000, 1),
  L: column('log-id', 'requestId'),
  H: extra('protocol'),
  A: extra('local-address'),
  X: extra('connection-status'),
  k: extra('keepalive-requests', shapes.integer),
  P: extra('process', shapes.integer),
  R: extra('handler'),
  f: extra('file'),
};

const UNITS: Readonly<Record<string, LogField>> = {
  us: duration('duration-us', 0.001, 5),
  ms: duration('duration-ms', 1, 4),
  s: duration('duration-s', 1000, 1),
  // Gunicorn's %(L)s: seconds with a fraction.
  decimal: duration('duration-s', 1000, 3),
};

/** What Apache's directive means; `undefined` for a letter that does not exist. `%{…}t` is several fields and not here. */
export function findApacheDirective(name: string, parameter: string | undefined): LogField | undefined {
  const letter = name.replace(/^[<>]/, '');
  if (parameter === undefined)
    return (Object.hasOwn(APACHE, name) ? APACHE[name] : undefined) ?? (Object.hasOwn(APACHE, letter) ? APACHE[letter] : undefined);
  switch (letter) {
    case 'i':
      return requestHeader(parameter);
    case 'o':
      return responseHeader(parameter);
    case 'C':
      return cookie(parameter);
    case 'T':
      return Object.hasOwn(UNITS, parameter) ? UNITS[parameter] : undefined;
    case 'p':
      return parameter === 'remote' ? extra('remote_port', shapes.integer) : APACHE['p'];
    case 'a':
    case 'h':
      return parameter === 'c' ? extra('peer-address') : undefined;
    case 'e':
    case 'n':
      return parameter === 'UNIQUE_ID' ? column(parameter, 'requestId') : extra(parameter);
    case 'x':
      return parameter === 'SSL_PROTOCOL' || parameter === 'SSL_CIPHER' ? tls(parameter) : extra(parameter);
    case 'P':
      return extra(`process-${parameter}`);
    case '^ti':
      return requestHeader(parameter);
    case '^to':
      return responseHeader(parameter);
    default:
      return undefined;
  }
}

/** A time after a pattern of `strptime`, for formats whose times no variable of a server writes. */
export function patternTime(name: string, pattern: string): LogField {
  const read = compileTimePattern(pattern);
  if (read === undefined) throw new Error(`no time pattern: ${pattern}`);
  return field2(name, shapes.text, 'time', 2, (draft, value) => {
    const parsed = read(value, draft.zoneOffsetMinutes);
    draft.call.timeText = value;
    draft.call.time = typeof parsed === 'string' ? undefined : parsed.time;
    draft.call.zoneKnown = typeof parsed === 'string' || parsed.zoneKnown;
  });
}

/** Milliseconds, or microseconds, as the word after the number says: `129 msecs`, `68 micros`. */
export const wordDuration = (name: string): LogField =>
  field(
    name,
    shapes.text,
    (draft, text) => {
      const [, number, unit] = /^(\d+) (msecs|micros)$/.exec(text) ?? [];
      if (number !== undefined) draft.call.durationMs = durationMs(unit === 'micros' ? Number(number) / 1000 : Number(number));
    },
    'duration',
    3,
  );

/** A field that only repeats what another one says. */
export const ignored: LogField = { ...shapes.text, name: 'ignored', put: () => undefined };
