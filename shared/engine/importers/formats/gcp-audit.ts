import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { CallOutcome, ImportedCall } from '../../../model/call.ts';
import { pathOfOperation } from '../../../model/named-operation.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toAddress, toKnownText, toNumber, toObject } from '../read/fields.ts';
import { toJsonBody } from '../read/json-body.ts';
import { toIssue } from '../read/reading.ts';
import { openFields, restOf } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/** PERMISSION_DENIED and UNAUTHENTICATED. Source: google.rpc.Code. */
const DENIED: ReadonlySet<number> = new Set([7, 16]);
/** Accounts that programs of the customer run under. Source: IAM, "Types of service accounts": user-managed, and those of App Engine and Compute Engine. */
const SERVICE_ACCOUNT = '.gserviceaccount.com';
/** Google's own, which act on a project's behalf and whose tokens no workload can ask for. Source: IAM, "Service agents". */
const SERVICE_AGENT = /^service-\d+@|@cloudservices\.gserviceaccount\.com$|@system\.gserviceaccount\.com$/;

/**
 * Audit entries of Google Cloud: who called which method of which API on what. They are no HTTP requests: host and path are the
 * service and its method with the resource, there is no status of HTTP, and the outcome is that of gRPC.
 * Source: Cloud Logging, "Understanding audit logs", and the reference of AuditLog. Trap: a long-running operation has two entries;
 * the one that only ends it is no second call.
 */
export const gcpAudit = {
  id: 'gcp-audit',
  title: 'Google Cloud audit log (LogEntry with protoPayload)',
  extensions: ['.json', '.jsonl', '.ndjson'],
  holds:
    'time, principal, name of the service account key, else the service account itself, service, method and resource, client, user agent, outcome, request and response as they are logged; no HTTP method, status, duration or sizes',
  recognize: (head) =>
    recognizeByKeys(head, 'an audit entry of Google Cloud', (keys) =>
      keys.has('protoPayload.methodName') && keys.has('protoPayload.serviceName') ? 'certain' : undefined,
    ),
  records: 'json',
  shape: 'not an audit entry of Google Cloud: no protoPayload with serviceName and methodName',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && findPayload(value) !== undefined,
  notes: ['Google Cloud audits operations, not HTTP: a service stands as host; its method, and the resource, as path.'],
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

function findPayload(value: JsonObject): JsonObject | undefined {
  const payload = toObject(value['protoPayload']);
  return typeof payload['methodName'] === 'string' && typeof payload['serviceName'] === 'string' ? payload : undefined;
}

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value)) return undefined;
  const payload = findPayload(value);
  if (payload === undefined) return undefined;
  const operation = toObject(value['operation']);
  if (operation['last'] === true && operation['first'] !== true) {
    return toIssue('skip', 'NOT_HTTP', 'the end of a long-running operation; the entry of its start is the call', record, text);
  }
  return { kind: 'call', record: record.record, at: record.at, call: toCall(value, payload, text, zoneOffsetMinutes) };
}

function toCall(value: JsonObject, payload: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const entry = openFields(value);
  entry.take('protoPayload');
  const fields = openFields(payload);
  const who = openFields(toObject(fields.take('authenticationInfo')));
  const from = openFields(toObject(fields.take('requestMetadata')));
  const service = fields.text('serviceName');
  const resource = fields.text('resourceName');
  const caller = from.text('callerIp');
  const clientIp = toAddress(caller);
  const [principal, keyName] = [who.text('principalEmail', 'principalSubject'), who.text('serviceAccountKeyName')];
  const outcome = toOutcome(fields.take('status'), payload['authorizationInfo']);
  const call: ImportedCall = {
    ...readStamp(entry.take('timestamp'), 'unknown', zoneOffsetMinutes),
    host: service,
    path: pathOfOperation(fields.text('methodName') ?? '', resource === undefined ? [] : [resource]),
    isOperation: true,
    outcome,
    clientIp,
    userAgent: from.text('callerSuppliedUserAgent'),
    requestBody: toJsonBody(fields.take('request')),
    responseBody: toJsonBody(fields.take('response')),
    consumer: principal,
    credentialId: keyName,
    programIdentity: keyName === undefined && isWorkload(principal) ? principal : undefined,
    // `projects/PROJECT/traces/ID`
    traceId: entry.text('trace')?.split('/').at(-1),
    spanId: entry.text('spanId'),
    service: service?.replace(/\.googleapis\.com$/, ''),
  };
  const network = clientIp === undefined && caller !== undefined ? [['callerIp', caller] as const] : [];
  const extras = [...restOf('authenticationInfo', who), ...network, ...restOf('requestMetadata', from), ...fields.rest(), ...entry.rest()];
  return { ...call, extras: [['outcome', outcome], ...extras], rawText: text };
}

/** A token from the metadata service names no key: the account is all that is told of it. */
const isWorkload = (principal: string | undefined): boolean =>
  principal !== undefined && principal.endsWith(SERVICE_ACCOUNT) && !SERVICE_AGENT.test(principal);

/** An entry without a status is of a call that went through, unless every permission it needed was refused. */
function toOutcome(status: Json | undefined, permissions: Json | undefined): CallOutcome {
  const code = toNumber(toObject(status)['code']) ?? 0;
  if (code !== 0) return DENIED.has(code) ? 'denied' : 'failed';
  if (toKnownText(toObject(status)['message']) !== undefined) return 'failed';
  const grants = Array.isArray(permissions) ? permissions.map((each) => toObject(each)['granted']) : [];
  return status === undefined && grants.length > 0 && grants.every((granted) => granted === false) ? 'denied' : 'given';
}
