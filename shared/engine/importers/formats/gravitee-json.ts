import { isJsonObject } from '../../../lib/json.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { RecordImporter } from '../importer.ts';
import { compileMapping } from '../mapping/apply.ts';
import { readMapped } from '../mapping/reader.ts';
import { listJsonKeys } from '../read/json-signature.ts';

/** Share of the records, bulk actions left out, that must be Gravitee's. */
const NEEDED_SHARE = 0.6;

const mapping = compileMapping({
  name: 'Gravitee',
  requires: ['method', 'uri'],
  time: { from: ['@timestamp', 'timestamp'], format: 'auto', kind: 'start' },
  duration: { from: ['response-time'], unit: 'ms' },
  fields: {
    method: ['method'],
    url: ['uri'],
    host: ['host'],
    status: ['status'],
    reqBytes: ['request-content-length'],
    resBytes: ['response-content-length'],
    clientIp: ['remote-address'],
    userAgent: ['user-agent'],
    consumer: ['user', 'application'],
    requestId: ['_id', 'id', 'transaction'],
    upstream: ['endpoint'],
    route: ['mapped-path', 'path'],
    service: ['api'],
  },
  timings: { api: { from: ['api-response-time'], unit: 'ms' }, proxy: { from: ['proxy-latency'], unit: 'ms' } },
  requestHeaders: { named: { 'x-gravitee-api-key': ['api-key', 'security-token'] } },
});

/** Codes of `io.gravitee.common.http.HttpMethod`; 0 is any other method. */
const METHODS = [undefined, 'CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

/**
 * Requests as Gravitee's reporters write them: JSON with dashes in the keys and the method as a number, also as the pairs of lines
 * that Elasticsearch's bulk interface takes.
 * Source: gravitee-io/gravitee-api-management, `elasticsearch/index/request.ftl`; gravitee-common, `HttpMethod`.
 */
export const graviteeJson = {
  id: 'gravitee-json',
  title: 'Gravitee gateway report (JSON)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds: 'time, duration, method, host, path, status, sizes, client, user or application, API, plan and endpoint; no bodies',
  recognize(head) {
    const objects = listJsonKeys(head).filter((keys) => !keys.has('index') || keys.has('method'));
    const own = objects.filter(
      (keys) =>
        keys.has('method') && keys.has('uri') && keys.has('response-time') && (keys.has('local-address') || keys.has('proxy-latency')),
    ).length;
    const why = `${String(own)} of the first ${String(objects.length)} JSON records have the keys of Gravitee's reporters`;
    return { strength: own > 0 && own / objects.length >= NEEDED_SHARE ? 'magic' : 'none', why };
  },
  records: 'json',
  shape: 'not a request of Gravitee: no method and uri',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && 'proxy-latency' in value && 'remote-address' in value,
  open: (options) => (record) =>
    readMapped(mapping, record, options.zoneOffsetMinutes, (call) => ({ ...call, method: toMethod(call.method) })),
} as const satisfies RecordImporter;

const toMethod = (method: ImportedCall['method']): string | undefined =>
  method !== undefined && /^\d$/.test(method) ? METHODS[Number(method)] : method;
