import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { toObject } from '../read/fields.ts';

/** Who sent a message. */
export type Side = 'client' | 'server';

/** A message that asks or tells something; one without an id wants no answer. */
export interface RpcRequest {
  /** The id as JSON, so that `1` and `"1"` stay two ids and 0 is one; `undefined` for a notification. */
  readonly id: string | undefined;
  readonly method: string;
  readonly params: JsonObject;
}

/** The answer to a request. `id` is `null` where the server could not read the request. */
export interface RpcAnswer {
  readonly id: string;
  readonly result: Json | undefined;
  readonly error: JsonObject | undefined;
}

/** What the Python SDK calls its methods, which its users log instead of the names on the wire. */
const PYTHON_NAMES: Readonly<Record<string, string>> = {
  call_tool: 'tools/call',
  list_tools: 'tools/list',
  list_resources: 'resources/list',
  list_resource_templates: 'resources/templates/list',
  read_resource: 'resources/read',
  subscribe_resource: 'resources/subscribe',
  unsubscribe_resource: 'resources/unsubscribe',
  list_prompts: 'prompts/list',
  get_prompt: 'prompts/get',
  complete: 'completion/complete',
  set_logging_level: 'logging/setLevel',
  send_ping: 'ping',
};

/** First parts of MCP's method names, of all revisions from 2024-11-05 to 2026-07-28. */
const NAMESPACES = new Set(
  'tools resources prompts completion logging notifications sampling elicitation roots server tasks subscriptions'.split(' '),
);
/** Requests and notifications that only servers send; progress and cancelling both sides do. */
const FROM_SERVER =
  /^(?:sampling\/createMessage|elicitation\/create|roots\/list|notifications\/(?:message|(?:tools|prompts)\/list_changed|resources\/(?:updated|list_changed)|subscriptions\/acknowledged|elicitation\/complete|tasks\/status))$/;

const toMethod = (name: string): string => (Object.hasOwn(PYTHON_NAMES, name) ? (PYTHON_NAMES[name] ?? name) : name);

/** Reads a JSON object as a JSON-RPC message; `undefined` when it is none. */
export function readMessage(value: JsonObject): RpcRequest | RpcAnswer | undefined {
  const { id, method, params, result, error } = value;
  const hasId = typeof id === 'string' || typeof id === 'number';
  if (typeof method === 'string' && method !== '' && result === undefined && !isJsonObject(error))
    return { id: hasId ? JSON.stringify(id) : undefined, method: toMethod(method), params: toObject(params) };
  if (result === undefined && !isJsonObject(error)) return undefined;
  if (!hasId && id !== null) return undefined;
  return { id: JSON.stringify(id), result, error: isJsonObject(error) ? error : undefined };
}

export const isRequest = (message: RpcRequest | RpcAnswer): message is RpcRequest => 'method' in message;

/** True for a method of MCP. `initialize` and `ping` other protocols have too; the first shows its protocol by its parameters. */
export function isMcpMethod({ method, params }: RpcRequest): boolean {
  if (method === 'initialize') return 'protocolVersion' in params;
  return NAMESPACES.has(method.split('/', 1)[0] ?? '') && method.includes('/');
}

/** Who sends such a request, for logs that do not say. */
export const senderOf = (method: string): Side => (FROM_SERVER.test(method) ? 'server' : 'client');

export const otherSide = (side: Side): Side => (side === 'client' ? 'server' : 'client');

/** Whose request is answered so, for logs that do not say: only clients tell roots, choices of a person and words of a model. */
export function askerOf({ result }: RpcAnswer): Side {
  if (!isJsonObject(result)) return 'client';
  return 'roots' in result || ('action' in result && !('tools' in result)) || ('role' in result && 'model' in result) ? 'server' : 'client';
}

/** The member that a newer revision puts under its own name into `_meta`, an older one at the top. */
export function findMeta(members: JsonObject, name: string): Json | undefined {
  return toObject(members['_meta'])[`io.modelcontextprotocol/${name}`] ?? members[name];
}

/** `name/version` of `clientInfo` and `serverInfo`, and the name alone. */
export function readInfo(value: Json | undefined): { readonly name: string; readonly text: string } | undefined {
  const { name, version } = toObject(value);
  if (typeof name !== 'string' || name === '') return undefined;
  return { name, text: typeof version === 'string' && version !== '' ? `${name}/${version}` : name };
}
