import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { toRpcTool } from '../../../model/inner-operation.ts';
import { toExtras, toKnownText, toObject } from '../read/fields.ts';
import { readStamp } from '../read/stamp.ts';
import { parseInner, parsePrinted, toLlmBody, toLlmDuration, toLlmHost } from './llm-fields.ts';
import { toModelCall, type ModelBodies } from './model-call.ts';
import { toToolFields } from './tool-name.ts';

type SpanKind = 'model' | 'tool' | 'list' | 'step';

/** Types of spans that are calls; the others (agents, turns, hand-offs, guardrails, custom ones) are steps around them. */
const KINDS: Readonly<Record<string, SpanKind>> = {
  generation: 'model',
  response: 'model',
  transcription: 'model',
  speech: 'model',
  function: 'tool',
  mcp_tools: 'list',
};
/** Paths of OpenAI's API by the type of a span of a model. */
const PATHS: Readonly<Record<string, string>> = {
  generation: '/v1/chat/completions',
  response: '/v1/responses',
  transcription: '/v1/audio/transcriptions',
  speech: '/v1/audio/speech',
};

/** What a span of the Agents SDK is: a call of a model or a tool, a server's list of tools, or a step around calls. */
export const kindOfSpan = (type: string | undefined): SpanKind =>
  type !== undefined && Object.hasOwn(KINDS, type) ? (KINDS[type] ?? 'step') : 'step';

/** The bodies of a model's call, as far as the span keeps them: its own exporter leaves the content of responses out. */
export function bodiesOf(data: JsonObject): ModelBodies {
  const { input, output } = data;
  const model: JsonObject = typeof data['model'] === 'string' ? { model: data['model'] } : {};
  if (data['type'] === 'response') {
    const kept = isJsonObject(data['response']) ? data['response'] : undefined;
    const told = { ...model, ...(isJsonObject(data['usage']) ? { usage: data['usage'] } : {}) };
    const id = toKnownText(data['response_id']);
    return {
      request: (input ?? undefined) === undefined ? undefined : { ...model, input: input ?? null },
      response: kept ?? { object: 'response', ...(id === undefined ? {} : { id }), ...told },
    };
  }
  const messages: Json | undefined = isJsonObject(input) ? input['data'] : input;
  return {
    request: (messages ?? undefined) === undefined ? undefined : { ...model, messages: messages ?? null },
    response:
      (output ?? undefined) === undefined
        ? undefined
        : { ...model, output: output ?? null, ...(isJsonObject(data['usage']) ? { usage: data['usage'] } : {}) },
  };
}

/** What a tool was given, so that the answer that asked for it can be told: JSON in a text, whose spaces say nothing. */
export function nameUse(trace: string | undefined, name: string, input: Json | undefined): string {
  return JSON.stringify([trace ?? '', name, parseInner(input) ?? null]);
}

/** The members of every span. */
function toFrame(
  span: JsonObject,
): Pick<ImportedCall, 'time' | 'timeText' | 'timeKind' | 'zoneKnown' | 'durationMs' | 'traceId' | 'spanId'> {
  const start = readStamp(span['started_at'], 'start', 0);
  return {
    ...start,
    durationMs: toLlmDuration(start, readStamp(span['ended_at'], 'end', 0)),
    traceId: toKnownText(span['trace_id']),
    spanId: toKnownText(span['id']) ?? toKnownText(span['span_id']),
  };
}

/**
 * A call out of a span of OpenAI's Agents SDK.
 * Source: openai/openai-agents-python, what the classes of `tracing/span_data.py` export; its exporter posts them to `/v1/traces/ingest`.
 * Traps:  a tool's result is what Python prints of it; `response` spans have the response's id alone unless another exporter kept the rest.
 * `parent`: the span that the call follows from, where that is known better than by the span itself.
 */
export function toSpanCall(span: JsonObject, parent: string | undefined): Omit<ImportedCall, 'rawText'> {
  const data = toObject(span['span_data']);
  const type = toKnownText(data['type']);
  const kind = kindOfSpan(type);
  const error = span['error'] ?? undefined;
  const around = toKnownText(span['parent_id']);
  const place = { ...toFrame(span), parentSpanId: parent ?? around };
  const extras = [
    ['span', type],
    ['within', parent === undefined ? undefined : around],
  ] as const;
  if (kind === 'model') {
    const bodies = bodiesOf(data);
    const settings = toObject(data['model_config']);
    const call = toModelCall(bodies, error, [
      ...extras,
      ['response-id', toKnownText(data['response_id'])],
      ['model-parameters', Object.keys(settings).length === 0 ? undefined : JSON.stringify(settings)],
    ]);
    const outcome = error === undefined ? 'given' : 'failed';
    return { ...call, ...place, ...toLlmHost(toKnownText(settings['base_url'])), path: PATHS[type ?? ''], outcome };
  }
  const name = kind === 'list' ? 'tools/list' : (toKnownText(data['name']) ?? 'unknown');
  const server = toKnownText(data['server']) ?? toKnownText(toObject(data['mcp_data'])['server']);
  const output = kind === 'list' ? data['result'] : data['output'];
  return {
    ...place,
    ...(kind === 'list' ? { tool: toRpcTool(name), service: server, route: name } : toToolFields(name, server)),
    method: 'POST',
    outcome: error === undefined ? 'given' : 'failed',
    requestBody: toLlmBody(data['input']),
    responseBody: toLlmBody(typeof output === 'string' ? parsePrinted(output) : output) ?? toLlmBody(error),
    extras: toExtras([['name', name], ['error', toKnownText(toObject(error)['message'])], ...extras]),
  };
}
