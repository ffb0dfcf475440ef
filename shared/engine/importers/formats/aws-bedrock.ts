import { entryOf } from '../../../lib/entry-of.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { Header, ImportedBody, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { joinModelStream, listToolNames } from '../aws/model-answer.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toExtras, toKnownText, toLooseText, toNumber, toObject } from '../read/fields.ts';
import { openFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/** Last part of the URL of each operation. Source: Bedrock API reference, runtime actions. */
const ACTIONS: Readonly<Record<string, string>> = {
  InvokeModel: 'invoke',
  InvokeModelWithResponseStream: 'invoke-with-response-stream',
  Converse: 'converse',
  ConverseStream: 'converse-stream',
};

/**
 * Model invocation logs of Amazon Bedrock: who asked which model what, and what it answered.
 * Source: Bedrock user guide, "model invocation logging". Bodies above 100 KB stand elsewhere in S3, and only their place is
 * here; the answer of a streaming operation is a list of events, whose text is joined.
 */
export const awsBedrock = {
  id: 'aws-bedrock',
  title: 'AWS Bedrock model invocation log',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds:
    'time, principal, operation, model, request id, prompt and answer, tokens and tools that the model called; no status unless it failed, no client address',
  recognize: (head) =>
    recognizeByKeys(head, 'Bedrock', (keys) =>
      keys.has('schemaType') && keys.has('modelId') && keys.has('operation') ? 'certain' : undefined,
    ),
  records: 'json',
  shape: 'not a model invocation of Bedrock',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && value['schemaType'] === 'ModelInvocationLog',
  notes: ['The log names operation, model and region; method and URL are those that the API of Bedrock gives them.'],
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value) || value['schemaType'] !== 'ModelInvocationLog') return undefined;
  return { kind: 'call', record: record.record, at: record.at, call: toCall(value, text, zoneOffsetMinutes) };
}

function toCall(value: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const fields = openFields(value);
  const input = toObject(fields.take('input'));
  const output = toObject(fields.take('output'));
  const region = fields.text('region');
  const model = fields.text('modelId');
  const operation = fields.text('operation');
  const latency = toNumber(toObject(toObject(output['outputBodyJson'])['metrics'])['latencyMs']);
  const call: ImportedCall = {
    ...readStamp(fields.take('timestamp'), 'unknown', zoneOffsetMinutes),
    durationMs: latency === undefined || latency < 0 ? undefined : durationMs(latency),
    method: 'POST',
    scheme: 'https',
    host: region === undefined ? 'bedrock-runtime.amazonaws.com' : `bedrock-runtime.${region}.amazonaws.com`,
    path: `/model/${encodeURIComponent(toPlain(model ?? 'unknown'))}/${entryOf(ACTIONS, operation) ?? toPlain(operation ?? 'unknown')}`,
    requestBody: toBody(input['inputBodyJson'], toKnownText(input['inputContentType']), toKnownText(input['inputBodyS3Path'])),
    responseBody: toBody(output['outputBodyJson'], toKnownText(output['outputContentType']), toKnownText(output['outputBodyS3Path'])),
    consumer: toKnownText(toObject(fields.take('identity'))['arn']),
    requestId: fields.text('requestId'),
    route: model,
    service: 'bedrock',
  };
  return { ...call, extras: toFacts(input, output, fields.rest(), operation), rawText: text };
}

/** A lone surrogate cannot be written in a URL. */
const toPlain = (text: string): string => text.replaceAll(/[\uD800-\uDFFF]/gu, '\uFFFD');

function toFacts(
  input: JsonObject,
  output: JsonObject,
  rest: readonly Header[],
  operation: string | undefined,
): readonly Header[] | undefined {
  const tools = listToolNames(output['outputBodyJson']);
  const facts = toExtras([
    ['operation', operation],
    ['gen_ai.usage.input_tokens', toLooseText(input['inputTokenCount'])],
    ['gen_ai.usage.output_tokens', toLooseText(output['outputTokenCount'])],
    ['cache-read-tokens', toLooseText(input['cacheReadInputTokenCount'])],
    ['cache-write-tokens', toLooseText(input['cacheWriteInputTokenCount'])],
    ['tools-called', tools.length === 0 ? undefined : tools.join(' ')],
    ['input-in-s3', toLooseText(input['inputBodyS3Path'])],
    ['output-in-s3', toLooseText(output['outputBodyS3Path'])],
  ]);
  const all = [...(facts ?? []), ...rest.filter(([name]) => name !== 'schemaType')];
  return all.length === 0 ? undefined : all;
}

function toBody(value: Json | undefined, mime: string | undefined, elsewhere: string | undefined): ImportedBody | undefined {
  if (value === undefined || value === null || value === '') {
    return elsewhere === undefined
      ? undefined
      : { text: undefined, mime, encoding: 'text', bytes: undefined, note: `stored at ${elsewhere}` };
  }
  const joined = Array.isArray(value) ? joinModelStream(value) : undefined;
  if (joined !== undefined) return { text: joined.text, mime: 'text/plain', encoding: 'text', bytes: undefined, note: joined.note };
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { text, mime: mime ?? 'application/json', encoding: 'text', bytes: undefined, note: undefined };
}
