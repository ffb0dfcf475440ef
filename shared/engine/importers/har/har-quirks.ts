import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { toObject } from '../read/fields.ts';

/** An ISO date-time, as the schema wants cookie expiry to be. */
const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const TIMING_PHASES = ['blocked', 'dns', 'connect', 'send', 'wait', 'receive', 'ssl'];
const REQUIRED_TIMINGS = new Set(['send', 'wait', 'receive']);

/**
 * One HAR entry with the known dialects spelled the way HAR 1.2 does, so that har-validator complains about the rest only.
 * Shape: facts stay; what is absent becomes what HAR writes for "unknown" (−1, "", an empty list). A missing response stays missing.
 */
export function normalizeHarEntry(entry: JsonObject): JsonObject {
  const normal: Record<string, Json> = { ...withoutNulls(entry, ['comment', 'pageref', 'serverIPAddress', 'connection']) };
  normal['cache'] = withoutNulls(toObject(entry['cache']), ['beforeRequest', 'afterRequest', 'comment']);
  normal['timings'] = normalizeTimings(toObject(entry['timings']));
  if (typeof normal['connection'] === 'number') normal['connection'] = String(normal['connection']);
  // WebKit and Playwright write "[::1]", Fiddler "fe80::1%7", several tools "": none of them an address by the schema.
  const address = normal['serverIPAddress'];
  if (typeof address === 'string') {
    const plain = address.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
    if (plain === '') delete normal['serverIPAddress'];
    else normal['serverIPAddress'] = plain;
  }
  if (isJsonObject(entry['request'])) normal['request'] = normalizeRequest(entry['request']);
  if (isJsonObject(entry['response'])) normal['response'] = normalizeResponse(entry['response']);
  return normal;
}

function withoutNulls(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key, value]) => value !== null || !keys.includes(key)));
}

function normalizeTimings(timings: JsonObject): JsonObject {
  const normal: Record<string, Json> = { ...withoutNulls(timings, ['comment']) };
  for (const phase of TIMING_PHASES) {
    // HAR 1.2: −1 says "does not apply"; Charles and Insomnia leave phases out, others write null.
    if (normal[phase] === null || (normal[phase] === undefined && REQUIRED_TIMINGS.has(phase))) normal[phase] = -1;
  }
  return normal;
}

function normalizeMessage(message: JsonObject): Record<string, Json> {
  const normal: Record<string, Json> = { ...withoutNulls(message, ['comment']) };
  for (const list of ['headers', 'cookies']) if (!Array.isArray(normal[list])) normal[list] = [];
  for (const size of ['headersSize', 'bodySize']) normal[size] = wholeSize(normal[size]);
  if (typeof normal['httpVersion'] !== 'string') normal['httpVersion'] = '';
  const cookies: unknown = normal['cookies'];
  if (Array.isArray(cookies)) normal['cookies'] = cookies.map((cookie: Json) => (isJsonObject(cookie) ? normalizeCookie(cookie) : cookie));
  return normal;
}

/** `"Session"`, `""` and old date spellings are no date-time; the cookie is what matters. */
function normalizeCookie(cookie: JsonObject): JsonObject {
  const normal = withoutNulls(cookie, ['expires', 'path', 'domain', 'httpOnly', 'secure', 'comment']);
  const { expires, ...rest } = normal;
  return typeof expires === 'string' && DATE_TIME.test(expires) ? normal : rest;
}

function normalizeRequest(request: JsonObject): JsonObject {
  const normal = normalizeMessage(request);
  if (!Array.isArray(normal['queryString'])) normal['queryString'] = [];
  const postData = normal['postData'];
  if (postData === null) delete normal['postData'];
  if (isJsonObject(postData)) normal['postData'] = { mimeType: '', ...withoutNulls(postData, ['mimeType', 'text', 'params', 'comment']) };
  return normal;
}

function normalizeResponse(response: JsonObject): JsonObject {
  const normal = normalizeMessage(response);
  // k6 and others write "200"; the schema wants a number.
  const { status } = normal;
  if (typeof status === 'string' && /^\d{1,3}$/.test(status)) normal['status'] = Number(status);
  else if (status === undefined || status === null || status === '') normal['status'] = 0;
  if (typeof normal['statusText'] !== 'string') normal['statusText'] = '';
  if (typeof normal['redirectURL'] !== 'string') {
    // Internet Explorer spells it redirectionURL; Charles writes null.
    normal['redirectURL'] = typeof normal['redirectionURL'] === 'string' ? normal['redirectionURL'] : '';
  }
  const content = withoutNulls(toObject(normal['content']), ['mimeType', 'text', 'encoding', 'compression', 'comment']);
  normal['content'] = { mimeType: '', ...content, size: wholeSize(content['size']) };
  return normal;
}

const wholeSize = (value: Json | undefined): Json =>
  value === undefined || value === null ? -1 : typeof value === 'number' ? Math.floor(value) : value;
