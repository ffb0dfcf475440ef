import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { guessEpochTime, parseIsoTime } from '../../../lib/iso-time.ts';
import { UNKNOWN_HOST } from '../../../model/unknown-host.ts';
import { UNKNOWN_TIME } from '../../../model/unknown-time.ts';
import { splitHostPort, splitUrl, type UrlParts } from '../../../lib/request-target.ts';
import { findHeader, toCount, toExtras, toKnownText, toLooseText, toNumber, toObject, toStatus } from '../read/fields.ts';
import { findPseudoHeader, toHarHeaders, toRequestBody, toResponseBody, toSocketBody } from './har-body.ts';

/** Stack frames of an initiator that are looked at; async stacks nest. */
const MAX_STACK_PARENTS = 32;

/** One call out of a normalised HAR entry; `undefined` when the entry has neither URL nor method. */
export function toHarCall(entry: JsonObject, zoneOffsetMinutes: number): ImportedCall | undefined {
  const request = toObject(entry['request']);
  const response = toObject(entry['response']);
  const url = typeof request['url'] === 'string' ? request['url'] : undefined;
  const method = toKnownText(request['method']);
  if ((url === undefined || url === '') && method === undefined) return undefined;
  const target = withKnownHost(splitUrl(url ?? ''));
  const authority = splitHostPort(findPseudoHeader(request, ':authority') ?? '');
  const requestHeaders = withUrlCredentials(toHarHeaders(request, 'cookie'), target.userInfo);
  const responseHeaders = toHarHeaders(response, 'set-cookie');
  const duration = toNumber(entry['time']);
  const content = toObject(response['content']);
  return {
    ...toTime(entry['startedDateTime'], zoneOffsetMinutes),
    durationMs: duration === undefined || duration < 0 ? undefined : durationMs(duration),
    method,
    scheme: target.scheme ?? findPseudoHeader(request, ':scheme'),
    host: target.host ?? (target.scheme === undefined ? authority.host : undefined),
    port: target.port ?? (target.host === undefined && target.scheme === undefined ? authority.port : undefined),
    path: target.path,
    query: target.query,
    status: toStatus(response['status']),
    reqBytes: toCount(request['bodySize']),
    // bodySize and, with its headers, _transferSize came over the wire; where both are unknown, the decoded size says more than nothing.
    resBytes: toCount(response['bodySize']) ?? toCount(response['_transferSize']) ?? toCount(content['size']),
    forwardedFor: findHeader(requestHeaders, 'x-forwarded-for'),
    userAgent: findHeader(requestHeaders, 'user-agent'),
    referer: findHeader(requestHeaders, 'referer'),
    requestHeaders,
    responseHeaders,
    requestBody: toRequestBody(request) ?? toSocketBody(entry, 'send'),
    responseBody: toSocketBody(entry, 'receive') ?? toResponseBody(response),
    upstream: toKnownText(entry['serverIPAddress']),
    contentType: findHeader(responseHeaders, 'content-type') ?? toKnownText(content['mimeType']),
    initiatorUrl: toInitiatorUrl(entry['_initiator']),
    redirectUrl: toKnownText(response['redirectURL']) ?? findHeader(responseHeaders, 'location'),
    timings: toTimings(entry['timings']),
    extras: toHarExtras(entry, request, response),
  };
}

function toTime(value: Json | undefined, zoneOffsetMinutes: number): Pick<ImportedCall, 'time' | 'timeText' | 'timeKind' | 'zoneKnown'> {
  const timeText = toLooseText(value);
  if (timeText === undefined || timeText === UNKNOWN_TIME) return { timeKind: 'unknown', zoneKnown: false };
  const parsed = parseIsoTime(timeText, zoneOffsetMinutes);
  if (typeof parsed !== 'string') return { time: parsed.time, timeText, timeKind: 'start', zoneKnown: parsed.zoneKnown };
  const epoch = toNumber(timeText);
  const guess = epoch === undefined ? undefined : guessEpochTime(epoch);
  if (guess === undefined) return { timeText, timeKind: 'unknown', zoneKnown: false };
  return { time: guess.time, timeText, timeKind: 'start', zoneKnown: true };
}

