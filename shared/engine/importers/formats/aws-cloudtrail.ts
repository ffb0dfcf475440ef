import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { CallOutcome, ImportedCall } from '../../../model/call.ts';
import { pathOfOperation } from '../../../model/named-operation.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toAddress, toCount, toKnownText, toObject } from '../read/fields.ts';
import { toJsonBody } from '../read/json-body.ts';
import { toIssue } from '../read/reading.ts';
import { openFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/** Error codes that mean that the caller was not allowed to. */
const DENIED = /AccessDenied|Unauthorized|Forbidden|AuthFailure|NotAuthorized/i;
/** Parameters that say what a call is about; the others say how. Not `key`, which names secrets as often: that of S3 is taken with its bucket. */
const NAMES_SOMETHING = /(?:name|id|arn)$/i;

/**
 * Events of AWS CloudTrail: who called which API of AWS. They are no HTTP requests: host and path are the service and its
 * action with what it was done to, there is no method and no status, and the outcome stands beside the call.
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
  notes: ['CloudTrail does not record HTTP: a service stands as host; its action, and what it was done to, as path.'],
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
  const operation = fields.text('eventName');
  const parameters = fields.take('requestParameters');
  const call: ImportedCall = {
    ...readStamp(fields.take('eventTime'), 'unknown', zoneOffsetMinutes),
    host: source,
    path: operation === undefined ? undefined : pathOfOperation(operation, toResources(parameters)),
    isOperation: true,
    outcome: toOutcome(value),
    reqBytes: toCount(added['bytesTransferredIn']),
    resBytes: toCount(added['bytesTransferredOut']),
    // Services call under a name such as `ec2.amazonaws.com`.
    clientIp: toAddress(from),
    userAgent: fields.text('userAgent'),
    requestBody: toJsonBody(parameters),
    responseBody: toJsonBody(fields.take('responseElements')),
    consumer:
      toKnownText(user['arn']) ?? toKnownText(user['userName']) ?? toKnownText(user['principalId']) ?? toKnownText(user['invokedBy']),
    credentialId: toKnownText(user['accessKeyId']),
    requestId: fields.text('requestID'),
    service: source?.replace(/\.amazonaws\.com$/, ''),
  };
  const caller = from !== undefined && call.clientIp === undefined ? [['calling-service', from] as const] : [];
  return { ...call, extras: [['outcome', call.outcome ?? 'failed'], ...caller, ...fields.rest()], rawText: text };
}

/** CloudTrail has no status, and an error code only where a call failed. A failed sign-in has none, only an answer. */
function toOutcome(value: JsonObject): CallOutcome {
  const code = toKnownText(value['errorCode']);
  if (code !== undefined) return DENIED.test(code) ? 'denied' : 'failed';
  if (Object.values(toObject(value['responseElements'])).includes('Failure')) return 'denied';
  return toKnownText(value['errorMessage']) === undefined ? 'given' : 'failed';
}

/** What the operation was done to: bucket and key of S3, else the first parameter that names something. */
function toResources(parameters: Json | undefined): readonly string[] {
  const given = toObject(parameters);
  const text = (name: string): string | undefined => (typeof given[name] === 'string' ? toKnownText(given[name]) : undefined);
  const bucket = text('bucketName');
  const key = text('key');
  if (bucket !== undefined) return key === undefined ? [bucket] : [bucket, key];
  const named = Object.keys(given).find((name) => NAMES_SOMETHING.test(name) && text(name) !== undefined);
  return named === undefined ? [] : [text(named) ?? ''];
}
