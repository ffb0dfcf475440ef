import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { ImportedBody, ImportedCall } from '../../../model/call.ts';
import type { RecordImporter } from '../importer.ts';
import { compileMapping } from '../mapping/apply.ts';
import { readMapped } from '../mapping/reader.ts';
import { toKnownText, toObject } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

const mapping = compileMapping({
  name: 'Suricata',
  requires: ['http'],
  time: { from: ['timestamp'], format: 'auto', kind: 'end' },
  fields: {
    method: ['http.http_method'],
    url: ['http.url'],
    host: ['http.hostname', 'dest_ip'],
    port: ['http.http_port', 'dest_port'],
    status: ['http.status'],
    resBytes: ['http.length'],
    clientIp: ['src_ip'],
    forwardedFor: ['http.xff'],
    userAgent: ['http.http_user_agent'],
    referer: ['http.http_refer'],
    contentType: ['http.http_content_type'],
    redirectUrl: ['http.redirect'],
  },
  requestHeaders: { maps: ['http.request_headers'] },
  responseHeaders: { maps: ['http.response_headers'] },
});

/**
 * HTTP transactions that Suricata saw on the wire, out of its eve.json; other events of the file are skipped.
 * Source: Suricata user guide, "Eve JSON Format". An event is stamped when the transaction is complete. Traps: alerts repeat the
 * transaction that they are about; bodies, where logged, stand in base64 and once more with their unprintable bytes as dots.
 */
export const suricataHttp = {
  id: 'suricata-http',
  title: 'Suricata eve.json (HTTP events)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds: 'time, client, method, host, URL, status, size of the answer, user agent, referer; headers and bodies where logged; no duration',
  recognize: (head) =>
    recognizeByKeys(head, "Suricata's events of HTTP", (keys) =>
      ['event_type', 'src_ip', 'dest_ip', 'http'].every((key) => keys.has(key)) ? 'certain' : undefined,
    ),
  records: 'json',
  shape: 'not an event of Suricata',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && value['event_type'] === 'http' && 'flow_id' in value && isJsonObject(value['http']),
  open: (options) => (record) => {
    const { value, text } = record;
    if (!isJsonObject(value) || typeof value['event_type'] !== 'string') return undefined;
    const kind = value['event_type'];
    if (kind === 'http') return readMapped(mapping, record, options.zoneOffsetMinutes, finish);
    return toIssue('skip', 'NOT_HTTP', `an event of Suricata's kind ${kind.slice(0, 40)}`, record, text);
  },
} as const satisfies RecordImporter;

const BODY_FIELD = /^http\.http_(?:request|response)_body(?:_printable)?$/;

function finish(call: ImportedCall, value: JsonObject): ImportedCall {
  const http = toObject(value['http']);
  const requestBody = toBody(http, 'http_request_body');
  const responseBody = toBody(http, 'http_response_body');
  const extras = call.extras?.filter(([name]) => !BODY_FIELD.test(name)) ?? [];
  return {
    ...call,
    // Suricata logs clear text only.
    scheme: call.scheme ?? (call.method === 'CONNECT' ? undefined : 'http'),
    requestBody,
    responseBody,
    extras: extras.length === 0 ? undefined : extras,
    // Secrets in base64 would stay readable in the record's own text; the fields hold all of it.
    rawText: requestBody?.encoding === 'base64' || responseBody?.encoding === 'base64' ? undefined : call.rawText,
  };
}

function toBody(http: JsonObject, name: string): ImportedBody | undefined {
  const base64 = toKnownText(http[name]);
  const text = base64 ?? toKnownText(http[`${name}_printable`]);
  if (text === undefined) return undefined;
  return { text, mime: undefined, encoding: base64 === undefined ? 'text' : 'base64', bytes: undefined, note: undefined };
}
