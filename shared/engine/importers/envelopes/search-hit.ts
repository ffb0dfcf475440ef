import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import type { Envelope, Unwrapped } from '../envelope.ts';
import { toKnownText, toLooseText } from '../read/fields.ts';
import { haveKeys } from './share.ts';

/** Hits of Elasticsearch and OpenSearch, alone on a line (elasticdump) or in a search's answer: the record is `_source`. */
export const elasticSource = {
  id: 'elastic-source',
  title: 'Elasticsearch hits',
  around: 'json',
  joins: false,
  recognize: (head) => (haveKeys(head, ['_source']) ? 'JSON records with _source, as Elasticsearch gives them' : undefined),
  unwrap(_text, value) {
    const source = isJsonObject(value) ? value['_source'] : undefined;
    return isJsonObject(source) ? { value: source, outer: {} } : undefined;
  },
} as const satisfies Envelope;

/**
 * Documents of Filebeat, Logstash and their like, which hold a log's line as `message` beside what they know about it; where a
 * pipeline took it apart, the line is `event.original`. Source: Elastic Common Schema.
 */
export const shippedMessage = {
  id: 'shipped-message',
  title: 'documents of a log shipper (message)',
  around: 'json',
  joins: false,
  recognize: (head) =>
    haveKeys(head, ['@timestamp', 'message']) || haveKeys(head, ['@timestamp', 'event.original'])
      ? 'JSON records with @timestamp and message, as log shippers write them'
      : haveKeys(head, ['message'])
        ? 'JSON records with a message'
        : undefined,
  unwrap(_text, value) {
    if (!isJsonObject(value)) return undefined;
    const event = isJsonObject(value['event']) ? value['event'] : {};
    const line = toKnownText(event['original']) ?? toKnownText(value['message']);
    if (line === undefined) return undefined;
    return { text: line.replace(/\r?\n$/, ''), outer: { time: toKnownText(value['@timestamp']), host: toHost(value['host']) } };
  },
} as const satisfies Envelope;

const toHost = (host: Json | undefined): string | undefined => toKnownText(isJsonObject(host) ? host['name'] : host);

/** The raw event of a search result, or the columns when the search made its own. */
function unwrapResult(result: Json | undefined): Unwrapped | undefined {
  if (!isJsonObject(result)) return undefined;
  const outer = { time: toKnownText(result['_time']), host: toKnownText(result['host']), program: toKnownText(result['sourcetype']) };
  const raw = result['_raw'];
  return typeof raw === 'string' ? { text: raw.replace(/\r?\n$/, ''), outer } : { value: result, outer };
}

/** Lines of a Splunk export: `{"preview":false,"result":{"_raw":"…"}}`. Source: Splunk REST reference, search/jobs/export. */
export const splunkExport = {
  id: 'splunk-export',
  title: 'Splunk export lines',
  around: 'json',
  joins: false,
  recognize: (head) =>
    haveKeys(head, ['preview', 'result']) || haveKeys(head, ['result._raw'])
      ? 'JSON lines with preview and result, as Splunk exports them'
      : undefined,
  unwrap: (_text, value) => (isJsonObject(value) ? unwrapResult(value['result']) : undefined),
} as const satisfies Envelope;

/** Results of a Splunk search without a line's wrapper: `{"_raw": "…", "_time": "…"}`, as `results` lists and CSV exports have them. */
export const splunkRaw = {
  id: 'splunk-raw',
  title: 'Splunk results (_raw)',
  around: 'json',
  joins: false,
  recognize: (head) => (haveKeys(head, ['_raw']) ? 'records with _raw, as Splunk gives them' : undefined),
  unwrap: (_text, value) => (isJsonObject(value) && '_raw' in value ? unwrapResult(value) : undefined),
} as const satisfies Envelope;

/** Events as they are sent to Splunk's HTTP collector. Source: Splunk, "Format events for HTTP Event Collector". */
export const splunkHec = {
  id: 'splunk-hec',
  title: 'events for Splunk (HTTP Event Collector)',
  around: 'json',
  joins: false,
  recognize: (head) =>
    haveKeys(head, ['event', 'sourcetype']) || haveKeys(head, ['event', 'index']) || haveKeys(head, ['event', 'time', 'host'])
      ? 'JSON records with event and sourcetype, as they are sent to Splunk'
      : undefined,
  unwrap(_text, value) {
    if (!isJsonObject(value)) return undefined;
    const { event } = value;
    const outer = { time: toLooseText(value['time']), host: toKnownText(value['host']), program: toKnownText(value['sourcetype']) };
    if (typeof event === 'string') return { text: event.replace(/\r?\n$/, ''), outer };
    return isJsonObject(event) ? { value: event, outer } : undefined;
  },
} as const satisfies Envelope;
