import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { splitHostPort, splitUrl } from '../../../lib/request-target.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toCount, toKnownText, toLooseText, toNumber, toObject, toStatus } from '../read/fields.ts';
import { openFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';
import { takeSession, takeUser } from '../read/user-field.ts';

/**
 * Log entries of Google Cloud that tell about an HTTP request: load balancers, and whatever else fills `httpRequest`.
 * Source: Cloud Logging reference, LogEntry and HttpRequest. Sizes are texts, `latency` is text with its unit, and a status is
 * missing when the client left before the answer.
 */
export const gcpLoadBalancer = {
  id: 'gcp-load-balancer',
  title: 'Google Cloud load balancer log (LogEntry with httpRequest)',
  extensions: ['.json', '.jsonl', '.ndjson'],
  holds:
    'time, duration, client, method, URL, status and its details, sizes, user agent, referer, trace, back end, rule, TLS and security policy; no headers or bodies',
  recognize: (head) =>
    recognizeByKeys(head, 'a Cloud Logging entry with httpRequest', (keys) => {
      if (!keys.has('httpRequest')) return undefined;
      const marks = ['insertId', 'logName', 'receiveTimestamp', 'resource'].filter((key) => keys.has(key)).length;
      return marks >= 2 && (keys.has('httpRequest.requestMethod') || keys.has('httpRequest.requestUrl')) ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not a log entry with httpRequest',
  independent: true,
  isCertain: ({ value }) =>
    isJsonObject(value) && 'logName' in value && isJsonObject(value['httpRequest']) && 'requestUrl' in value['httpRequest'],
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value) || !isJsonObject(value['httpRequest'])) return undefined;
  return { kind: 'call', record: record.record, at: record.at, call: toCall(value, value['httpRequest'], text, zoneOffsetMinutes) };
}

function toCall(value: JsonObject, httpRequest: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const fields = openFields(value);
  const request = openFields(httpRequest);
  fields.take('httpRequest');
  const own = toObject(fields.take('jsonPayload', 'jsonpayload_type_loadbalancerlogentry'));
  const payload = openFields(own);
  const resource = toObject(fields.take('resource'));
  const resourceType = toLooseText(resource['type']);
  const labels = openFields(toObject(resource['labels']));
  const remote = splitHostPort(request.text('remoteIp') ?? payload.text('remoteIp') ?? '');
  const { scheme, host, port, path, query } = splitUrl(request.text('requestUrl') ?? '');
  const call: ImportedCall = {
    ...readStamp(fields.take('timestamp'), 'start', zoneOffsetMinutes),
    durationMs: readLatency(request.text('latency')),
    method: request.text('requestMethod'),
    scheme,
    host,
    port,
    path,
    query,
    status: toStatus(request.take('status')),
    reqBytes: toCount(request.take('requestSize')),
    resBytes: toCount(request.take('responseSize')),
    clientIp: toKnownText(remote.host),
    userAgent: request.text('userAgent'),
    referer: request.text('referer'),
    traceId: fields.text('trace')?.replace(/^.*\//, ''),
    spanId: fields.text('spanId'),
    requestId: fields.text('insertId'),
    upstream: request.text('serverIp'),
    route: labels.text('url_map_name', 'forwarding_rule_name'),
    service: labels.text('backend_service_name', 'service_name', 'module_id'),
    consumer: takeUser(payload, own),
    sessionId: takeSession(payload, own),
  };
  const extras: readonly Header[] = [
    ...(remote.port === undefined ? [] : [['client-port', String(remote.port)] as const]),
    ...(resourceType === undefined ? [] : [['resource-type', resourceType] as const]),
    ...payload.rest().filter(([name]) => name !== '@type' && name !== 'remoteIp'),
    ...request.rest(),
    ...labels.rest(),
    ...fields.rest(),
  ];
  return { ...call, extras: extras.length === 0 ? undefined : extras, rawText: text };
}

/** `0.005192s`. Whole microseconds. */
function readLatency(text: string | undefined): ImportedCall['durationMs'] {
  const seconds = toNumber(text?.replace(/s$/, ''));
  return seconds === undefined || seconds < 0 ? undefined : durationMs(Math.round(seconds * 1e6) / 1000);
}
