import type { Header, ImportedBody, ImportedCall } from '../../../model/call.ts';
import { durationMs, epochMicros } from '../../../model/units.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { guessEpochTime } from '../../../lib/iso-time.ts';
import { splitPath, splitUrl } from '../../../lib/request-target.ts';
import { findHeader, toCount, toExtras, toHeaders, toKnownText, toLooseText, toNumber, toObject, toStatus } from '../read/fields.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { listJsonKeys, shareWithKeys } from '../read/json-signature.ts';
import { toIssue } from '../read/reading.ts';
import { readOwnFields } from '../read/user-field.ts';

/** Share of the first records that must look like Kong's. */
const NEEDED_SHARE = 0.6;

/**
 * Records of Kong's log plugins (file-log, http-log, tcp-log, udp-log): one JSON object per request.
 * Source: docs.konghq.com, "log format" of the plugins. Sizes are strings in old versions and numbers in new ones, header names
 * are lower case, and an empty Lua table is `{}` even where a list is meant.
 */
export const kongJson = {
  id: 'kong-json',
  title: 'Kong gateway log (JSON)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds:
    'time, duration, method, URL, status, sizes, headers, client, consumer and credential id, route, service and upstream; bodies only when a plugin adds them',
  recognize(head) {
    const objects = listJsonKeys(head);
    const share = shareWithKeys(objects, ['request', 'response']);
    if (share < NEEDED_SHARE) return { strength: 'none', why: 'no records with request and response' };
    const marks = ['latencies', 'started_at', 'client_ip', 'tries'].filter(
      (key) => shareWithKeys(objects, ['request', 'response', key]) >= NEEDED_SHARE,
    );
    if (marks.length >= 2)
      return { strength: 'magic', why: `JSON records with request, response, ${marks.join(' and ')}, as Kong's log plugins write them` };
    const [mark] = marks;
    if (mark !== undefined)
      return { strength: 'shape', why: `JSON records with request, response and ${mark}, as Kong's log plugins write them` };
    return { strength: 'none', why: 'request and response, but nothing else of Kong' };
  },
  records: 'json',
  shape: 'not a record of Kong: no request object',
  independent: true,
  isReread: true,
  isCertain: ({ value }) =>
    isJsonObject(value) && isJsonObject(value['request']) && isJsonObject(value['latencies']) && value['started_at'] !== undefined,
  open: () => toImported,
} as const satisfies RecordImporter;

function toImported(record: LogRecord): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value)) return undefined;
  const { request } = value;
  if (!isJsonObject(request)) {
    if (value['session'] !== undefined) return toIssue('skip', 'NOT_HTTP', 'a TCP or TLS stream, which has no request', record, text);
    return 'response' in value || 'latencies' in value ? toIssue('reject', 'FIELD_MISSING', 'no request object', record, text) : undefined;
  }
  const call = toCall(value, request, text);
  if (call.method === undefined && call.path === undefined && call.host === undefined) {
    return toIssue('reject', 'FIELD_MISSING', 'neither method nor URL in the request', record, text);
  }
  return { kind: 'call', record: record.record, at: record.at, call: { ...call, ...readOwnFields(value, call) } };
}

