import type { Header, ImportedCall } from '../../../model/call.ts';
import { guessEpochTime, parseIsoTime } from '../../../lib/iso-time.ts';
import { splitHostPort, splitPath, splitUrl } from '../../../lib/request-target.ts';
import { toCount, toExtras, toNumber, toStatus } from '../read/fields.ts';

/** One record of Zeek's http.log, whatever it was written as; a field that is unset or empty is `undefined`. */
export interface ZeekRecord {
  /** A field's text; of a list, its elements with commas between. */
  text(name: string): string | undefined;
  /** The elements of a set or vector. */
  list(name: string): readonly string[];
  /** Names of all fields, in order. */
  readonly names: readonly string[];
}

/** Fields that a column of the call holds. */
const MAPPED: ReadonlySet<string> = new Set([
  'ts',
  'id.orig_h',
  'method',
  'host',
  'uri',
  'referrer',
  'user_agent',
  'origin',
  'request_body_len',
  'response_body_len',
  'status_code',
  'username',
  'proxied',
  '_path',
]);

/**
 * A call out of a record of Zeek.
 * Source: Zeek "Book of Zeek", http.log, and its ASCII and JSON writers. Zeek sees clear text only, so the scheme is http, save for tunnels.
 * Traps:  a host that no header named is the responder's address; an answer without its request has no method or URI, and a
 *         request without its answer no status; a password stays an extra of that name, as masking goes by names.
 */
export function toZeekCall(record: ZeekRecord, rawText: string | undefined, zoneOffsetMinutes: number): ImportedCall {
  const target = toTarget(record.text('method'), record.text('uri'));
  const authority = splitHostPort(record.text('host') ?? '');
  const headers = toHeaders(record);
  const types = record.list('resp_mime_types');
  return {
    ...toTime(record.text('ts'), zoneOffsetMinutes),
    method: record.text('method'),
    scheme: target.scheme ?? (record.text('method') === 'CONNECT' ? undefined : 'http'),
    host: authority.host ?? target.host ?? record.text('id.resp_h'),
    port: authority.port ?? target.port ?? toCount(record.text('id.resp_p')),
    path: target.path,
    query: target.query,
    status: toStatus(record.text('status_code')),
    reqBytes: toCount(record.text('request_body_len')),
    resBytes: toCount(record.text('response_body_len')),
    clientIp: record.text('id.orig_h'),
    forwardedFor: headers.find(([name]) => name === 'x-forwarded-for')?.[1],
    userAgent: record.text('user_agent'),
    referer: record.text('referrer'),
    requestHeaders: headers.length === 0 ? undefined : headers,
    consumer: record.text('username'),
    contentType: types.length === 1 ? types[0] : undefined,
    extras: toExtras(record.names.flatMap((name) => (MAPPED.has(name) ? [] : [[name, record.text(name)] as const]))),
    rawText,
  };
}

function toTime(ts: string | undefined, zoneOffsetMinutes: number): Pick<ImportedCall, 'time' | 'timeText' | 'timeKind' | 'zoneKnown'> {
  const seconds = toNumber(ts);
  if (seconds !== undefined) {
    const time = guessEpochTime(seconds)?.time;
    return { time, timeText: ts, timeKind: time === undefined ? 'unknown' : 'start', zoneKnown: true };
  }
  const parsed = ts === undefined ? 'shape' : parseIsoTime(ts, zoneOffsetMinutes);
  if (typeof parsed === 'string') return { timeText: ts, timeKind: 'unknown', zoneKnown: false };
  return { time: parsed.time, timeText: ts, timeKind: 'start', zoneKnown: parsed.zoneKnown };
}

function toTarget(method: string | undefined, uri: string | undefined): ReturnType<typeof splitUrl> {
  if (uri === undefined) return {};
  if (method === 'CONNECT') return splitHostPort(uri);
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(uri) ? splitUrl(uri) : splitPath(uri);
}

/** Headers that Zeek keeps: `origin`, and those of proxies as `X-FORWARDED-FOR -> 10.0.0.1`. */
function toHeaders(record: ZeekRecord): readonly Header[] {
  const headers = record.list('proxied').flatMap((entry): Header[] => {
    const arrow = entry.indexOf(' -> ');
    return arrow === -1 ? [['proxied', entry]] : [[entry.slice(0, arrow).toLowerCase(), entry.slice(arrow + 4)]];
  });
  const origin = record.text('origin');
  return origin === undefined ? headers : [...headers, ['origin', origin]];
}
