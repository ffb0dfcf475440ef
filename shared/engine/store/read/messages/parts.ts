import { isJsonObject } from '../../../../lib/json.ts';
import type { Json, JsonObject } from '../../../../lib/json.ts';
import type { Message, MessageRole } from '../../../../contract/messages.ts';

/** Deeper than any protocol nests its messages. */
const MAX_DEPTH = 8;

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const firstText = (...values: readonly (Json | undefined)[]): string | undefined => values.map(textOf).find((text) => text !== undefined);

/** A JSON value as it reads: a text as it is, anything else as JSON. */
export const readable = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

const message = (role: MessageRole, text: string, tool?: string, toolCall?: string): Message => ({
  role,
  text,
  ...(tool === undefined ? {} : { tool }),
  ...(toolCall === undefined ? {} : { toolCall }),
});

const ROLES: Readonly<Record<string, MessageRole>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  model: 'assistant',
  ai: 'assistant',
  tool: 'tool-result',
  function: 'tool-result',
};

/** The role that a protocol's word stands for. */
const toRole = (word: Json | undefined, otherwise: MessageRole): MessageRole =>
  (typeof word === 'string' && Object.hasOwn(ROLES, word.toLowerCase()) ? ROLES[word.toLowerCase()] : undefined) ?? otherwise;

const CALL_TYPES = new Set([
  'tool_use',
  'server_tool_use',
  'mcp_tool_use',
  'function_call',
  'mcp_call',
  'tool_call',
  'custom_tool_call',
  'tool-call',
]);
const RESULT_TYPES = new Set([
  'tool_result',
  'function_call_output',
  'tool_call_response',
  'mcp_tool_result',
  'custom_tool_call_output',
  'tool-result',
]);

/** A tool that is asked for, in the words of OpenAI, Anthropic, Google, Bedrock, OpenTelemetry and the AI SDK. */
function readToolCall(part: JsonObject): Message | undefined {
  const named = [part['function'], part['functionCall'], part['toolUse']].find((each) => isJsonObject(each));
  const inner = isJsonObject(named) ? named : part;
  if (named === undefined && !CALL_TYPES.has(textOf(part['type']) ?? '')) return undefined;
  const name = firstText(inner['name'], inner['toolName']);
  if (name === undefined) return undefined;
  const id = firstText(part['call_id'], part['id'], inner['toolUseId'], inner['toolCallId'], inner['id']);
  return message('tool-call', readable(inner['arguments'] ?? inner['input'] ?? inner['args']), name, id);
}

/** What a tool answered, told back to the model. */
function readToolResult(part: JsonObject, depth: number): Message | undefined {
  const named = [part['functionResponse'], part['toolResult']].find((each) => isJsonObject(each));
  const inner = isJsonObject(named) ? named : part;
  if (named === undefined && !RESULT_TYPES.has(textOf(part['type']) ?? '')) return undefined;
  const id = firstText(inner['tool_use_id'], inner['call_id'], inner['toolUseId'], inner['toolCallId'], inner['id']);
  const content = inner['content'] ?? inner['output'] ?? inner['result'] ?? inner['response'];
  return message('tool-result', joined(content, depth + 1), firstText(inner['name'], inner['toolName']), id);
}

/** Content as one text: its parts one under the other. */
export const joined = (content: Json | undefined, depth = 0): string =>
  Array.isArray(content)
    ? readParts(content, 'tool-result', depth)
        .map((part) => part.text)
        .join('\n')
    : readable(content);

/** The parts of one message's content. */
export function readParts(content: Json | undefined, role: MessageRole, depth = 0): readonly Message[] {
  if (content === undefined || content === null || content === '' || depth > MAX_DEPTH) return [];
  if (Array.isArray(content)) return content.flatMap((part: Json) => readParts(part, role, depth + 1));
  if (!isJsonObject(content)) return [message(role, readable(content))];
  const tool = readToolCall(content) ?? readToolResult(content, depth);
  if (tool !== undefined) return [tool];
  const text = firstText(content['text'], content['thinking'], content['content'], content['refusal']);
  if (text !== undefined) return text === '' ? [] : [message(role, text)];
  if (Array.isArray(content['parts'])) return readParts(content['parts'], role, depth + 1);
  const type = textOf(content['type']);
  // A picture or a file is named; its bytes are no message.
  return [message(role, type === undefined ? readable(content) : `[${type}]`)];
}

/** One message of a list, with the tools that it asks for. */
export function readMessage(value: Json, otherwise: MessageRole): readonly Message[] {
  if (!isJsonObject(value)) return readParts(value, otherwise);
  const wrapped = value['message'];
  if (isJsonObject(wrapped)) return readMessage(wrapped, otherwise);
  if (value['role'] === undefined && value['type'] !== 'message') return readParts(value, otherwise);
  const role = toRole(value['role'], otherwise);
  const content = value['content'] ?? value['parts'];
  if (role === 'tool-result' && !hasTypedParts(content)) {
    const text = joined(content);
    return text === '' ? [] : [message(role, text, textOf(value['name']), textOf(value['tool_call_id']))];
  }
  const asked: readonly Json[] = Array.isArray(value['tool_calls']) ? value['tool_calls'] : [];
  const calls = [...asked, ...(isJsonObject(value['function_call']) ? [{ type: 'function_call', ...value['function_call'] }] : [])];
  return [...readParts(content, role), ...calls.flatMap((call) => (isJsonObject(call) ? (readToolCall(call) ?? []) : []))];
}

/** True where the parts say themselves that they are results, as in Bedrock's and OpenTelemetry's lists. */
const hasTypedParts = (content: Json | undefined): boolean =>
  Array.isArray(content) && content.some((part: Json) => isJsonObject(part) && readToolResult(part, 0) !== undefined);