function toCall(value: JsonObject, request: JsonObject, text: string): ImportedCall {
  const response = toObject(value['response']);
  const latencies = toObject(value['latencies']);
  const consumer = toObject(value['consumer']);
  const service = toObject(value['service']);
  const requestHeaders = toHeaders(request['headers']);
  const responseHeaders = toHeaders(response['headers']);
  const user = userOf(value, request, requestHeaders);
  const entity = toKnownText(toObject(value['authenticated_entity'])['id']);
  const startedAt = toNumber(value['started_at']);
  const total = toNumber(latencies['request']);
  return {
    time: startedAt === undefined ? undefined : guessTime(startedAt),
    timeText: startedAt === undefined ? undefined : toLooseText(value['started_at']),
    timeKind: startedAt === undefined ? 'unknown' : 'start',
    zoneKnown: true,
    durationMs: total === undefined || total < 0 ? undefined : durationMs(total),
    method: toKnownText(request['method']),
    ...toTarget(request),
    status: toStatus(response['status']),
    reqBytes: toCount(request['size']),
    resBytes: toCount(response['size']),
    clientIp: toKnownText(value['client_ip']),
    forwardedFor: findHeader(requestHeaders, 'x-forwarded-for'),
    userAgent: findHeader(requestHeaders, 'user-agent'),
    referer: findHeader(requestHeaders, 'referer'),
    requestHeaders,
    responseHeaders,
    requestBody: toBody(request['body'], findHeader(requestHeaders, 'content-type')),
    responseBody: toBody(response['body'], findHeader(responseHeaders, 'content-type')),
    consumer: user ?? toKnownText(consumer['username']) ?? toKnownText(consumer['custom_id']) ?? toKnownText(consumer['id']),
    // Of a program that many users have, the credential is the program's, and no one's who uses it.
    credentialId: user === undefined ? entity : undefined,
    traceId: firstText(value['trace_id']),
    requestId: toKnownText(request['id']) ?? toKnownText(value['correlation_id']) ?? findHeader(requestHeaders, 'x-kong-request-id'),
    upstream: toUpstream(value['tries']),
    route: toKnownText(toObject(value['route'])['name']) ?? toKnownText(toObject(value['route'])['id']),
    service: toKnownText(service['name']) ?? toKnownText(service['host']) ?? toKnownText(service['id']),
    contentType: findHeader(responseHeaders, 'content-type'),
    redirectUrl: findHeader(responseHeaders, 'location'),
    timings: toTimings(latencies),
    extras: toExtras([
      ['upstream-status', toLooseText(value['upstream_status'])],
      ['upstream-uri', toKnownText(value['upstream_uri'])],
      ['workspace', toKnownText(value['workspace_name']) ?? toKnownText(value['workspace'])],
      ['auth-type', toKnownText(value['auth_type'])],
      ['answered-by', toKnownText(value['source'])],
      ['consumer-id', toKnownText(consumer['id'])],
      // The gateway knows the key by this, also where the request shows the key itself.
      ['credential-id', entity],
      ['program', user === undefined ? undefined : toKnownText(consumer['username'])],
      // No member of the record names the user: whoever reads the call is to know what does.
      ['user-told-by', user === undefined ? undefined : USER_HEADER],
      ['tls', toTls(request['tls'])],
      ['ai', isJsonObject(value['ai']) ? JSON.stringify(value['ai']) : undefined],
    ]),
    rawText: text,
  };
}

/** Who stands behind a token, as Kong tells the service. */
const USER_HEADER = 'x-authenticated-userid';
/** What usually carries an API key, as a header or in the query. */
const KEY_NAMES = ['apikey', 'api-key', 'api_key', 'x-api-key', 'key'] as const;
/** A token, or what a log writes in place of any credential. */
const TOKEN = /^(?:bearer\b|(?=\S)\W{0,20}(?:redacted|masked|hidden|filtered|removed)?\W{0,20}$)/i;
/** Plugins that log in by a token which has a user, by their names and types. */
const TOKEN_PLUGIN = /oauth|openid|oidc/i;
/** Plugins that log in a program alone, and leave the header of users as the client sent it. */
const OTHER_PLUGIN = /key-?auth|basic|hmac|ldap|mtls|jwt/i;

/**
 * The user of a program, where the consumer is the program: OAuth 2.0 and OpenID Connect write both into the request. The header is Kong's where another
 * names the record's consumer and a token stood for the user; beside any other credential a client could send it itself. A log that hides which
 * credential it was leaves that open, so that the call says what told its user.
 * Source: docs.konghq.com, "upstream headers" of the OAuth 2.0 plugin.
 */
