import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { guessWrittenEpoch, parseIsoTime } from '../../../lib/iso-time.ts';
import { splitHostPort, splitUrl } from '../../../lib/request-target.ts';
import { findHeader, toCount, toExtras, toLooseText, toNumber, toStatus } from '../read/fields.ts';
import { toService } from '../envoy/cluster-service.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { toIssue } from '../read/reading.ts';
import { readOwnFields } from '../read/user-field.ts';

/** Share of the first records that must look like Envoy's. */
const NEEDED_SHARE = 0.6;

/** Keys under which each field stands: Istio's default first, Envoy Gateway's header-like names, then what people choose. */
const keys = {
  time: ['start_time', 'timestamp', '@timestamp'],
  method: ['method', ':method', 'request_method'],
  path: ['x-envoy-original-path', 'x-envoy-origin-path', 'path', ':path', 'x_envoy_original_path', 'request_path'],
  authority: ['authority', ':authority', 'host'],
  status: ['response_code', 'status', 'response_status'],
  duration: ['duration', 'total_duration'],
  received: ['bytes_received'],
  sent: ['bytes_sent'],
  forwardedFor: ['x_forwarded_for', 'x-forwarded-for'],
  userAgent: ['user_agent', 'user-agent'],
  referer: ['referer'],
  requestId: ['request_id', 'x-request-id', 'x_request_id'],
  peer: ['downstream_remote_address', 'downstream_direct_remote_address', 'downstream_remote_address_without_port'],
  upstream: ['upstream_host'],
  cluster: ['upstream_cluster', 'upstream_cluster_raw'],
  route: ['route_name'],
  scheme: ['scheme', ':scheme', 'x-forwarded-proto'],
  trace: ['trace_id', 'traceid'],
  serviceTime: ['upstream_service_time', 'x-envoy-upstream-service-time'],
} as const;

const mapped: ReadonlySet<string> = new Set(Object.values(keys).flat());

/**
 * Envoy's access log as JSON, with the keys of Istio and Envoy Gateway; Gloo, Contour and Ambassador use the same operators.
 * Source: Envoy and Istio access logging docs. The same request is logged by both sidecars with one request id; every record is
 * kept here, chains join them.
 */
export const envoyJson = {
  id: 'envoy-json',
  title: 'Envoy access log (JSON)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds:
    'time, duration, method, host, path, status, body sizes, client, user agent, request id, upstream and route; no bodies, headers only where the log format names them',
  recognize(head) {
    const objects = listJsonKeys(head);
    const has = (object: ReadonlySet<string>, names: readonly string[]): boolean => names.some((name) => object.has(name));
    const calls = objects.filter((object) => object.has('response_code') && has(object, keys.method) && has(object, keys.path));
    if (objects.length === 0 || calls.length / objects.length < NEEDED_SHARE)
      return { strength: 'none', why: 'no records with response_code, method and path' };
    const marks = [
      'response_flags',
      'upstream_cluster',
      'upstream_host',
      'bytes_received',
      'downstream_remote_address',
      'x-envoy-origin-path',
    ];
    const found = marks.filter((mark) => calls.every((object) => object.has(mark)));
    if (found.length >= 2)
      return {
        strength: 'magic',
        why: `JSON records with response_code, method, path, ${found.slice(0, 3).join(', ')}, as Envoy writes them`,
      };
    return { strength: 'shape', why: 'JSON records with response_code, method and path, as Envoy log formats name them' };
  },
  records: 'json',
  shape: 'not a record of Envoy: neither method, path nor response code',
  independent: true,
  isReread: true,
  isCertain: ({ value }) => isJsonObject(value) && 'response_code' in value && 'response_flags' in value,
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value)) return undefined;
  if (find(value, keys.status) === undefined && find(value, keys.method) === undefined && find(value, keys.path) === undefined) {
    return toIssue('skip', 'NOT_HTTP', 'neither method, path nor response code: not about an HTTP call', record, text);
  }
  const call = toCall(value, text, zoneOffsetMinutes);
  return { kind: 'call', record: record.record, at: record.at, call: { ...call, ...readOwnFields(value, call) } };
}

