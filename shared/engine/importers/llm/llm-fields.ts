import { append } from '../../../lib/append.ts';
import { parseExact } from '../../../lib/exact-numbers.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { parsePythonLiteral } from '../../../lib/python-literal.ts';
import { splitUrl } from '../../../lib/request-target.ts';
import type { Header, ImportedBody, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { toLooseText } from '../read/fields.ts';
import type { Stamp } from '../read/stamp.ts';

/** Names of tools kept of one call. */
const MAX_TOOLS = 100;
/** Values of one body that are looked at for names of tools. */
const MAX_VISITED = 20_000;

/** Paths of OpenAI's API, which gateways offer for every provider, by the name that they give the kind of call. */
const PATHS: Readonly<Record<string, string>> = {
  completion: '/v1/chat/completions',
  chat: '/v1/chat/completions',
  chat_completion: '/v1/chat/completions',
  text_completion: '/v1/completions',
  embedding: '/v1/embeddings',
  embeddings: '/v1/embeddings',
  image_generation: '/v1/images/generations',
  image_edit: '/v1/images/edits',
  transcription: '/v1/audio/transcriptions',
  speech: '/v1/audio/speech',
  moderation: '/v1/moderations',
  rerank: '/v1/rerank',
  responses: '/v1/responses',
  anthropic_messages: '/v1/messages',
  create_batch: '/v1/batches',
  create_file: '/v1/files',
  call_mcp_tool: '/mcp',
  list_mcp_tools: '/mcp',
};

/** The path that such a call has at the gateway; LiteLLM puts an `a` before the names of asynchronous calls. */
export function toLlmPath(callType: string | undefined): string | undefined {
  const name = callType?.toLowerCase() ?? '';
  if (Object.hasOwn(PATHS, name)) return PATHS[name];
  return name.startsWith('a') && Object.hasOwn(PATHS, name.slice(1)) ? PATHS[name.slice(1)] : undefined;
}

/** A value that some exports write as JSON inside of a string; any other value as it is. */
export function parseInner(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return parseExact(value);
  } catch (error) {
    if (error instanceof SyntaxError) return value; // prose that begins with a bracket, or JSON cut short
    throw error;
  }
}

/** A value that was written as JSON or as Python prints it, inside of a text; any other text as it is. */
export function parsePrinted(text: string): Json {
  const json = parseInner(text);
  return json === text || json === undefined ? (parsePythonLiteral(text) ?? text) : json;
}

/** What a model was sent or gave back, as a body, so that it is masked as one; `undefined` for nothing and for empty lists. */
export function toLlmBody(value: Json | undefined): ImportedBody | undefined {
  const inner = parseInner(value);
  if (inner === undefined || inner === null || inner === '') return undefined;
  if (typeof inner === 'object' && Object.keys(inner).length === 0) return undefined;
  const isText = typeof inner === 'string';
  return {
    text: isText ? inner : JSON.stringify(inner),
    mime: isText ? undefined : 'application/json',
    encoding: 'text',
    bytes: undefined,
    note: undefined,
  };
}

/** Scheme, host and port of a provider's address; its path stays out unless it is a whole URL of a call. */
export function toLlmHost(base: string | undefined): Pick<ImportedCall, 'scheme' | 'host' | 'port'> {
  const { scheme, host, port } = splitUrl(base ?? '');
  return host === undefined ? {} : { scheme, host, port };
}

/** Time from one stamp to the other; `undefined` when one is missing or they run backwards. */
export function toLlmDuration(start: Stamp, end: Stamp): ImportedCall['durationMs'] {
  if (start.time === undefined || end.time === undefined || end.time < start.time) return undefined;
  return durationMs((end.time - start.time) / 1000);
}

/**
 * A gateway's id of a key may stand in the store, the key itself must not: hashes are ids, anything else is put where a key is
 * sent, and masked there.
 */
export function toKeyFields(key: string | undefined): { readonly credentialId?: string; readonly keyHeader: readonly Header[] } {
  if (key === undefined) return { keyHeader: [] };
  return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(key)
    ? { credentialId: key, keyHeader: [] }
    : { keyHeader: [['x-api-key', key]] };
}

/** HTTP status of a call of which the gateway only tells whether it went well: a success is 200, a failure has a code or none. */
export function toLlmStatus(outcome: string | undefined, code: Json | undefined): number | undefined {
  const number = Number(toLooseText(code) ?? Number.NaN);
  if (Number.isInteger(number) && number >= 100 && number < 600) return number;
  return outcome !== undefined && /^(?:success|true)$/i.test(outcome) ? 200 : undefined;
}

/** A failure that has no code of HTTP. */
export const toLlmOutcome = (outcome: string | undefined): 'failed' | undefined =>
  outcome !== undefined && /^(?:failure|failed|false|error)$/i.test(outcome) ? 'failed' : undefined;

/** What is said about tools in a call: those the model was offered, and those it asked for. */
export function readTools(request: Json | undefined, response: Json | undefined): readonly (readonly [string, string | undefined])[] {
  const sent = parseInner(request);
  const offered = isJsonObject(sent) ? namesIn(sent['tools'] ?? sent['functions']) : [];
  return [
    ['tools-offered', join(offered)],
    ['tools-called', join(listCalledTools(parseInner(response)))],
  ];
}

const join = (names: readonly string[]): string | undefined => [...new Set(names)].slice(0, MAX_TOOLS).join(', ') || undefined;

function namesIn(tools: Json | undefined): readonly string[] {
  return Array.isArray(tools) ? tools.filter(isJsonObject).flatMap((tool) => nameOf(tool)) : [];
}

/** `{"function":{"name"}}` of OpenAI's chats, `{"name"}` of the others. */
function nameOf(tool: JsonObject): readonly string[] {
  const name = isJsonObject(tool['function']) ? tool['function']['name'] : tool['name'];
  return typeof name === 'string' && name !== '' ? [name] : [];
}

/**
 * Tools that a model asked for, in the answers of OpenAI (`tool_calls`, `function_call`), Anthropic (`tool_use`) and Google
 * (`functionCall`), wherever they are nested.
 */
export function listCalledTools(response: Json | undefined): readonly string[] {
  const names: string[] = [];
  const waiting: Json[] = response === undefined ? [] : [response];
  for (let at = 0; at < Math.min(waiting.length, MAX_VISITED) && names.length < MAX_TOOLS; at += 1) {
    const value = waiting[at];
    if (Array.isArray(value)) for (const one of value as readonly Json[]) waiting.push(one);
    if (!isJsonObject(value)) continue;
    const { type, tool_calls: calls, function_call: call, functionCall } = value;
    append(names, namesIn(calls));
    if (isJsonObject(call)) append(names, nameOf(call));
    if (isJsonObject(functionCall)) append(names, nameOf(functionCall));
    if (type === 'tool_use' || type === 'function_call' || type === 'mcp_call' || type === 'server_tool_use') append(names, nameOf(value));
    for (const [key, member] of Object.entries(value))
      if (typeof member === 'object' && member !== null && !/^(?:tool_calls|function_call|functionCall|input|arguments|args)$/.test(key))
        waiting.push(member);
  }
  return names;
}