/** What `https://user:password@host/` makes a client send, so that the credential is masked and recognised like any other. */
function withUrlCredentials(headers: readonly Header[] | undefined, userInfo: string | undefined): readonly Header[] | undefined {
  if (userInfo === undefined || userInfo === '' || findHeader(headers, 'authorization') !== undefined) return headers;
  const bytes = new TextEncoder().encode(decodePercent(userInfo));
  return [...(headers ?? []), ['authorization', `Basic ${btoa(String.fromCharCode(...bytes.subarray(0, 8192)))}`]];
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text; // an invalid percent: the text itself is what was typed
    throw error;
  }
}

/** An address without the host that our own export writes where none is known. */
function withKnownHost(target: UrlParts): UrlParts {
  if (target.host !== UNKNOWN_HOST) return target;
  const { path, query } = target;
  return { path, query };
}

/** Chrome: `{type, url}` for parser and script, or a stack whose outermost parents are the callers. Others write only a type. */
function toInitiatorUrl(value: Json | undefined): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const direct = toKnownText(value['url']);
  if (direct !== undefined) return direct;
  let stack = value['stack'];
  for (let depth = 0; depth < MAX_STACK_PARENTS && isJsonObject(stack); depth += 1) {
    const frames = stack['callFrames'];
    const url = Array.isArray(frames)
      ? frames
          .filter(isJsonObject)
          .map((frame) => toKnownText(frame['url']))
          .find((text) => text !== undefined)
      : undefined;
    if (url !== undefined) return url;
    stack = stack['parent'];
  }
  return undefined;
}

/** −1 means "does not apply" and must not be summed; `ssl` lies inside `connect`. Names with `_` are Chrome's own. */
function toTimings(value: Json | undefined): ImportedCall['timings'] {
  const timings = Object.entries(toObject(value)).flatMap(([phase, ms]): [string, number][] =>
    typeof ms === 'number' && Number.isFinite(ms) && ms >= 0 ? [[phase.replace(/^_/, ''), ms]] : [],
  );
  return timings.length === 0 ? undefined : timings;
}

function toHarExtras(entry: JsonObject, request: JsonObject, response: JsonObject): ImportedCall['extras'] {
  const security = toObject(entry['_securityDetails'] ?? response['_securityDetails']);
  const messages = entry['_webSocketMessages'];
  return toExtras([
    ['resource-type', toKnownText(entry['_resourceType'])],
    ['page', toKnownText(entry['pageref'])],
    ['http-version', toKnownText(request['httpVersion']) ?? toKnownText(response['httpVersion'])],
    ['status-text', toKnownText(response['statusText'])],
    ['error', toLooseText(response['_error']) ?? toLooseText(entry['_error'])],
    ['from-cache', toLooseText(entry['_fromCache']) ?? toKnownText(entry['_fetchType'])],
    // Chrome: where its service worker had the answer from (`cache-storage`, `network` …).
    [
      'service-worker',
      response['_fetchedViaServiceWorker'] === true ? (toKnownText(response['_serviceWorkerResponseSource']) ?? 'yes') : undefined,
    ],
    ['connection', toLooseText(entry['connection'])],
    ['tls', toKnownText(security['protocol'])],
    ['initiator-type', toKnownText(toObject(entry['_initiator'])['type'])],
    ['proxy-status', toKnownText(entry['_charlesStatus'])],
    ['websocket-messages', Array.isArray(messages) ? String(messages.length) : undefined],
    ['content-size', decodedSizeOf(response)],
    ['comment', toKnownText(entry['comment'])],
  ]);
}

/** The size without its transfer encodings, where another one was on the wire. */
function decodedSizeOf(response: JsonObject): string | undefined {
  const size = toCount(toObject(response['content'])['size']);
  const wire = toCount(response['bodySize']) ?? toCount(response['_transferSize']);
  return size === undefined || wire === undefined || size === wire ? undefined : String(size);
}
