import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { parsePythonLiteral } from '../../../lib/python-literal.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { toExtras, toKnownText, toLooseText, toObject } from '../read/fields.ts';
import { readStamp, type Stamp } from '../read/stamp.ts';
import { pick, toNotedRequest, toOwner, toThread, type MetadataOwner } from './metadata.ts';
import { parseInner, parsePrinted, readTools, toLlmBody, toLlmDuration, toLlmHost } from './llm-fields.ts';

const metadataOf = (run: JsonObject): JsonObject => toObject(toObject(run['extra'])['metadata']);

/** Whose a run is. Metadata that was given at the outermost run stands in every run below it. */
export const toRunOwner = (run: JsonObject): MetadataOwner => toOwner(metadataOf(run));

/** What a run is: a call of a model, a call of a tool, or a step around calls. A retriever is a tool: it is asked, and what it gives is read. */
export function kindOfRun(type: string | undefined): 'model' | 'tool' | 'step' {
  if (type === 'llm' || type === 'embedding') return 'model';
  return type === 'tool' || type === 'retriever' ? 'tool' : 'step';
}

/**
 * A call out of a LangSmith run.
 * Source: docs.langchain.com, "Run (span) data format".
 * Traps:  times are UTC, which the Python SDK and the API write without a zone; a tool's arguments are what Python prints of them,
 *         `{"input": "{'id': 'sup-1'}"}`, which is read as the values it stands for.
 */
export function toRunCall(run: JsonObject): Omit<ImportedCall, 'rawText'> {
  const metadata = metadataOf(run);
  const extra = toObject(run['extra']);
  const parameters = toObject(extra['invocation_params']);
  const type = toKnownText(run['run_type']);
  const isTool = kindOfRun(type) === 'tool';
  const name = toKnownText(run['name']);
  const start = readUtc(run['start_time'], 'start');
  const status = toKnownText(run['status']);
  const error = toKnownText(run['error']);
  const outputs = toObject(run['outputs']);
  const result = toObject(outputs['llm_output']);
  const model =
    toKnownText(result['model_name']) ??
    pick(metadata, ['ls_model_name']) ??
    toKnownText(parameters['model']) ??
    toKnownText(parameters['model_name']);
  const owner = toRunOwner(run);
  const input = isTool ? toArguments(run['inputs']) : { value: run['inputs'], isRead: false };
  return {
    ...start,
    durationMs: toLlmDuration(start, readUtc(run['end_time'], 'end')),
    method: 'POST',
    ...toLlmHost(pick(parameters, ['base_url', 'openai_api_base', 'api_base', 'azure_endpoint'])),
    path: isTool ? undefined : type === 'embedding' ? '/v1/embeddings' : '/v1/chat/completions',
    outcome: error !== undefined || status === 'error' ? 'failed' : status === 'success' ? 'given' : undefined,
    requestBody: toLlmBody(input.value),
    responseBody: toLlmBody(isTool ? toResult(run['outputs']) : run['outputs']) ?? toLlmBody(error),
    consumer: owner.user ?? owner.agent,
    requestId: toNotedRequest(metadata),
    traceId: toKnownText(run['trace_id']) ?? toKnownText(run['id']),
    spanId: toKnownText(run['id']),
    parentSpanId: toKnownText(run['parent_run_id']),
    service: pick(metadata, ['ls_provider']) ?? toKnownText(run['session_name']),
    route: isTool ? name : model,
    // Not `mcp:`: whether the tool stood behind an MCP server, the run does not say.
    tool: isTool && name !== undefined ? `tool:${name}` : undefined,
    extras: toExtras([
      ['run-type', type],
      ['name', name],
      ['model', model],
      ['agent', owner.agent],
      ['thread', toThread(metadata)],
      ['project', toKnownText(run['session_name']) ?? toKnownText(run['session_id'])],
      ['outcome', status],
      ['error', error],
      ['arguments', input.isRead ? 'what Python prints of them, read as values' : undefined],
      ...toTokens(run, result),
      ...readTools({ tools: parameters['tools'] ?? parameters['functions'] ?? null }, run['outputs']),
      ['first-token', toLooseText(run['first_token_time'])],
      ['model-parameters', toText(extra['invocation_params'])],
      ['metadata', toText(extra['metadata'])],
      ['runtime', toText(extra['runtime'])],
      ['tags', toText(run['tags'])],
      ['feedback', toText(run['feedback_stats']) ?? toText(run['feedback'])],
    ]),
  };
}

/** LangSmith keeps UTC throughout, with a zone or without. */
function readUtc(value: Json | undefined, kind: 'start' | 'end'): Stamp {
  const stamp = readStamp(value, kind, 0);
  return { ...stamp, zoneKnown: stamp.time !== undefined };
}

/** The one text that LangChain makes of a tool's arguments, as the values it stands for; anything else as it is. */
function toArguments(inputs: Json | undefined): { readonly value: Json | undefined; readonly isRead: boolean } {
  if (!isJsonObject(inputs)) return { value: inputs, isRead: false };
  const { input } = inputs;
  if (typeof input !== 'string' || Object.keys(inputs).length > 1) return { value: inputs, isRead: false };
  const json = parseInner(input);
  if (typeof json === 'object') return { value: json, isRead: false };
  const value = parsePythonLiteral(input);
  return value === undefined ? { value: inputs, isRead: false } : { value, isRead: true };
}

/** An answer that is JSON or what Python prints, inside of a text, is opened; the message around it stays. */
function toResult(outputs: Json | undefined): Json | undefined {
  if (!isJsonObject(outputs)) return outputs;
  const { output } = outputs;
  if (typeof output === 'string') return { ...outputs, output: parsePrinted(output) };
  return isJsonObject(output) && typeof output['content'] === 'string'
    ? { ...outputs, output: { ...output, content: parsePrinted(output['content']) } }
    : outputs;
}

/** Of the run itself, or, where older SDKs leave that out, of the provider's answer. */
function toTokens(run: JsonObject, result: JsonObject): readonly (readonly [string, string | undefined])[] {
  const usage = toObject(result['token_usage']);
  return [
    ['prompt-tokens', toLooseText(run['prompt_tokens']) ?? toLooseText(usage['prompt_tokens'])],
    ['completion-tokens', toLooseText(run['completion_tokens']) ?? toLooseText(usage['completion_tokens'])],
    ['total-tokens', toLooseText(run['total_tokens']) ?? toLooseText(usage['total_tokens'])],
    ['cost-usd', toLooseText(run['total_cost'])],
  ];
}

function toText(value: Json | undefined): string | undefined {
  if (typeof value !== 'object' || value === null) return toLooseText(value);
  return Object.keys(value).length === 0 ? undefined : JSON.stringify(value);
}
