import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { Imported, LogRecord, RecordImporter, RecordReader } from '../importer.ts';
import { nameUse } from '../llm/agent-span.ts';
import { parsePrinted } from '../llm/llm-fields.ts';
import { toModelCall } from '../llm/model-call.ts';
import { NO_STAMP, toToolCall } from '../llm/tool-call.ts';
import { asksIn } from '../llm/tool-use.ts';
import { toKnownText, toLooseText, toObject } from '../read/fields.ts';
import { WAITED_TOO_LONG } from '../read/pairing.ts';
import { toIssue } from '../read/reading.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp, type Stamp } from '../read/stamp.ts';

/** Tools that models asked for, until their event comes. */
const MAX_ASKED = 10_000;
/** Agents whose model streams an answer at once. */
const MAX_STREAMS = 1000;

/**
 * Events of AutoGen (`autogen_core.events`), an object a line: calls of models and tools with the agent that made them; messages between agents are
 * steps around them.
 * Source: microsoft/autogen, `autogen_core/logging.py`. Events have no time of their own: a model's call has that of its answer, a tool's that
 * of the line, where the log writes one around the event.
 */
export const autogen = {
  id: 'autogen',
  title: 'AutoGen events',
  extensions: ['.jsonl', '.log'],
  holds:
    'model, messages and answer, tools with arguments and results, tokens, agent; time of models’ answers in whole seconds; no HTTP status',
  recognize: (head) =>
    recognizeByKeys(head, 'events of AutoGen', (keys) => {
      if (!keys.has('type') || !keys.has('agent_id')) return undefined;
      const isModel = keys.has('response') && keys.has('prompt_tokens') && keys.has('completion_tokens');
      return isModel || (keys.has('tool_name') && keys.has('arguments')) ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not an event of AutoGen',
  independent: false,
  open: () => createReader(),
  notes: ['The method POST and the path /v1/chat/completions stand for calls whose HTTP the events do not show.'],
} as const satisfies RecordImporter;

/** When the answer was made, as its provider says in it. */
const timeOf = (response: JsonObject | undefined): Stamp => {
  const created = response?.['created'];
  return created === undefined ? NO_STAMP : readStamp(created, 'start', 0);
};

/** `unanswered`: why no answer stands in the event. */
function toModel(event: JsonObject, unanswered?: string): ImportedCall {
  const response = isJsonObject(event['response']) ? event['response'] : undefined;
  const request: JsonObject = {
    messages: event['messages'] ?? [],
    ...(Array.isArray(event['tools']) ? { tools: event['tools'] as Json } : {}),
  };
  const agent = toKnownText(event['agent_id']);
  const call = toModelCall({ request, response }, undefined, [
    ['agent', agent],
    ['no-answer', unanswered],
    ['prompt-tokens', response?.['usage'] === undefined ? toLooseText(event['prompt_tokens']) : undefined],
    ['completion-tokens', response?.['usage'] === undefined ? toLooseText(event['completion_tokens']) : undefined],
  ]);
  return { ...timeOf(response), ...call, path: '/v1/chat/completions', consumer: call.consumer ?? agent };
}

/**
 * A streamed answer as the model's interface would have given it: AutoGen writes its own `CreateResult`, whose content is a text or the tools asked for.
 */
function toStreamed(result: JsonObject): JsonObject {
  const { content = null, finish_reason = null, usage } = result;
  if (result['choices'] !== undefined || result['content'] === undefined) return result;
  const asks = Array.isArray(content) ? (content as readonly Json[]).filter(isJsonObject) : undefined;
  const tools = asks?.map(({ id = null, name = null, arguments: given = null }) => ({
    id,
    type: 'function',
    function: { name, arguments: given },
  }));
  const message: JsonObject = { role: 'assistant', ...(tools === undefined ? { content } : { content: null, tool_calls: tools }) };
  return { choices: [{ message, finish_reason }], ...(usage === undefined ? {} : { usage }) };
}

function createReader(): RecordReader {
  /** By agent: what its model was given, while the answer streams, and where that stands. */
  const streams = new Map<string, { readonly event: JsonObject; readonly record: LogRecord }>();
  /** By agent and what a tool was given: the id of the answer that asked for it. */
  const asked = new Map<string, string>();

  const remember = (agent: string | undefined, call: ImportedCall, response: JsonObject): void => {
    const choices = Array.isArray(response['choices']) ? (response['choices'] as readonly Json[]) : [];
    for (const ask of choices.flatMap((choice) => asksIn(toObject(toObject(choice)['message'])))) {
      const [oldest] = asked.size >= MAX_ASKED ? asked.keys() : [];
      if (oldest !== undefined) asked.delete(oldest);
      if (call.spanId !== undefined) asked.set(nameUse(agent, ask.name, ask.input), call.spanId);
    }
  };
  const toTool = (event: JsonObject, name: string): ImportedCall => {
    const agent = toKnownText(event['agent_id']);
    const told = event['result'] ?? undefined;
    const content = typeof told === 'string' ? parsePrinted(told) : told;
    return toToolCall({
      ask: { id: toKnownText(event['call_id']), name, input: event['arguments'] ?? undefined, server: undefined },
      result: told === undefined ? undefined : { id: undefined, name, content, isError: event['is_error'] === true },
      stamp: NO_STAMP,
      durationMs: undefined,
      traceId: undefined,
      asker: asked.get(nameUse(agent, name, event['arguments'])),
      consumer: agent,
      extras: [['agent', agent]],
    });
  };

  /** A stream whose end did not come is a call all the same: the model was given what its start says. */
  const giveUp = (agent: string | undefined, why: string): readonly Imported[] => {
    const stream = agent === undefined ? undefined : streams.get(agent);
    if (agent === undefined || stream === undefined) return [];
    streams.delete(agent);
    const { record, at, text } = stream.record;
    return [{ kind: 'call', record, at, call: { ...toModel(stream.event, why), rawText: text } }];
  };

  const read = (record: LogRecord): Imported | readonly Imported[] | undefined => {
    const { value, text } = record;
    const type = isJsonObject(value) ? toKnownText(value['type']) : undefined;
    if (!isJsonObject(value) || type === undefined) return undefined;
    const name = toKnownText(value['tool_name']);
    if (type === 'ToolCall' && name !== undefined)
      return { kind: 'call', record: record.record, at: record.at, call: { ...toTool(value, name), rawText: text } };
    const agent = toKnownText(value['agent_id']) ?? '';
    if (type === 'LLMStreamStart') {
      const replaced = giveUp(agent, 'the next one of its agent begins before it');
      const [oldest] = streams.size >= MAX_STREAMS ? streams.keys() : [];
      const dropped = giveUp(oldest, WAITED_TOO_LONG);
      streams.set(agent, { event: value, record });
      const why = 'a streamed answer begins; the event of its end is the call';
      return [...replaced, ...dropped, toIssue('skip', 'NOT_HTTP', why, record, text)];
    }
    if (type !== 'LLMCall' && type !== 'LLMStreamEnd')
      return toIssue('skip', 'NOT_HTTP', `an event of type ${type.slice(0, 40)}, not a call of a model or a tool`, record, text);
    const event =
      type === 'LLMCall' ? value : { ...streams.get(agent)?.event, ...value, response: toStreamed(toObject(value['response'])) };
    if (type === 'LLMStreamEnd') streams.delete(agent);
    const call = toModel(event);
    remember(toKnownText(value['agent_id']), call, toObject(event.response));
    return { kind: 'call', record: record.record, at: record.at, call: { ...call, rawText: text } };
  };
  const rest = (): readonly Imported[] => [...streams.keys()].flatMap((agent) => giveUp(agent, 'the events end before it'));
  return Object.assign(read, { rest });
}
