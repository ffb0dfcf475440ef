import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { splitUrl } from '../../../lib/request-target.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import type { RecordImporter } from '../importer.ts';
import { parseInner, readTools, toLlmBody, toLlmOutcome, toLlmStatus } from '../llm/llm-fields.ts';
import { toExtras, toKnownText, toLooseText, toNumber, toObject } from '../read/fields.ts';
import { openFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/**
 * Logs of Cloudflare's AI Gateway as its API lists them.
 * Source: Cloudflare API reference, "List Gateway Logs" (types in @cloudflare/workers-types `AiGatewayLog`). The page does not say
 * whether `created_at` is the start. Bodies are there only in answers about single logs.
 */
export const cloudflareAiGateway = {
  id: 'cloudflare-ai-gateway',
  title: 'Cloudflare AI Gateway logs',
  extensions: ['.json', '.jsonl'],
  holds: 'time, duration, path, status, provider, model, tokens, cost, cache, metadata; bodies only of logs that were asked for one by one',
  recognize: (head) =>
    recognizeByKeys(head, "Cloudflare's AI Gateway", (keys) =>
      ['provider', 'model', 'tokens_in', 'tokens_out', 'created_at'].every((key) => keys.has(key)) &&
      ['cached', 'duration', 'status_code', 'success', 'step'].filter((key) => keys.has(key)).length >= 2
        ? 'certain'
        : undefined,
    ),
  records: 'json',
  shape: "not a log of Cloudflare's AI Gateway",
  independent: true,
  isCertain: ({ value }) =>
    isJsonObject(value) && 'tokens_in' in value && 'tokens_out' in value && 'provider' in value && 'cached' in value,
  open: (options) => (record) => {
    const { value, text } = record;
    if (!isJsonObject(value) || !('provider' in value && ('tokens_in' in value || 'model' in value))) return undefined;
    return { kind: 'call', record: record.record, at: record.at, call: toCall(value, text, options.zoneOffsetMinutes) };
  },
} as const satisfies RecordImporter;

function toCall(value: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const fields = openFields(value);
  const taken = toNumber(fields.take('duration'));
  const success = fields.text('success');
  const metadata = toObject(parseInner(fields.take('metadata')));
  const { path, query } = toPath(fields.text('path'));
  const model = fields.text('model');
  const request = fields.take('request', 'request_body', 'request_head');
  const response = fields.take('response', 'response_body', 'response_head');
  const mime = fields.text('response_content_type');
  return {
    ...readStamp(fields.take('created_at'), 'unknown', zoneOffsetMinutes),
    durationMs: taken === undefined || taken < 0 ? undefined : durationMs(taken),
    method: 'POST',
    path,
    query,
    status: toLlmStatus(success, fields.take('status_code')),
    outcome: toLlmOutcome(success),
    requestBody: toLlmBody(request),
    responseBody: toLlmBody(response),
    consumer: toKnownText(metadata['user']) ?? toKnownText(metadata['userId']) ?? toKnownText(metadata['user_id']),
    requestId: fields.text('id'),
    service: fields.text('provider'),
    route: model,
    contentType: mime,
    extras: toExtras([
      ['model', model],
      ['outcome', success === undefined ? undefined : success === 'true' ? 'success' : 'failure'],
      ['prompt-tokens', fields.text('tokens_in')],
      ['completion-tokens', fields.text('tokens_out')],
      ['cost-usd', fields.text('cost')],
      ['cache-hit', fields.text('cached')],
      ...readTools(request, response),
      ...Object.entries(metadata).map(([name, member]) => [`metadata.${name}`, toLooseText(member)] as const),
      ...fields.rest(),
    ]),
    rawText: text,
  };
}

/** `chat/completions` is what the gateway passes on behind the provider's own prefix. */
function toPath(path: string | undefined): Pick<ImportedCall, 'path' | 'query'> {
  if (path === undefined) return {};
  const parts = splitUrl(path);
  return { path: parts.path === undefined || parts.path.startsWith('/') ? parts.path : `/${parts.path}`, query: parts.query };
}
