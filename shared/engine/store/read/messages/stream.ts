import { isJsonObject } from '../../../../lib/json.ts';
import type { Json, JsonObject } from '../../../../lib/json.ts';

/** Events of one answer that are looked at. */
const MAX_EVENTS = 20_000;

/** A body as JSON: whole, or put together from the events of a stream. `undefined` when it is neither. */
export function readBodyJson(text: string): Json | undefined {
  const whole = parse(text);
  if (whole !== undefined) return whole;
  const events = /^\s*(?:event|data|id|:)/.test(text) ? listEvents(text) : [];
  if (events.length === 0) return undefined;
  return mergeEvents(events);
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json; // JSON.parse gives nothing else
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Source: WHATWG HTML, "Server-sent events": several `data:` lines are one event. */
function listEvents(text: string): readonly JsonObject[] {
  const events: JsonObject[] = [];
  for (const block of text.split(/\r?\n\r?\n/, MAX_EVENTS)) {
    const data = block
      .split(/\r?\n/)
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice('data:'.length).trimStart())
      .join('\n');
    const value = parse(data);
    if (isJsonObject(value)) events.push(value);
  }
  return events;
}

/** One answer out of the pieces of a stream: OpenAI's chats and responses, Anthropic's blocks, JSON-RPC's last message. */
function mergeEvents(events: readonly JsonObject[]): Json {
  const done = events.findLast((event) => isJsonObject(event['response']) && event['type'] === 'response.completed');
  if (done?.['response'] !== undefined) return done['response'];
  if (events.some((event) => event['type'] === 'content_block_start')) return mergeBlocks(events);
  if (events.some((event) => Array.isArray(event['choices']))) return mergeChunks(events);
  // An MCP server may send progress before the answer, which comes last.
  return events.findLast((event) => event['result'] !== undefined || event['error'] !== undefined) ?? [...events];
}

interface ToolPiece {
  id: Json | undefined;
  name: string;
  arguments: string;
}

/** Source: OpenAI API reference, "chat completion chunk". */
function mergeChunks(events: readonly JsonObject[]): JsonObject {
  let content = '';
  const tools: ToolPiece[] = [];
  for (const event of events) {
    const [choice] = Array.isArray(event['choices']) ? (event['choices'] as readonly Json[]) : [];
    const delta = isJsonObject(choice) ? choice['delta'] : undefined;
    if (!isJsonObject(delta)) continue;
    if (typeof delta['content'] === 'string') content += delta['content'];
    for (const call of Array.isArray(delta['tool_calls']) ? (delta['tool_calls'] as readonly Json[]) : []) {
      if (!isJsonObject(call)) continue;
      const at = typeof call['index'] === 'number' && call['index'] < 100 ? call['index'] : 0;
      const piece = (tools[at] ??= { id: undefined, name: '', arguments: '' });
      const named = isJsonObject(call['function']) ? call['function'] : {};
      piece.id ??= call['id'];
      if (typeof named['name'] === 'string') piece.name += named['name'];
      if (typeof named['arguments'] === 'string') piece.arguments += named['arguments'];
    }
  }
  const usage = events.findLast((event) => isJsonObject(event['usage']))?.['usage'];
  // The index of a piece is the stream's own: a list with holes.
  const calls = Object.values(tools).map((tool) => ({ id: tool.id ?? null, function: { name: tool.name, arguments: tool.arguments } }));
  return { choices: [{ message: { role: 'assistant', content, tool_calls: calls } }], ...(usage === undefined ? {} : { usage }) };
}

/** Source: Anthropic API reference, "Streaming messages". */
function mergeBlocks(events: readonly JsonObject[]): JsonObject {
  const blocks: { readonly start: JsonObject; text: string }[] = [];
  const usage: Record<string, Json> = {};
  for (const event of events) {
    const { index, content_block: start, delta, message } = event;
    for (const counted of [isJsonObject(message) ? message['usage'] : undefined, event['usage']])
      if (isJsonObject(counted)) Object.assign(usage, counted);
    const at = typeof index === 'number' && index < 1000 ? index : 0;
    if (isJsonObject(start)) blocks[at] = { start, text: '' };
    const block = blocks[at];
    if (block === undefined || !isJsonObject(delta)) continue;
    const piece = delta['text'] ?? delta['partial_json'] ?? delta['thinking'];
    if (typeof piece === 'string') block.text += piece;
  }
  const content = Object.values(blocks).map(({ start, text }): Json =>
    start['type'] === 'text' ? { ...start, text } : text === '' ? start : { ...start, input: text },
  );
  return { role: 'assistant', content, usage };
}
