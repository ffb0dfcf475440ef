import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { splitHostPort, splitPath } from '../../../lib/request-target.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toCount, toHeaders, toKnownText, toLooseText, toNumber, toObject, toStatus } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';
import { openFields } from '../read/record-fields.ts';
import type { RecordFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';
import type { Stamp } from '../read/stamp.ts';

/** Fields of which a job has chosen some; all begin like this. */
const OWN_FIELD = /^(?:ClientRequest|EdgeResponse|EdgeStart|EdgeEnd|CacheCacheStatus|OriginResponse|RayID$)/;

/**
 * HTTP requests as Cloudflare's Logpush, Logpull and Instant Logs write them.
 * Source: Cloudflare log fields reference. A job's owner chooses fields, the type of time stamps (RFC 3339, seconds, nanoseconds) and
 * whether numbers are texts; 0, an empty text and `unknown` mean that there is nothing to say.
 */
export const cloudflareHttp = {
  id: 'cloudflare-http',
  title: 'Cloudflare HTTP requests (Logpush)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds:
    'start, duration, client, method, host, URL, status of edge and origin, sizes, user agent, referer, TLS, cache, firewall and bot facts, ray id; chosen headers, no bodies',
  recognize: (head) =>
    recognizeByKeys(head, 'Cloudflare', (keys) => {
      const own = [...keys].filter((key) => OWN_FIELD.test(key)).length;
      if ((keys.has('RayID') || keys.has('EdgeStartTimestamp')) && keys.has('ClientRequestHost')) return 'certain';
      return own >= 3 && (keys.has('ClientRequestMethod') || keys.has('EdgeResponseStatus')) ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not a request of Cloudflare: no ClientRequest or EdgeResponse fields',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && 'RayID' in value && 'ClientRequestHost' in value,
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value)) return undefined;
  if (value['content'] === 'test') return toIssue('skip', 'NOT_HTTP', 'the record with which Logpush tests a destination', record, text);
  const isCall = ['ClientRequestMethod', 'ClientRequestURI', 'ClientRequestPath', 'EdgeResponseStatus'].some((key) => key in value);
  if (!isCall) return undefined;
  return { kind: 'call', record: record.record, at: record.at, call: toCall(value, text, zoneOffsetMinutes) };
}

function toCall(value: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const fields = openFields(value, isUnknown);
  const start = readStamp(fields.take('EdgeStartTimestamp'), 'start', zoneOffsetMinutes);
  const end = readStamp(fields.take('EdgeEndTimestamp'), 'end', zoneOffsetMinutes);
  const requestHeaders = toRequestHeaders(fields);
  const responseHeaders = toHeaders(fields.take('ResponseHeaders'));
  const uri = splitPath(fields.text('ClientRequestURI') ?? '');
  const { path, extra } = choosePath(fields, uri.path);
  const call: ImportedCall = {
    ...(start.time === undefined && start.timeText === undefined ? end : start),
    durationMs: toDuration(start, end),
    method: fields.text('ClientRequestMethod'),
    scheme: fields.text('ClientRequestScheme'),
    ...splitHostPort(fields.text('ClientRequestHost', 'EdgeRequestHost') ?? ''),
    path,
    query: uri.query,
    status: toStatus(fields.take('EdgeResponseStatus')),
    reqBytes: toCount(fields.take('ClientRequestBytes')),
    resBytes: toCount(fields.take('EdgeResponseBytes')),
    clientIp: fields.text('ClientIP'),
    userAgent: fields.text('ClientRequestUserAgent'),
    referer: fields.text('ClientRequestReferer'),
    requestHeaders,
    responseHeaders,
    credentialId: fields.text('ClientMTLSAuthCertFingerprint'),
    requestId: fields.text('RayID'),
    upstream: fields.text('OriginIP'),
    service: fields.text('ZoneName'),
    contentType: fields.text('EdgeResponseContentType'),
    timings: toTimings(fields),
  };
  const extras = [...extra, ...fields.rest()];
  return { ...call, extras: extras.length === 0 ? undefined : extras, rawText: text };
}

/** Numbers that are 0 where there was nothing, such as an origin's status without an origin. Sizes and scores of 0 are real. */
const ZERO_IS_NOTHING = /^(?:Origin|Cache)\w*(?:Status|Time|DurationMs|TimeMs|Bytes)$/;

const isUnknown = (key: string, value: Json): boolean =>
  value === 'unknown' || ((value === 0 || value === '0') && ZERO_IS_NOTHING.test(key));

/** The URI is what was sent; the path that Cloudflare gives beside it is kept where it differs. */
function choosePath(
  fields: RecordFields,
  uriPath: string | undefined,
): { readonly path: string | undefined; readonly extra: readonly Header[] } {
  const path = fields.text('ClientRequestPath');
  if (uriPath === undefined || path === undefined || path === uriPath) return { path: uriPath ?? path, extra: [] };
  return { path: uriPath, extra: [['ClientRequestPath', path]] };
}

/** Whole seconds at both ends do not tell how long a call took. */
function toDuration(start: Stamp, end: Stamp): ImportedCall['durationMs'] {
  if (start.time === undefined || end.time === undefined || end.time < start.time) return undefined;
  const isCoarse = start.time % 1_000_000 === 0 && end.time % 1_000_000 === 0;
  return isCoarse ? undefined : durationMs((end.time - start.time) / 1000);
}

function toRequestHeaders(fields: RecordFields): readonly Header[] | undefined {
  const headers = [...(toHeaders(fields.take('RequestHeaders')) ?? [])];
  const cookies = Object.entries(toObject(fields.take('Cookies'))).flatMap(([name, value]: readonly [string, Json]) => {
    const text = toLooseText(value);
    return text === undefined ? [] : [`${name}=${text}`];
  });
  if (cookies.length > 0) headers.push(['cookie', cookies.join('; ')]);
  return headers.length === 0 ? undefined : headers;
}

/** `OriginResponseTime` alone counts nanoseconds. */
function toTimings(fields: RecordFields): ImportedCall['timings'] {
  const originMs = toNumber(fields.take('OriginResponseDurationMs'));
  const originNs = toNumber(toKnownText(fields.text('OriginResponseTime')));
  const firstByte = toNumber(fields.take('EdgeTimeToFirstByteMs'));
  const timings: [string, number][] = [];
  const origin = originMs ?? (originNs === undefined ? undefined : Math.round(originNs / 1000) / 1000);
  if (origin !== undefined && origin >= 0) timings.push(['origin', origin]);
  if (firstByte !== undefined && firstByte >= 0) timings.push(['first-byte', firstByte]);
  return timings.length === 0 ? undefined : timings;
}
