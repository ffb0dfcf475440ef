import { bytesOfBase64 } from '../../../lib/base64.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { parseRequestLine } from '../../../lib/request-line.ts';
import type { Header, ImportedBody, ImportedCall } from '../../../model/call.ts';
import type { RecordImporter } from '../importer.ts';
import { compileMapping } from '../mapping/apply.ts';
import { readMapped } from '../mapping/reader.ts';
import { toText } from '../mapping/values.ts';
import { findHeader, toExtras } from '../read/fields.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { toRawBody } from '../read/raw-body.ts';
import { parseRawMessage } from '../read/raw-message.ts';
import type { RawMessage } from '../read/raw-message.ts';

/** Share of the first records that must be Tyk's. */
const NEEDED_SHARE = 0.6;
/** How an HTTP/1 request or response begins. */
const START_LINE = /^(?:[A-Z][A-Z0-9_-]{1,19} \S|HTTP\/\d)/;

/** Over keys in lower case without underscores, in which Tyk's three spellings agree. */
const mapping = compileMapping({
  name: 'Tyk',
  requires: ['responsecode', 'path'],
  time: { from: ['timestamp'], format: 'auto', kind: 'unknown' },
  duration: { from: ['requesttime'], unit: 'ms' },
  fields: {
    method: ['method'],
    host: ['host'],
    path: ['path'],
    status: ['responsecode'],
    reqBytes: ['contentlength'],
    clientIp: ['ipaddress'],
    userAgent: ['useragent'],
    consumer: ['alias', 'oauthid'],
    route: ['listenpath'],
    service: ['apiname', 'apiid'],
    traceId: ['traceid'],
  },
  timings: { total: { from: ['latency.total'], unit: 'ms' }, upstream: { from: ['latency.upstream'], unit: 'ms' } },
});

/** `response_code` and `ResponseCode` are `responsecode`. */
const toName = (key: string): string => key.toLowerCase().replaceAll('_', '');

/** More names than the record has in all its spellings. */
const MAX_NAMES = 1000;

/** The same, each key spelt once. Lifetime: one read. */
function createNamer(): (key: string) => string {
  const names = new Map<string, string>();
  return (key) => {
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = toName(key);
    if (names.size < MAX_NAMES) names.set(key, name);
    return name;
  };
}

/**
 * Analytics records of the Tyk gateway, as Tyk Pump stores them: rows of its CSV, documents of MongoDB, JSON lines.
 * Source: tyk.io docs, "Tyk Pump" and the fields of `AnalyticsRecord`. Paths are decoded there: the path as sent is only known from
 * `RawRequest`, which detailed recording adds as base64.
 */
export const tyk = {
  id: 'tyk',
  title: 'Tyk analytics records (JSON, CSV)',
  extensions: ['.json', '.jsonl', '.ndjson', '.csv'],
  holds: 'time, duration, method, host, decoded path, status, client, key or its hash, API; headers and bodies with detailed recording',
  recognize(head) {
    const objects = listJsonKeys(head);
    const own = objects.filter((keys) => isTyk(new Set([...keys].map(toName)))).length;
    const why = `${String(own)} of the first ${String(objects.length)} records have the keys of Tyk's analytics`;
    return { strength: own > 0 && own / objects.length >= NEEDED_SHARE ? 'magic' : 'none', why };
  },
  records: 'json',
  shape: 'not a record of Tyk: no response code and path',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && isTyk(new Set(Object.keys(value).map(toName))),
  open(options) {
    const nameOf = createNamer();
    return (record) => {
      if (!isJsonObject(record.value)) return undefined;
      const value = lowerKeys(record.value, nameOf);
      return readMapped(mapping, { ...record, value }, options.zoneOffsetMinutes, finish);
    };
  },
  notes: ["Tyk stores paths decoded, and the client's path only within a raw request."],
} as const satisfies RecordImporter;

const isTyk = (keys: ReadonlySet<string>): boolean =>
  ['responsecode', 'path', 'apiid', 'orgid'].every((key) => keys.has(key)) && (keys.has('requesttime') || keys.has('apikey'));

