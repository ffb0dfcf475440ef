import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { toKnownText, toObject } from '../read/fields.ts';

/** A tool that a model asked for. */
export interface ToolAsk {
  readonly id: string | undefined;
  readonly name: string;
  readonly input: Json | undefined;
  /** The MCP server of the tool, where the ask names it. */
  readonly server: string | undefined;
}

/** What a tool answered, as the model is told of it. */
export interface ToolResult {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly content: Json | undefined;
  readonly isError: boolean;
}

/** A tool that the provider of a model used by itself: asked for and answered within one answer of the model. */
export interface HostedUse {
  readonly ask: ToolAsk;
  /** Undefined where the answer does not say what came of it. */
  readonly result: ToolResult | undefined;
  /** True for a server's list of tools, which is no use of one. */
  readonly isList: boolean;
}

/** Items of the Responses API that a client answers in an item of the same `call_id`. */
const CLIENT_CALL = /^(?:function|custom_tool|local_shell|shell|apply_patch|computer)_call$/;
const CLIENT_RESULT = /^(?:function|custom_tool|local_shell|shell|apply_patch|computer)_call_output$/;
/** Items of the Responses API for what the provider does itself. */
const HOSTED_CALL = /^(?:mcp|web_search|file_search|code_interpreter|image_generation|tool_search)_call$/;

const CALL_BLOCKS = new Set(['tool_use', 'server_tool_use', 'mcp_tool_use', 'tool-call']);
const RESULT_BLOCKS = new Set(['tool_result', 'mcp_tool_result', 'web_search_tool_result', 'code_execution_tool_result', 'tool-result']);

const text = toKnownText;
const blocksIn = (entry: JsonObject): readonly JsonObject[] =>
  Array.isArray(entry['content']) ? (entry['content'] as readonly Json[]).filter(isJsonObject) : [];
const listIn = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];

/** `{"function":{"name","arguments"}}`, `{"custom":{"name","input"}}`, or the two beside the id. */
function toAsk(call: JsonObject): readonly ToolAsk[] {
  const inner = [call['function'], call['custom']].find(isJsonObject) ?? call;
  const name = text(inner['name']) ?? text(inner['toolName']);
  if (name === undefined) return [];
  const id = text(call['call_id']) ?? text(call['id']) ?? text(call['toolCallId']);
  const server = text(call['server_label']) ?? text(call['server_name']);
  return [{ id, name, input: inner['arguments'] ?? inner['input'] ?? inner['args'] ?? undefined, server }];
}

/**
 * The tools that a message or an item asks for.
 * Source: OpenAI API reference (`tool_calls`, the older `function_call`; items of the Responses API), Anthropic API reference (`tool_use`), AI SDK
 * (`tool-call`). An item without a name (a shell, a patch, a screen) is named by its type.
 */
export function asksIn(entry: JsonObject): readonly ToolAsk[] {
  const type = text(entry['type']) ?? '';
  if (CLIENT_CALL.test(type)) {
    const { action, actions, operation } = entry;
    const named = { name: type.slice(0, -'_call'.length), arguments: action ?? actions ?? operation ?? null, ...entry };
    return toAsk(named);
  }
  const older = entry['function_call'];
  return [
    ...listIn(entry['tool_calls']).flatMap(toAsk),
    ...(isJsonObject(older) ? toAsk(older) : []),
    ...blocksIn(entry).flatMap((block) => (CALL_BLOCKS.has(text(block['type']) ?? '') ? toAsk(block) : [])),
  ];
}

/** Parts of text as one text; pictures and other parts as they are. */
function toContent(content: Json | undefined): Json | undefined {
  if (!Array.isArray(content)) return content;
  const texts = (content as readonly Json[]).map((part) => toObject(part)['text']).filter((one) => typeof one === 'string');
  return texts.length === content.length && texts.length > 0 ? texts.join('\n') : content;
}

/** What tools answered, in a message or an item that tells the model. Source: as of `asksIn`. */
export function resultsIn(entry: JsonObject): readonly ToolResult[] {
  const type = text(entry['type']) ?? '';
  const id = text(entry['call_id']) ?? text(entry['tool_call_id']);
  if (CLIENT_RESULT.test(type))
    return [{ id, name: undefined, content: toContent(entry['output']), isError: entry['status'] === 'incomplete' }];
  const role = text(entry['role']);
  const blocks = blocksIn(entry).filter((block) => RESULT_BLOCKS.has(text(block['type']) ?? ''));
  if ((role === 'tool' || role === 'function') && blocks.length === 0)
    return [{ id, name: text(entry['name']), content: toContent(entry['content']), isError: entry['status'] === 'error' }];
  return blocks.map((block) => ({
    id: text(block['tool_use_id']) ?? text(block['toolCallId']),
    name: text(block['toolName']),
    content: toContent(block['content'] ?? block['output'] ?? block['result']),
    isError: block['is_error'] === true || block['isError'] === true,
  }));
}

/** What the protocol calls the members of a tool's definition, where the item calls them otherwise or leaves them empty. */
function toDefinition(tool: JsonObject): JsonObject {
  const { input_schema: inputSchema, ...rest } = tool;
  const told = Object.entries(rest).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(told), ...(inputSchema === undefined ? {} : { inputSchema }) };
}

/** The use of a tool that stands in one item with its answer, or a server's list of tools; undefined for any other item. */
export function hostedIn(entry: JsonObject): HostedUse | undefined {
  const type = text(entry['type']) ?? '';
  const [id, server, error] = [text(entry['id']), text(entry['server_label']), entry['error'] ?? undefined];
  if (type === 'mcp_list_tools') {
    const content = error ?? { result: { tools: listIn(entry['tools']).map(toDefinition) } };
    return {
      ask: { id, name: 'tools/list', input: undefined, server },
      result: { id, name: undefined, content, isError: error !== undefined },
      isList: true,
    };
  }
  if (!HOSTED_CALL.test(type)) return undefined;
  const { queries, code } = entry;
  const input = entry['arguments'] ?? entry['action'] ?? (queries === undefined ? undefined : { queries }) ?? code ?? undefined;
  const content = error ?? entry['output'] ?? entry['results'] ?? entry['outputs'] ?? undefined;
  const isError = error !== undefined || entry['status'] === 'failed';
  const isAnswered = content !== undefined || entry['status'] === 'completed' || isError;
  const name = text(entry['name']) ?? type.slice(0, -'_call'.length);
  return {
    ask: { id, name, input, server },
    result: isAnswered ? { id, name: undefined, content: toContent(content), isError } : undefined,
    isList: false,
  };
}
