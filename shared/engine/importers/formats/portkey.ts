import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { splitUrl } from '../../../lib/request-target.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import type { RecordImporter } from '../importer.ts';
import { parseInner, readTools, toLlmBody, toLlmOutcome, toLlmStatus } from '../llm/llm-fields.ts';
import { findHeader, toExtras, toHeaders, toKnownText, toLooseText, toNumber, toObject } from '../read/fields.ts';
import { openFields } from '../read/record-fields.ts';
import { toIssue } from '../read/reading.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/**
 * Log exports of Portkey's AI gateway: one object a line, with the columns that the export asked for.
 * Source: portkey.ai/docs, "Create a Log Export" (names of the columns); the page does not say whether `created_at` is the start.
 */
export const portkey = {
  id: 'portkey',
  title: 'Portkey log export',
  extensions: ['.jsonl', '.json'],
  holds: 'time, duration, URL, status, provider, model, tokens, cost, trace, metadata; headers and bodies where the export asked for them',
  recognize: (head) =>
    recognizeByKeys(head, 'a log export of Portkey', (keys) => {
      if (!keys.has('ai_model') && !keys.has('ai_org')) return undefined;
      const marks = ['ai_model', 'ai_org', 'is_success', 'response_status_code', 'req_units', 'res_units', 'prompt_slug', 'request_url'];
      return marks.filter((key) => keys.has(key)).length >= 3 ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not a record of Portkey',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && 'ai_org' in value && 'ai_model' in value && 'created_at' in value,
  open: (options) => (record) => {
    const { value, text } = record;
    if (!isJsonObject(value)) return undefined;
    if (!('ai_model' in value || 'ai_org' in value || 'request' in value)) return undefined;
    const call = toCall(value, text, options.zoneOffsetMinutes);
    if (call.route === undefined && call.path === undefined)
      return toIssue('reject', 'FIELD_MISSING', 'neither model nor URL', record, text);
    return { kind: 'call', record: record.record, at: record.at, call };
  },
} as const satisfies RecordImporter;

function toCall(value: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const fields = openFields(value);
  const request = toObject(parseInner(fields.take('request')));
  const response = toObject(parseInner(fields.take('response')));
  const requestHeaders = toHeaders(request['headers']);
  const responseHeaders = toHeaders(response['headers']);
  const metadata = toObject(parseInner(fields.take('metadata')));
  const { scheme, host, port, path, query } = splitUrl(fields.text('request_url') ?? toKnownText(request['url']) ?? '');
  const taken = toNumber(fields.take('response_time')) ?? toNumber(response['response_time']);
  const isSuccess = fields.text('is_success');
  const model = fields.text('ai_model');
  return {
    ...readStamp(fields.take('created_at'), 'unknown', zoneOffsetMinutes),
    durationMs: taken === undefined || taken < 0 ? undefined : durationMs(taken),
    method: toKnownText(request['method'])?.toUpperCase() ?? 'POST',
    scheme,
    host,
    port,
    path,
    query,
    status: toLlmStatus(isSuccess, fields.take('response_status_code') ?? response['status']),
    outcome: toLlmOutcome(isSuccess),
    userAgent: findHeader(requestHeaders, 'user-agent'),
    requestHeaders,
    responseHeaders,
    requestBody: toLlmBody(request['body']),
    responseBody: toLlmBody(response['body']),
    // Portkey's own name for the user of an application.
    consumer: toKnownText(metadata['_user']) ?? toKnownText(metadata['user']),
    traceId: fields.text('trace_id'),
    requestId: fields.text('id'),
    service: fields.text('ai_org'),
    route: model,
    extras: toExtras([
      ['model', model],
      ['outcome', isSuccess === undefined ? undefined : isSuccess === 'true' ? 'success' : 'failure'],
      ['prompt-tokens', fields.text('req_units')],
      ['completion-tokens', fields.text('res_units')],
      ['total-tokens', fields.text('total_units')],
      ['cost', fields.text('cost')],
      ...readTools(request['body'], response['body']),
      ...Object.entries(metadata).map(([name, member]) => [`metadata.${name}`, toLooseText(member)] as const),
      ...fields.rest(),
    ]),
    rawText: text,
  };
}
