import { isJsonObject } from '../../../lib/json.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { compileMapping } from '../mapping/apply.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { toIssue } from '../read/reading.ts';
import { readOwnFields } from '../read/user-field.ts';

/** Share of the first records that must look like APISIX's. */
const NEEDED_SHARE = 0.6;
/** Members that the loggers add and Kong's do not. */
const MARKS = ['apisix_latency', 'upstream_latency', 'route_id', 'service_id', 'start_time', 'server.hostname'];

const mapping = compileMapping({
  name: 'APISIX',
  requires: [],
  time: { from: ['start_time', '@timestamp'], format: 'auto', kind: 'start' },
  duration: { from: ['latency'], unit: 'ms' },
  fields: {
    method: ['request.method'],
    url: ['request.url'],
    path: ['request.uri'],
    query: ['request.querystring'],
    status: ['response.status'],
    reqBytes: ['request.size'],
    resBytes: ['response.size'],
    clientIp: ['client_ip'],
    consumer: ['consumer.username'],
    requestId: ['request_id', 'apisix_request_id'],
    upstream: ['upstream'],
    route: ['route_name', 'route_id'],
    // Without a matched route the host's name stands in `service_id`.
    service: ['service_name', 'service_id'],
  },
  timings: { upstream: { from: ['upstream_latency'], unit: 'ms' }, apisix: { from: ['apisix_latency'], unit: 'ms' } },
  requestHeaders: { maps: ['request.headers'] },
  responseHeaders: { maps: ['response.headers'] },
  requestBody: { from: ['request.body'], encoding: 'text' },
  responseBody: { from: ['response.body'], encoding: 'text' },
});

/**
 * Records of Apache APISIX's logger plugins (http-logger, file-logger, kafka-logger) in their default form.
 * Source: apisix repository, `log-util.lua`, and the plugins' documentation. `start_time` is epoch milliseconds, latencies are
 * milliseconds with fractions; bodies only with `include_req_body` and `include_resp_body`.
 */
export const apisixJson = {
  id: 'apisix-json',
  title: 'Apache APISIX logger (JSON)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds: 'time, duration, method, URL, status, sizes, headers, client, consumer, route, service and upstream; bodies only when asked for',
  recognize(head) {
    const objects = listJsonKeys(head);
    const marked = objects.filter(
      (keys) =>
        keys.has('request.method') &&
        (keys.has('request.uri') || keys.has('request.url')) &&
        keys.has('response.status') &&
        !keys.has('latencies') &&
        MARKS.filter((mark) => keys.has(mark)).length >= 2,
    ).length;
    const why = `${String(marked)} of the first ${String(objects.length)} JSON records have the keys of APISIX's loggers`;
    return { strength: marked > 0 && marked / objects.length >= NEEDED_SHARE ? 'magic' : 'none', why };
  },
  records: 'json',
  shape: 'not a record of APISIX: no request object',
  independent: true,
  isReread: true,
  isCertain: ({ value }) => isJsonObject(value) && isJsonObject(value['request']) && 'apisix_latency' in value,
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value) || !isJsonObject(value['request'])) return undefined;
  const call = mapping.toCall(value, text, zoneOffsetMinutes);
  if (call.method === undefined && call.path === undefined) {
    return toIssue('reject', 'FIELD_MISSING', 'neither method nor URI in the request', record, text);
  }
  return { kind: 'call', record: record.record, at: record.at, call: { ...call, ...readOwnFields(value, call) } };
}
