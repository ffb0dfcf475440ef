import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { splitHostPort, splitUrl } from '../../../lib/request-target.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toCount, toNumber, toStatus } from '../read/fields.ts';
import { openFields } from '../read/record-fields.ts';
import type { RecordFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';
import { takeSession, takeUser } from '../read/user-field.ts';

/** Keys of Fastly's example that others do not have. */
const OWN_KEYS = ['fastly_server', 'fastly_is_edge', 'response_state', 'response_body_size', 'request_referer', 'geo_country'];

/**
 * Fastly's log as JSON, with the keys of the example in its documentation; owners add others.
 * Source: Fastly's documentation of log formats. With shielding one request is logged twice, by the edge and by the shield;
 * `fastly_is_edge` tells them apart.
 */
export const fastlyJson = {
  id: 'fastly-json',
  title: 'Fastly log (JSON)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds:
    'time, client, country, method, host, URL, status, body size, user agent, referer, cache state and server; a duration only where the format names one',
  recognize: (head) =>
    recognizeByKeys(head, 'Fastly', (keys) => {
      if (!keys.has('request_method') || !keys.has('response_status') || !keys.has('client_ip')) return undefined;
      return OWN_KEYS.filter((key) => keys.has(key)).length >= 2 ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not a record of Fastly: neither request_method nor response_status',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && 'fastly_server' in value && 'request_method' in value,
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value) || !('request_method' in value || 'response_status' in value)) return undefined;
  return { kind: 'call', record: record.record, at: record.at, call: toCall(value, text, zoneOffsetMinutes) };
}

function toCall(value: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const fields = openFields(value);
  const url = splitUrl(fields.text('url') ?? '');
  const named = splitHostPort(fields.text('host') ?? '');
  const call: ImportedCall = {
    ...readStamp(fields.take('timestamp', 'time_start', 'time'), 'start', zoneOffsetMinutes),
    durationMs: toDuration(fields),
    method: fields.text('request_method'),
    scheme: url.scheme,
    host: named.host ?? url.host,
    port: named.host === undefined ? url.port : named.port,
    path: url.path,
    query: url.query,
    status: toStatus(fields.take('response_status')),
    reqBytes: toCount(fields.take('request_body_size')),
    resBytes: toCount(fields.take('response_body_size')),
    clientIp: fields.text('client_ip'),
    userAgent: fields.text('request_user_agent'),
    referer: fields.text('request_referer'),
    contentType: fields.text('response_content_type'),
    service: fields.text('service_id'),
    requestId: fields.text('request_id'),
    consumer: takeUser(fields, value),
    sessionId: takeSession(fields, value),
  };
  const extras = fields.rest();
  return { ...call, extras: extras.length === 0 ? undefined : extras, rawText: text };
}

/** Owners add it: `%D` and `time.elapsed.usec` count microseconds, `time.elapsed.msec` milliseconds; the key tells which. */
function toDuration(fields: RecordFields): ImportedCall['durationMs'] {
  const micros = toNumber(fields.take('time_elapsed', 'time_elapsed_usec', 'elapsed_usec'));
  const millis = toNumber(fields.take('time_elapsed_msec', 'time_elapsed_ms', 'elapsed_msec'));
  const ms = millis ?? (micros === undefined ? undefined : micros / 1000);
  return ms === undefined || ms < 0 ? undefined : durationMs(ms);
}
