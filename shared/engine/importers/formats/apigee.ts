import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import { splitHostPort, splitPath } from '../../../lib/request-target.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toCount, toNumber, toStatus } from '../read/fields.ts';
import { openFields } from '../read/record-fields.ts';
import type { RecordFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/** What Apigee writes for a dimension without a value. */
const NOT_SET = '(not set)';
/** Columns of which an export of calls has some. */
const OWN_COLUMNS = [
  'apiproxy',
  'proxy_basepath',
  'proxy_pathsuffix',
  'developer_app',
  'gateway_flow_id',
  'client_received_start_timestamp',
  'x_apigee_fault_code',
];

/**
 * Analytics exports of Apigee, one row a call: as JSON, or as CSV with the same names in its header.
 * Source: Apigee analytics reference, dimensions and metrics. `client_id` is the caller's API key and not an id; times are UTC.
 */
export const apigee = {
  id: 'apigee',
  title: 'Apigee analytics export',
  extensions: ['.json', '.jsonl', '.ndjson', '.csv'],
  holds:
    'time, durations, client, developer and app, API key, proxy, method, path, status of both sides, sizes, user agent, target and fault; no headers or bodies',
  recognize: (head) =>
    recognizeByKeys(head, 'an Apigee export', (keys) => {
      if (!keys.has('request_verb') || !(keys.has('apiproxy') || keys.has('request_uri') || keys.has('request_path'))) return undefined;
      return OWN_COLUMNS.filter((name) => keys.has(name)).length >= 2 ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not a row of an Apigee export: no request_verb',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && 'request_verb' in value && 'apiproxy' in value && 'gateway_flow_id' in value,
  open: () => toImported,
} as const satisfies RecordImporter;

function toImported(record: LogRecord): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value) || !('request_verb' in value)) return undefined;
  return { kind: 'call', record: record.record, at: record.at, call: toCall(openFields(value, isUnset), text) };
}

const isUnset = (_key: string, value: Json): boolean => value === NOT_SET || value === 'null';

function toCall(fields: RecordFields, text: string): ImportedCall {
  const total = toNumber(fields.take('total_response_time'));
  const stamp = readStamp(fields.take('client_received_start_timestamp'), 'start', 0);
  const uri = splitPath(fields.text('request_uri') ?? '');
  const base = fields.text('proxy_basepath');
  const suffix = fields.text('proxy_pathsuffix');
  const rebuilt = base === undefined && suffix === undefined ? undefined : `${base ?? ''}${suffix ?? ''}`;
  const call: ImportedCall = {
    ...stamp,
    zoneKnown: stamp.zoneKnown || stamp.time !== undefined,
    durationMs: total === undefined || total < 0 ? undefined : durationMs(total),
    method: fields.text('request_verb'),
    ...splitHostPort(fields.text('request_host') ?? ''),
    path: uri.path ?? fields.text('request_path') ?? rebuilt,
    query: uri.query ?? fields.text('request_querystring'),
    status: toStatus(fields.take('response_status_code')),
    reqBytes: toCount(fields.take('request_size')),
    resBytes: toCount(fields.take('response_size')),
    clientIp: fields.text('ax_resolved_client_ip', 'client_ip'),
    forwardedFor: fields.text('x_forwarded_for_ip'),
    userAgent: fields.text('useragent'),
    requestHeaders: toSecrets(fields),
    consumer: fields.text('developer_app', 'developer', 'developer_email'),
    requestId: fields.text('gateway_flow_id'),
    upstream: fields.text('target_host'),
    route: base,
    service: fields.text('apiproxy'),
    timings: toTimings(fields),
  };
  const extras = fields.rest();
  return { ...call, extras: extras.length === 0 ? undefined : extras, rawText: text };
}

/** Key and token are secrets: they stand as headers, where they are masked. Their real place in the request is not known. */
function toSecrets(fields: RecordFields): readonly Header[] | undefined {
  const key = fields.text('client_id');
  const token = fields.text('access_token');
  const headers: Header[] = [];
  if (key !== undefined) headers.push(['x-apikey', key]);
  if (token !== undefined) headers.push(['access_token', token]);
  return headers.length === 0 ? undefined : headers;
}

function toTimings(fields: RecordFields): ImportedCall['timings'] {
  const names = [
    ['target', fields.take('target_response_time')],
    ['request', fields.take('request_processing_latency')],
    ['response', fields.take('response_processing_latency')],
  ] as const;
  const timings = names.flatMap(([phase, value]): [string, number][] => {
    const ms = toNumber(value);
    return ms === undefined || ms < 0 ? [] : [[phase, ms]];
  });
  return timings.length === 0 ? undefined : timings;
}
