import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { splitHostPort } from '../../../lib/request-target.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { compileMapping } from '../mapping/apply.ts';
import { toText } from '../mapping/values.ts';
import { toExtras } from '../read/fields.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { toIssue } from '../read/reading.ts';
import { readOwnFields } from '../read/user-field.ts';

/** Share of the first records that must be Traefik's, its messages included. */
const NEEDED_SHARE = 0.6;
/** Fields of which one is kept whatever else a configuration drops. */
const MARKS = ['RouterName', 'BackendName', 'RequestAddr', 'RequestPath', 'entryPointName', 'RequestMethod'];

/** Where Traefik's fields go. `Duration`, `OriginDuration` and `Overhead` are Go's nanoseconds, never milliseconds. */
const mapping = compileMapping({
  name: 'Traefik',
  requires: [],
  time: { from: ['StartUTC', 'StartLocal', 'time'], format: 'iso', kind: 'start' },
  duration: { from: ['Duration'], unit: 'ns' },
  fields: {
    method: ['RequestMethod'],
    scheme: ['RequestScheme'],
    host: ['RequestHost', 'RequestAddr'],
    port: ['RequestPort'],
    url: ['RequestPath'],
    status: ['DownstreamStatus', 'OriginStatus'],
    reqBytes: ['RequestContentSize'],
    resBytes: ['DownstreamContentSize'],
    consumer: ['ClientUsername'],
    traceId: ['TraceId'],
    spanId: ['SpanId'],
    upstream: ['ServiceAddr'],
    route: ['RouterName', 'FrontendName'],
    service: ['ServiceName', 'BackendName'],
  },
  timings: { origin: { from: ['OriginDuration'], unit: 'ns' }, overhead: { from: ['Overhead'], unit: 'ns' } },
  requestHeaders: { prefix: 'request_' },
  responseHeaders: { prefix: 'downstream_' },
});

/**
 * Traefik's access log as JSON, versions 1 to 3.
 * Source: doc.traefik.io, "Access Logs". `ClientHost` is the text of `X-Forwarded-For` when the request has one, `ServiceURL` an
 * object in version 2 and a text in 3, and any field may be dropped by the configuration.
 */
export const traefikJson = {
  id: 'traefik-json',
  title: 'Traefik access log (JSON)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds: 'time, duration, method, host, path, status, body sizes, client, user, TLS, router, service and server; headers only when kept',
  recognize(head) {
    const objects = listJsonKeys(head);
    const calls = objects.filter((keys) => keys.has('DownstreamStatus') && MARKS.some((key) => keys.has(key))).length;
    const messages = objects.filter((keys) => keys.has('level') && keys.has('time') && !keys.has('RequestMethod')).length;
    const why = `${String(calls)} of the first ${String(objects.length)} JSON records have the keys of Traefik's access log`;
    return { strength: calls > 0 && (calls + messages) / objects.length >= NEEDED_SHARE ? 'magic' : 'none', why };
  },
  records: 'json',
  shape: 'not a record of Traefik: neither DownstreamStatus nor RequestMethod',
  independent: true,
  isReread: true,
  isCertain: ({ value }) => isJsonObject(value) && 'DownstreamStatus' in value && ('RequestAddr' in value || 'RequestPath' in value),
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value)) return undefined;
  if (value['RequestMethod'] === undefined && value['DownstreamStatus'] === undefined && value['RequestPath'] === undefined) {
    return 'level' in value && 'msg' in value
      ? toIssue('skip', 'NOT_HTTP', "a message of Traefik's own log, not an access record", record, text)
      : undefined;
  }
  const call = mapping.toCall(value, text, zoneOffsetMinutes);
  return {
    kind: 'call',
    record: record.record,
    at: record.at,
    call: { ...call, ...readOwnFields(value, call), ...toClient(value, call), ...toUpstream(value, call) },
  };
}

/** The peer's address comes from `ClientAddr`; `ClientHost` says more only when it is the list of hops. */
function toClient(value: JsonObject, call: ImportedCall): Pick<ImportedCall, 'clientIp' | 'forwardedFor'> {
  const peer = splitHostPort(toText(value['ClientAddr']) ?? '').host;
  const named = toText(value['ClientHost']);
  const isPeer = peer === undefined && named?.includes(',') === false;
  return {
    clientIp: peer ?? (isPeer ? named : undefined),
    forwardedFor: call.forwardedFor ?? (named === peer || isPeer ? undefined : named),
  };
}

/** What stands in fields of their own, or says the time once more. */
const TAKEN: ReadonlySet<string> = new Set([
  'ClientAddr',
  'ClientHost',
  'ClientPort',
  'ServiceURL',
  'BackendURL',
  'StartLocal',
  'time',
  'level',
]);

/** `ServiceURL` repeats the server's address and adds its scheme. */
function toUpstream(value: JsonObject, call: ImportedCall): Pick<ImportedCall, 'upstream' | 'extras'> {
  const url = toUrl(value['ServiceURL']) ?? toUrl(value['BackendURL']);
  const others = call.extras?.filter(([name]) => !TAKEN.has(name)) ?? [];
  const port = toText(value['ClientPort']);
  return {
    upstream: call.upstream ?? url?.host,
    extras: toExtras([...others, ['client-port', port], ['service-url', url?.text]]),
  };
}

function toUrl(value: Json | undefined): { readonly host: string | undefined; readonly text: string } | undefined {
  if (isJsonObject(value)) {
    const host = toText(value['Host']);
    const scheme = toText(value['Scheme']);
    return host === undefined ? undefined : { host, text: `${scheme ?? ''}://${host}${toText(value['Path']) ?? ''}` };
  }
  const text = toText(value);
  return text === undefined ? undefined : { host: /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i.exec(text)?.[1], text };
}