/** The record with its keys, and those of `latency`, in the spelling of MongoDB. `__proto__` becomes `proto`. */
function lowerKeys(value: JsonObject, nameOf: (key: string) => string): JsonObject {
  const lower: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    const entry = value[key];
    const name = nameOf(key);
    if (entry !== undefined) lower[name] = name === 'latency' && isJsonObject(entry) ? lowerKeys(entry, nameOf) : entry;
  }
  return lower;
}

/** What stands in fields of their own, repeats the time, or is a secret in other words. */
const TAKEN: ReadonlySet<string> = new Set([
  'apikey',
  'tags',
  'rawpath',
  'rawrequest',
  'rawresponse',
  'expireat',
  'day',
  'month',
  'year',
  'hour',
]);
/** Tyk's filler where a call came without a key. */
const KEYLESS = /^0+$/;
/** murmur32, murmur64 or SHA-256 of a key, which is what Tyk stores with `hash_keys`. */
const HASHED = /^(?:[0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{64})$/;

function finish(call: ImportedCall, value: JsonObject): ImportedCall {
  const rawRequest = toText(value['rawrequest']);
  const rawResponse = toText(value['rawresponse']);
  const request = readMessage(rawRequest);
  const response = readMessage(rawResponse);
  const line = request === undefined ? undefined : parseRequestLine(request.startLine);
  const key = toText(value['apikey']);
  const isHash = key !== undefined && HASHED.test(key);
  const isSecret = key !== undefined && !isHash && !KEYLESS.test(key);
  const requestHeaders = isSecret ? addKey(request?.headers ?? [], key) : request?.headers;
  const others = call.extras?.filter(([name]) => !TAKEN.has(name)) ?? [];
  return {
    ...call,
    // Tyk cuts the slash of the path off.
    path: line?.path ?? (call.path === undefined || call.path.startsWith('/') ? call.path : `/${call.path}`),
    query: line?.query ?? call.query,
    requestHeaders,
    responseHeaders: response?.headers,
    requestBody: request === undefined ? toUnread(rawRequest) : toRawBody(request.body, request.headers),
    responseBody: response === undefined ? toUnread(rawResponse) : toRawBody(response.body, response.headers),
    resBytes: response?.body.length,
    referer: findHeader(requestHeaders, 'referer'),
    forwardedFor: findHeader(requestHeaders, 'x-forwarded-for'),
    contentType: findHeader(response?.headers, 'content-type'),
    redirectUrl: findHeader(response?.headers, 'location'),
    credentialId: isHash && !KEYLESS.test(key) ? key : undefined,
    extras: toExtras([...others, ['tags', toTags(value['tags'])]]),
    // Secrets in base64 would stay readable in the record's own text; the fields hold all of it.
    rawText: rawRequest === undefined && rawResponse === undefined ? call.rawText : undefined,
  };
}

/** Wire bytes that are no HTTP message are kept as they are. */
const toUnread = (text: string | undefined): ImportedBody | undefined =>
  text === undefined ? undefined : { text, mime: undefined, encoding: 'base64', bytes: undefined, note: 'not an HTTP message' };

function readMessage(text: string | undefined): RawMessage | undefined {
  const bytes = text === undefined ? undefined : bytesOfBase64(text);
  const message = bytes === undefined ? undefined : parseRawMessage(bytes);
  return message !== undefined && START_LINE.test(message.startLine) ? message : undefined;
}

/** The key where a gateway expects it by default, unless the request shows it already. */
function addKey(headers: readonly Header[], key: string): readonly Header[] {
  return headers.some(([, value]) => value.includes(key)) ? headers : [...headers, ['Authorization', key]];
}

/** Tags repeat the key as `key-…`. */
function toTags(value: Json | undefined): string | undefined {
  const text = toText(value);
  const tags = text?.replace(/^\[|\]$/g, '').split(/[,\s]+/) ?? [];
  return tags.filter((tag) => tag !== '' && !tag.startsWith('key-')).join(' ') || undefined;
}
