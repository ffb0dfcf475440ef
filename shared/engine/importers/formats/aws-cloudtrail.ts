import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { ImportedBody, ImportedCall } from '../../../model/call.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toCount, toKnownText, toObject } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';
import { openFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/** Error codes that mean that the caller was not allowed to. */
const DENIED = /AccessDenied|Unauthorized|Forbidden|AuthFailure|NotAuthorized/i;
/** An address; services call under a name such as `ec2.amazonaws.com` or `AWS Internal`. */
const ADDRESS = /^[0-9a-fA-F.:]+$/;

/**
 * Events of AWS CloudTrail: who called which API of AWS. They are no HTTP requests: host and path are the service and its
 * action, there is no method and no status, and the outcome stands beside the call.
 * Source: CloudTrail user guide, record contents. Digest and Insight records are skipped.
 */
export const awsCloudtrail = {
  id: 'aws-cloudtrail',
  title: 'AWS CloudTrail events',
  extensions: ['.json', '.jsonl', '.ndjson'],
  holds:
    'time to the second, principal, key id, service and action, client, user agent, outcome, parameters and answer elements; no method, status, duration or sizes',
  recognize: (head) =>
    recognizeByKeys(head, 'CloudTrail', (keys) => {
      if (keys.has('eventVersion') && keys.has('eventSource') && keys.has('eventName')) return 'certain';
      return keys.has('digestS3Bucket') && keys.has('logFiles') ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not an event of CloudTrail: no eventSource and eventName',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && isEvent(value),
  notes: ['CloudTrail does not record HTTP: a service stands as host and its action as path.'],
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

const isEvent = (value: JsonObject): boolean =>
  typeof value['eventSource'] === 'string' && typeof value['eventName'] === 'string' && 'eventTime' in value;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value)) return undefined;
  if ('digestS3Bucket' in value) return toIssue('skip', 'NOT_HTTP', 'a digest of CloudTrail, which lists files of events', record, text);
  if ('insightDetails' in value || value['eventCategory'] === 'Insight') {
    return toIssue('skip', 'NOT_HTTP', 'an Insight of CloudTrail about many calls, not a call', record, text);
  }
  if (!isEvent(value)) {
    return 'eventVersion' in value ? toIssue('reject', 'FIELD_MISSING', 'no eventSource, eventName or eventTime', record, text) : undefined;
  }
  return { kind: 'call', record: record.record, at: record.at, call: toCall(value, text, zoneOffsetMinutes) };
}

function toCall(value: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const fields = openFields(value);
  const user = toObject(value['userIdentity']);
  const added = toObject(value['additionalEventData']);
  const from = fields.text('sourceIPAddress');
  const source = fields.text('eventSource');
  const call: ImportedCall = {
    ...readStamp(fields.take('eventTime'), 'unknown', zoneOffsetMinutes),
    host: source,
    path: fields.text('eventName'),
    reqBytes: toCount(added['bytesTransferredIn']),
    resBytes: toCount(added['bytesTransferredOut']),
    clientIp: from !== undefined && ADDRESS.test(from) ? from : undefined,
    userAgent: fields.text('userAgent'),
    requestBody: toBody(fields.take('requestParameters')),
    responseBody: toBody(fields.take('responseElements')),
    consumer:
      toKnownText(user['arn']) ?? toKnownText(user['userName']) ?? toKnownText(user['principalId']) ?? toKnownText(user['invokedBy']),
    credentialId: toKnownText(user['accessKeyId']),
    requestId: fields.text('requestID'),
    service: source?.replace(/\.amazonaws\.com$/, ''),
  };
  const caller = from !== undefined && call.clientIp === undefined ? [['calling-service', from] as const] : [];
  return { ...call, extras: [['outcome', toOutcome(value)], ...caller, ...fields.rest()], rawText: text };
}

/** `ok`, `denied` or `error`: CloudTrail has no status. A failed sign-in has no error code, only an answer. */
function toOutcome(value: JsonObject): 'ok' | 'denied' | 'error' {
  const code = toKnownText(value['errorCode']);
  if (code !== undefined) return DENIED.test(code) ? 'denied' : 'error';
  if (Object.values(toObject(value['responseElements'])).includes('Failure')) return 'denied';
  return toKnownText(value['errorMessage']) === undefined ? 'ok' : 'error';
}

function toBody(value: Json | undefined): ImportedBody | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { text, mime: 'application/json', encoding: 'text', bytes: undefined, note: undefined };
}