function userOf(value: JsonObject, request: JsonObject, headers: readonly Header[] | undefined): string | undefined {
  const told = (name: string): string | undefined => findHeader(headers, name);
  const program = toObject(value['consumer'])['username'];
  const user = toKnownText(told(USER_HEADER));
  const isWritten = told('x-consumer-username') !== undefined && told('x-consumer-username') === program;
  if (!isWritten || user === program || !TOKEN.test(told('authorization') ?? 'none')) return undefined;
  const asked = toObject(request['querystring']);
  const hasKey = KEY_NAMES.some((name) => told(name) !== undefined || asked[name] !== undefined);
  return hasKey || isOtherLogin(value) ? undefined : user;
}

/** Whether the record names how the program logged in, and names no plugin of tokens. */
function isOtherLogin({ auth_type: type, plugins = [] }: JsonObject): boolean {
  const kind = toKnownText(type);
  if (kind !== undefined) return !TOKEN_PLUGIN.test(kind);
  const names = JSON.stringify(plugins);
  return OTHER_PLUGIN.test(names) && !TOKEN_PLUGIN.test(names);
}

/** Kong documents milliseconds; the magnitude is checked because custom fields replace it with seconds or nanoseconds. */
function guessTime(startedAt: number): ImportedCall['time'] {
  const guess = guessEpochTime(startedAt);
  return guess === undefined ? undefined : epochMicros(guess.time);
}

/** Path and query as received come from `uri`; scheme, host and port only `url` has. */
function toTarget(request: JsonObject): Pick<ImportedCall, 'scheme' | 'host' | 'port' | 'path' | 'query'> {
  const uri = toKnownText(request['uri']);
  const { scheme, host, port, path, query } = splitUrl(toKnownText(request['url']) ?? '');
  const received = uri === undefined ? { path, query } : splitPath(uri);
  const table = Object.entries(toObject(request['querystring']));
  const rebuilt = received.query === undefined && table.length > 0 ? table.map(toQueryPair).join('&') : received.query;
  return { scheme, host, port, path: received.path, query: rebuilt };
}

function toQueryPair([name, value]: readonly [string, Json]): string {
  const values = Array.isArray(value) ? value : [value];
  return values.map((one) => (one === true ? encodeText(name) : `${encodeText(name)}=${encodeText(String(one))}`)).join('&');
}

const encodeText = (text: string): string => encodeURIComponent(text.replaceAll(/[\uD800-\uDFFF]/gu, '\uFFFD'));

function toBody(value: Json | undefined, mime: string | undefined): ImportedBody | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { text, mime, encoding: 'text', bytes: undefined, note: undefined };
}

function toUpstream(tries: Json | undefined): string | undefined {
  const last: unknown = Array.isArray(tries) ? tries.at(-1) : undefined;
  if (!isJsonObject(last)) return undefined;
  const ip = toKnownText(last['ip']);
  const port = toNumber(last['port']);
  if (ip === undefined || port === undefined) return ip;
  return ip.includes(':') ? `[${ip}]:${String(port)}` : `${ip}:${String(port)}`;
}

/** `kong` is not pure gateway overhead: the download from upstream counts in it; `proxy` is −1 when nothing was passed on. */
function toTimings(latencies: JsonObject): ImportedCall['timings'] {
  const timings = ['kong', 'proxy', 'receive'].flatMap((phase): [string, number][] => {
    const ms = toNumber(latencies[phase]);
    return ms === undefined || ms < 0 ? [] : [[phase, ms]];
  });
  return timings.length === 0 ? undefined : timings;
}

function toTls(value: Json | undefined): string | undefined {
  const tls = toObject(value);
  return [toKnownText(tls['version']), toKnownText(tls['cipher'])].filter((part) => part !== undefined).join(' ') || undefined;
}

/** Kong writes `trace_id: {"w3c": "…", "datadog": "…"}`, one per propagation format. */
function firstText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return toKnownText(value);
  const traces = toObject(value);
  return (
    toKnownText(traces['w3c']) ??
    Object.values(traces)
      .map(toKnownText)
      .find((text) => text !== undefined)
  );
}
