import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { toExtras, toKnownText, toLooseText, toObject } from '../read/fields.ts';
import { readStamp } from '../read/stamp.ts';
import { readTools, toLlmBody, toLlmDuration, toLlmHost } from './llm-fields.ts';

/** Where applications note in an observation's metadata which request it made or answers. */
const REQUEST_IDS = ['x_request_id', 'x-request-id', 'request_id', 'requestId'] as const;

/** Who a trace of Langfuse belongs to. */
export interface TraceOwner {
  readonly user: string | undefined;
  readonly session: string | undefined;
}

/** What an observation of Langfuse is: a call of a model, a call of a tool, or a step around calls. */
export function kindOfObservation(type: string | undefined): 'model' | 'tool' | 'step' {
  if (type === 'GENERATION' || type === 'EMBEDDING') return 'model';
  return type === 'TOOL' ? 'tool' : 'step';
}

/**
 * A call out of a Langfuse observation, as its API, its exports and its ingestion batches write it.
 * Source: Langfuse API reference, "observations" and "ingestion"; request bodies in the tests of BerriAI/litellm. `latency` is in
 * seconds in the API and in milliseconds in some exports, so the duration comes from the two times, which may differ in zone.
 */
export function toObservationCall(
  body: JsonObject,
  type: string | undefined,
  owner: TraceOwner | undefined,
  zoneOffsetMinutes: number,
): Omit<ImportedCall, 'rawText'> {
  const start = readStamp(body['startTime'], 'start', zoneOffsetMinutes);
  const name = toKnownText(body['name']);
  const metadata = toObject(body['metadata']);
  const hidden = toObject(metadata['hidden_params']);
  const isTool = kindOfObservation(type) === 'tool';
  const model = toKnownText(body['model']) ?? toKnownText(body['providedModelName']);
  const level = toKnownText(body['level']);
  return {
    ...start,
    durationMs: toLlmDuration(start, readStamp(body['endTime'], 'end', zoneOffsetMinutes)),
    method: 'POST',
    ...toLlmHost(toKnownText(hidden['api_base']) ?? toKnownText(metadata['api_base'])),
    path: isTool ? undefined : type === 'EMBEDDING' ? '/v1/embeddings' : '/v1/chat/completions',
    requestBody: toLlmBody(body['input']),
    responseBody: toLlmBody(body['output']),
    // Langfuse marks a failed call by its level alone; without it nothing says how the call went.
    outcome: level === 'ERROR' ? 'failed' : undefined,
    consumer: owner?.user ?? toKnownText(body['userId']),
    requestId: REQUEST_IDS.map((key) => toKnownText(metadata[key])).find((id) => id !== undefined),
    traceId: toKnownText(body['traceId']),
    spanId: toKnownText(body['id']),
    parentSpanId: toKnownText(body['parentObservationId']),
    service: toKnownText(metadata['ls_provider']) ?? toKnownText(metadata['custom_llm_provider']),
    route: isTool ? name : model,
    // Not `mcp:`: whether the tool stood behind an MCP server, the observation does not say.
    tool: isTool && name !== undefined ? `tool:${name}` : undefined,
    extras: toExtras([
      ['observation', type],
      ['name', name],
      ['model', model],
      ['session', owner?.session ?? toKnownText(body['sessionId'])],
      ['level', level === 'DEFAULT' ? undefined : level],
      ['error', toKnownText(body['statusMessage'])],
      ...toUsage(body),
      ...readTools(body['input'], body['output']),
      ['first-token', toLooseText(body['completionStartTime'])],
      ['environment', toKnownText(body['environment'])],
      ['model-parameters', toText(body['modelParameters'])],
      ['metadata', toText(body['metadata'])],
    ]),
  };
}

/** Older SDKs write `usage`, newer ones `usageDetails`, OpenAI's names or their own. */
function toUsage(body: JsonObject): readonly (readonly [string, string | undefined])[] {
  const usage = { ...toObject(body['usage']), ...toObject(body['usageDetails']) };
  const cost = toObject(body['costDetails']);
  const pick = (...names: readonly string[]): string | undefined =>
    names.map((name) => toLooseText(usage[name])).find((text) => text !== undefined);
  return [
    ['prompt-tokens', pick('input', 'promptTokens', 'prompt_tokens', 'input_tokens') ?? toLooseText(body['promptTokens'])],
    [
      'completion-tokens',
      pick('output', 'completionTokens', 'completion_tokens', 'output_tokens') ?? toLooseText(body['completionTokens']),
    ],
    ['total-tokens', pick('total', 'totalTokens', 'total_tokens') ?? toLooseText(body['totalTokens'])],
    [
      'cost-usd',
      toLooseText(cost['total']) ?? pick('totalCost') ?? toLooseText(body['calculatedTotalCost']) ?? toLooseText(body['totalCost']),
    ],
  ];
}

function toText(value: Json | undefined): string | undefined {
  if (typeof value !== 'object' || value === null) return toLooseText(value);
  return (isJsonObject(value) ? Object.keys(value) : value).length === 0 ? undefined : JSON.stringify(value);
}
