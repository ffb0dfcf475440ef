import { entryOf } from '../../../lib/entry-of.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { splitUrl } from '../../../lib/request-target.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import type { RecordImporter } from '../importer.ts';
import { parseInner, readTools, toLlmBody, toLlmDuration } from '../llm/llm-fields.ts';
import { toExtras, toKnownText, toLooseText, toNumber, toObject, toStatus } from '../read/fields.ts';
import { openFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/** Statuses that Helicone makes up for calls without an answer. Source: its request table; [K] what other negative ones mean. */
const PENDING: Readonly<Record<string, string>> = { '-2': 'pending', '-3': 'cancelled' };

/**
 * Exports of Helicone: its command line tool and its request API.
 * Source: Helicone/helicone, examples/export (JSON lines, JSON, CSV) and the columns of `POST /v1/request/query-clickhouse`.
 */
export const helicone = {
  id: 'helicone',
  title: 'Helicone request export',
  extensions: ['.jsonl', '.json'],
  holds: 'time, duration, URL, status, provider, model, user, properties, tokens, cost; bodies where the export asked for them',
  recognize: (head) =>
    recognizeByKeys(head, 'an export of Helicone', (keys) => {
      if (!keys.has('request_created_at')) return undefined;
      const marks = [
        'response_created_at',
        'response_status',
        'request_model',
        'delay_ms',
        'request_path',
        'request_user_id',
        'request_properties',
        'response_id',
      ];
      return marks.filter((key) => keys.has(key)).length >= 3 ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not a request of Helicone',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && 'request_created_at' in value && 'response_status' in value,
  open: (options) => (record) => {
    const { value, text } = record;
    if (!isJsonObject(value) || !('request_created_at' in value || 'response_status' in value)) return undefined;
    return { kind: 'call', record: record.record, at: record.at, call: toCall(value, text, options.zoneOffsetMinutes) };
  },
} as const satisfies RecordImporter;

function toCall(value: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const fields = openFields(value);
  const start = readStamp(fields.take('request_created_at'), 'start', zoneOffsetMinutes);
  const end = readStamp(fields.take('response_created_at'), 'end', zoneOffsetMinutes);
  const delay = toNumber(fields.take('delay_ms')) ?? toNumber(fields.take('latency'));
  const status = fields.take('response_status');
  const properties = toObject(parseInner(fields.take('request_properties', 'properties')));
  const target = splitUrl(fields.text('target_url') ?? '');
  const requested = splitUrl(fields.text('request_path') ?? '');
  const model = fields.text('request_model', 'model');
  const requestBody = fields.take('request_body');
  const responseBody = fields.take('response_body');
  return {
    ...start,
    durationMs: delay === undefined || delay < 0 ? toLlmDuration(start, end) : durationMs(delay),
    method: 'POST',
    scheme: target.scheme ?? requested.scheme,
    host: target.host ?? requested.host,
    port: target.port ?? requested.port,
    path: requested.path ?? target.path,
    query: requested.query ?? target.query,
    status: toStatus(status),
    requestBody: toLlmBody(requestBody),
    responseBody: toLlmBody(responseBody),
    consumer: fields.text('request_user_id', 'helicone_user', 'user_id'),
    traceId: toKnownText(properties['Helicone-Session-Id']),
    requestId: fields.text('request_id'),
    service: fields.text('provider'),
    route: model,
    extras: toExtras([
      ['model', model],
      ['response-model', fields.text('response_model')],
      ['outcome', entryOf(PENDING, toLooseText(status))],
      ['prompt-tokens', fields.text('prompt_tokens')],
      ['completion-tokens', fields.text('completion_tokens')],
      ['total-tokens', fields.text('total_tokens')],
      ['cost-usd', fields.text('cost', 'cost_usd')],
      ...readTools(requestBody, responseBody),
      ...Object.entries(properties).map(([name, member]) => [`property.${name}`, toLooseText(member)] as const),
      ...fields.rest(),
    ]),
    rawText: text,
  };
}
