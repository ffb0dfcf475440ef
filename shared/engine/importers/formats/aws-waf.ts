import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { splitHostPort } from '../../../lib/request-target.ts';
import type { LogRecord, Imported, RecordImporter } from '../importer.ts';
import { findHeader, toCount, toLooseText, toStatus } from '../read/fields.ts';
import { openFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/**
 * Logs of AWS WAF: one record for each request that a web ACL judged.
 * Source: WAF developer guide, log fields. There is no status except the one that WAF itself sent, and no duration.
 */
export const awsWaf = {
  id: 'aws-waf',
  title: 'AWS WAF log',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds:
    'time, client, method, host, path, query, request headers, request id, action, rule and labels; no status unless WAF answered, no durations or bodies',
  recognize: (head) =>
    recognizeByKeys(head, 'WAF', (keys) =>
      keys.has('webaclId') && keys.has('terminatingRuleId') && keys.has('httpRequest') ? 'certain' : undefined,
    ),
  records: 'json',
  shape: 'not a record of WAF: no httpRequest',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && 'terminatingRuleId' in value && isJsonObject(value['httpRequest']),
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value) || !isJsonObject(value['httpRequest'])) return undefined;
  return { kind: 'call', record: record.record, at: record.at, call: toCall(value, value['httpRequest'], text, zoneOffsetMinutes) };
}

function toCall(value: JsonObject, request: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const fields = openFields(value);
  const inner = openFields(request);
  fields.take('httpRequest');
  const requestHeaders = toHeaderList(inner.take('headers'));
  const args = inner.text('args');
  const call: ImportedCall = {
    ...readStamp(fields.take('timestamp'), 'unknown', zoneOffsetMinutes),
    method: inner.text('httpMethod'),
    scheme: inner.text('scheme'),
    ...splitHostPort(inner.text('host') ?? findHeader(requestHeaders, 'host') ?? ''),
    path: inner.text('uri'),
    query: args,
    status: toStatus(fields.take('responseCodeSent')),
    reqBytes: toCount(fields.take('requestBodySize')),
    clientIp: inner.text('clientIp'),
    forwardedFor: findHeader(requestHeaders, 'x-forwarded-for'),
    userAgent: findHeader(requestHeaders, 'user-agent'),
    referer: findHeader(requestHeaders, 'referer'),
    requestHeaders,
    requestId: inner.text('requestId'),
    service: fields.text('httpSourceId'),
  };
  return { ...call, extras: toExtras(fields.rest(), inner.rest(), value['labels']), rawText: text };
}

function toExtras(outer: readonly Header[], inner: readonly Header[], labels: Json | undefined): readonly Header[] | undefined {
  const names = Array.isArray(labels)
    ? (labels as readonly Json[]).flatMap((label) => (isJsonObject(label) ? (toLooseText(label['name']) ?? []) : []))
    : [];
  const extras = [
    ...outer.filter(([name]) => name !== 'labels'),
    ...(names.length === 0 ? [] : [['labels', names.join(' ')] as const]),
    ...inner,
  ];
  return extras.length === 0 ? undefined : extras;
}

/** `[{"name": …, "value": …}]`. */
function toHeaderList(value: Json | undefined): readonly Header[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const headers = (value as readonly Json[]).flatMap((header): Header[] =>
    isJsonObject(header) && typeof header['name'] === 'string' ? [[header['name'], toLooseText(header['value']) ?? '']] : [],
  );
  return headers.length === 0 ? undefined : headers;
}
