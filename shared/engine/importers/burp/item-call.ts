import type { ImportedCall } from '../../../model/call.ts';
import { bytesOfBase64 } from '../../../lib/base64.ts';
import { parseIsoTime } from '../../../lib/iso-time.ts';
import { splitPath, splitUrl } from '../../../lib/request-target.ts';
import { findHeader, toCount, toExtras, toKnownText, toNumber, toStatus } from '../read/fields.ts';
import { toRawBody } from '../read/raw-body.ts';
import { parseRawMessage } from '../read/raw-message.ts';
import type { RawMessage } from '../read/raw-message.ts';
import { attributeOf } from './item-fields.ts';
import type { ItemField } from './item-fields.ts';

/** The call of one saved item; `undefined` when it has neither URL nor request. */
export function toBurpCall(fields: ReadonlyMap<string, ItemField>, zoneOffsetMinutes: number): ImportedCall | undefined {
  const textOf = (name: string): string | undefined => toKnownText(fields.get(name)?.text.trim());
  const request = toMessage(fields.get('request'));
  const response = toMessage(fields.get('response'));
  const url = splitUrl(textOf('url') ?? '');
  const [method, target] = splitRequestLine(request?.startLine ?? '');
  if (url.host === undefined && target === undefined && textOf('path') === undefined) return undefined;
  const sent = target?.startsWith('/') === true ? splitPath(target) : { path: url.path ?? textOf('path'), query: url.query };
  const ip = toKnownText(attributeOf(fields.get('host')?.attributes ?? '', 'ip'));
  const port = toNumber(textOf('port'));
  return {
    ...toTime(textOf('time'), zoneOffsetMinutes),
    method: method ?? textOf('method'),
    scheme: url.scheme ?? textOf('protocol'),
    host: url.host ?? textOf('host'),
    port: url.port ?? port,
    ...sent,
    status: toStatus(textOf('status') ?? /^HTTP\/\S+ (\d{3})/.exec(response?.startLine ?? '')?.[1]),
    reqBytes: request?.body.length,
    // The length that Burp writes counts the head too.
    resBytes: response === undefined ? toCount(textOf('responselength')) : response.body.length,
    forwardedFor: findHeader(request?.headers, 'x-forwarded-for'),
    userAgent: findHeader(request?.headers, 'user-agent'),
    referer: findHeader(request?.headers, 'referer'),
    requestHeaders: request?.headers,
    responseHeaders: response?.headers,
    requestBody: request === undefined ? undefined : toRawBody(request.body, request.headers),
    responseBody: response === undefined ? undefined : toRawBody(response.body, response.headers),
    upstream: ip === undefined || port === undefined ? ip : `${ip.includes(':') ? `[${ip}]` : ip}:${String(port)}`,
    contentType: findHeader(response?.headers, 'content-type'),
    redirectUrl: findHeader(response?.headers, 'location'),
    extras: toExtras([
      ['http-version', / (HTTP\/\S+)$/.exec(request?.startLine ?? '')?.[1]],
      ['response-type', textOf('mimetype')],
      ['comment', textOf('comment')],
      ['response-length', textOf('responselength')],
    ]),
  };
}

/** `GET /a HTTP/1.1` as method and target; text that is no request gives neither. */
function splitRequestLine(line: string): readonly [method: string | undefined, target: string | undefined] {
  const match = /^([A-Z][A-Z0-9_-]{1,19}) (\S.*?)(?: HTTP\/\S+)?$/i.exec(line);
  return [match?.[1], match?.[2]];
}

function toMessage(field: ItemField | undefined): RawMessage | undefined {
  if (field === undefined || field.text === '') return undefined;
  const isBase64 = attributeOf(field.attributes, 'base64') === 'true';
  const bytes = isBase64 ? bytesOfBase64(field.text) : new TextEncoder().encode(field.text);
  return bytes === undefined || bytes.length === 0 ? undefined : parseRawMessage(bytes);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const JAVA_TIME = /^[A-Za-z]{3} ([A-Za-z]{3}) (\d{1,2}) (\d\d:\d\d:\d\d) (\S+) (\d{4})$/;

/**
 * Java's `Date.toString()`: `Sun May 02 11:38:56 CST 2021`. Names of zones are not unique (CST is in America, China and Cuba), so only
 * GMT, UTC and offsets count as known.
 */
function toTime(text: string | undefined, zoneOffsetMinutes: number): Pick<ImportedCall, 'time' | 'timeText' | 'timeKind' | 'zoneKnown'> {
  if (text === undefined) return { timeKind: 'unknown', zoneKnown: false };
  const [, monthName = '', day = '', clock = '', zone = '', year = ''] = JAVA_TIME.exec(text) ?? [];
  const month = MONTHS.indexOf(monthName) + 1;
  const offset = /^(?:GMT|UTC|Z)$/.test(zone) ? 'Z' : (/^(?:GMT|UTC)([+-]\d\d:\d\d)$/.exec(zone)?.[1] ?? '');
  const iso = month === 0 ? text : `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}T${clock}${offset}`;
  const parsed = parseIsoTime(iso, zoneOffsetMinutes);
  if (typeof parsed === 'string') return { timeText: text, timeKind: 'unknown', zoneKnown: false };
  return { time: parsed.time, timeText: text, timeKind: 'start', zoneKnown: parsed.zoneKnown };
}
