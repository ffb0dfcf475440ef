import { entryOf } from '../../../lib/entry-of.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { parseIsoTime } from '../../../lib/iso-time.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import type { RecordImporter } from '../importer.ts';
import { compileMapping } from '../mapping/apply.ts';
import { readMapped } from '../mapping/reader.ts';
import { toKnownText } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

const mapping = compileMapping({
  name: 'Kubernetes audit',
  requires: ['auditID'],
  time: { from: ['requestReceivedTimestamp', 'stageTimestamp'], format: 'iso', kind: 'start' },
  fields: {
    url: ['requestURI'],
    status: ['responseStatus.code'],
    clientIp: ['sourceIPs'],
    userAgent: ['userAgent'],
    consumer: ['user.username'],
    requestId: ['auditID'],
  },
  requestBody: { from: ['requestObject'], encoding: 'text' },
  responseBody: { from: ['responseObject'], encoding: 'text' },
});

/** Verbs of the API; requests for paths that are no resource have the method itself in lower case. */
const METHODS: Readonly<Record<string, string>> = {
  get: 'GET',
  list: 'GET',
  watch: 'GET',
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  deletecollection: 'DELETE',
  head: 'HEAD',
  post: 'POST',
  put: 'PUT',
  options: 'OPTIONS',
};

/**
 * Audit events of the Kubernetes API server: a call is its stage ResponseComplete.
 * Source: kubernetes.io, reference "kube-apiserver Audit Configuration (v1)", and its "Auditing". Traps: the method is derived from
 * the verb; of `sourceIPs` the last one is the peer, those before it are what headers claimed.
 */
export const k8sAudit = {
  id: 'k8s-audit',
  title: 'Kubernetes audit log',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds:
    'time, duration, client, user, verb as method, URI, status, user agent, audit id; bodies as the audit level has them; no host, headers or sizes',
  recognize: (head) =>
    recognizeByKeys(head, 'Kubernetes audit events', (keys) =>
      ['auditID', 'stage', 'requestURI', 'verb'].every((key) => keys.has(key)) ? 'certain' : undefined,
    ),
  records: 'json',
  shape: 'not an audit event of Kubernetes',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && isEvent(value),
  open: (options) => (record) => {
    const { value, text } = record;
    if (!isJsonObject(value) || !isEvent(value)) return undefined;
    if (value['stage'] === 'ResponseComplete') return readMapped(mapping, record, options.zoneOffsetMinutes, finish);
    const stage = toKnownText(value['stage'])?.slice(0, 40) ?? 'unknown';
    return toIssue('skip', 'NOT_HTTP', `the stage ${stage} of a call; only ResponseComplete is one`, record, text);
  },
} as const satisfies RecordImporter;

function isEvent(value: JsonObject): boolean {
  const { apiVersion } = value;
  return (
    (apiVersion === undefined || (typeof apiVersion === 'string' && apiVersion.startsWith('audit.k8s.io/'))) &&
    value['auditID'] !== undefined
  );
}

function finish(call: ImportedCall, value: JsonObject): ImportedCall {
  const verb = toKnownText(value['verb']);
  const [start, end] = [toMicros(value['requestReceivedTimestamp']), toMicros(value['stageTimestamp'])];
  return {
    ...call,
    method: entryOf(METHODS, verb),
    durationMs: start === undefined || end === undefined || end < start ? undefined : durationMs((end - start) / 1000),
    timeKind: start === undefined && call.time !== undefined ? 'end' : call.timeKind,
  };
}

function toMicros(value: Json | undefined): number | undefined {
  const parsed = typeof value === 'string' ? parseIsoTime(value, 0) : 'shape';
  return typeof parsed === 'string' ? undefined : parsed.time;
}