function find(value: JsonObject, names: readonly string[]): Json | undefined {
  for (const name of names) {
    const found = value[name];
    if (found !== undefined && found !== null && found !== '-' && found !== '') return found;
  }
  return undefined;
}

const findText = (value: JsonObject, names: readonly string[]): string | undefined => toLooseText(find(value, names));

function toCall(value: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const duration = toNumber(find(value, keys.duration));
  const target = findText(value, keys.path);
  const parts = target === undefined ? {} : splitUrl(target);
  const authority = splitHostPort(findText(value, keys.authority) ?? '');
  const requestHeaders = toRequestHeaders(value);
  const serviceTime = toNumber(find(value, keys.serviceTime));
  return {
    ...toTime(find(value, keys.time), zoneOffsetMinutes),
    durationMs: duration === undefined || duration < 0 ? undefined : durationMs(duration),
    method: findText(value, keys.method),
    scheme: findText(value, keys.scheme) ?? parts.scheme,
    host: authority.host ?? parts.host,
    port: authority.port ?? parts.port,
    path: parts.path,
    query: parts.query,
    status: toStatus(find(value, keys.status)),
    reqBytes: toCount(find(value, keys.received)),
    resBytes: toCount(find(value, keys.sent)),
    clientIp: splitHostPort(findText(value, keys.peer) ?? '').host,
    forwardedFor: findText(value, keys.forwardedFor),
    userAgent: findText(value, keys.userAgent),
    referer: findText(value, keys.referer),
    requestHeaders,
    traceId: findText(value, keys.trace),
    requestId: findText(value, keys.requestId),
    upstream: findText(value, keys.upstream)?.replace(/^tcp:\/\//, ''),
    route: findText(value, keys.route),
    service: toService(findText(value, keys.cluster)),
    contentType: findHeader(requestHeaders, 'content-type'),
    timings: serviceTime === undefined || serviceTime < 0 ? undefined : [['upstream', serviceTime]],
    extras: toOtherFields(value, requestHeaders),
    rawText: text,
  };
}

function toTime(value: Json | undefined, zoneOffsetMinutes: number): Pick<ImportedCall, 'time' | 'timeText' | 'timeKind' | 'zoneKnown'> {
  const timeText = toLooseText(value);
  if (timeText !== undefined && toNumber(timeText) !== undefined) {
    const guess = guessWrittenEpoch(timeText);
    return { time: guess?.time, timeText, timeKind: guess === undefined ? 'unknown' : 'start', zoneKnown: true };
  }
  const parsed = timeText === undefined ? 'shape' : parseIsoTime(timeText, zoneOffsetMinutes);
  if (typeof parsed === 'string') return { timeText, timeKind: 'unknown', zoneKnown: false };
  return { time: parsed.time, timeText, timeKind: 'start', zoneKnown: parsed.zoneKnown };
}

/** Header names that a log format may add under their own name; others are recognised by a dash in lower case. */
const PLAIN_HEADERS = new Set([
  'authorization',
  'cookie',
  'referer',
  'traceparent',
  'tracestate',
  'b3',
  'baggage',
  'origin',
  'accept',
  'apikey',
]);
const DASHED_HEADER = /^[a-z0-9]+(?:-[a-z0-9]+)+$/;
/** Dashed keys that Envoy computes itself. */
const NOT_REQUEST_HEADERS = new Set(['x-envoy-upstream-service-time']);

function toRequestHeaders(value: JsonObject): readonly Header[] | undefined {
  const headers: Header[] = [];
  for (const [name, entry] of Object.entries(value)) {
    const text = toLooseText(entry);
    if (text === undefined || NOT_REQUEST_HEADERS.has(name)) continue;
    if (PLAIN_HEADERS.has(name) || DASHED_HEADER.test(name)) headers.push([name, text]);
  }
  return headers.length === 0 ? undefined : headers;
}

function toOtherFields(value: JsonObject, headers: readonly Header[] | undefined): ImportedCall['extras'] {
  const taken = new Set(headers?.map(([name]) => name));
  const pairs = Object.entries(value).flatMap(([name, entry]): [string, string | undefined][] => {
    if (mapped.has(name) || taken.has(name)) return [];
    return [[name, typeof entry === 'object' && entry !== null ? JSON.stringify(entry) : toLooseText(entry)]];
  });
  return toExtras(pairs);
}
