import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { Header } from '../../../model/call.ts';
import { toLooseText } from '../read/fields.ts';
import { readStamp } from '../read/stamp.ts';
import { readMessage, type RpcAnswer, type RpcRequest, type Side } from './messages.ts';
import type { LoggedMessage } from './rpc-reader.ts';

/** Names under which tees and proxies put what they add to a message. */
const TIMES = ['ts', 'timestamp', 'time', '@timestamp', 'datetime', 'date', 't', 'at'] as const;
const DIRECTIONS = ['dir', 'direction', 'sender', 'from', 'origin', 'source', 'side', 'stream', 'type', 'kind'] as const;
const SESSIONS = [
  'session_id',
  'sessionId',
  'session',
  'mcp_session_id',
  'mcpSessionId',
  'mcp-session-id',
  'connection_id',
  'conn',
] as const;
const SERVERS = ['server', 'server_name', 'serverName', 'mcp_server', 'upstream', 'service', 'target'] as const;
const MESSAGES = ['message', 'msg', 'payload', 'data', 'raw', 'body', 'json', 'frame', 'rpc', 'line', 'content'] as const;
const BODY = new Set(['jsonrpc', 'id', 'method', 'params', 'result', 'error', 'tool', 'args', 'arguments']);

const OUTER: ReadonlySet<string> = new Set([...TIMES, ...SESSIONS, ...SERVERS, ...BODY]);
/** Words for one of the two kinds of message, not for one of the two sides. */
const REQUEST_KIND = /^(?:req|request|call|notification|notify)$/i;
const ANSWER_KIND = /^(?:res|resp|response|reply|result|answer|error)$/i;
const FROM_CLIENT = /^(?:client|host|agent|stdin|c2s|c->s|client[-_ >→:]*(?:to[-_ ]?)?server)$/i;
const FROM_SERVER = /^(?:server|stdout|s2c|s->c|server[-_ >→:]*(?:to[-_ ]?)?client)$/i;

interface Found {
  readonly message: RpcRequest | RpcAnswer;
  readonly text: string;
  /** The member that held the message; `undefined` where the record is the message, or both are one. */
  readonly inside: string | undefined;
}

/**
 * Finds the JSON-RPC message in one JSON record: the record itself, one of its members (as an object or as JSON in a string), or
 * the record with a time and a direction beside the message's own members, as mcp-debug writes it.
 */
export function findLoggedMessage(value: JsonObject, text: string, zoneOffsetMinutes: number): LoggedMessage | undefined {
  const found = findMessage(value, text);
  if (found === undefined) return undefined;
  const used = new Set<string>([...OUTER, found.inside ?? '']);
  return {
    message: found.message,
    text: found.text,
    stamp: readStamp(find(value, TIMES), 'start', zoneOffsetMinutes),
    server: toLooseText(find(value, SERVERS)),
    session: toLooseText(find(value, SESSIONS)),
    sender: findSender(value),
    extras: Object.entries(value).flatMap(([name, member]): Header[] =>
      used.has(name) || isDirection(name, member) ? [] : toExtra(name, member),
    ),
  };
}

function findMessage(value: JsonObject, text: string): Found | undefined {
  if (value['jsonrpc'] === '2.0') {
    const message = readMessage(value);
    return message === undefined ? undefined : { message, text, inside: undefined };
  }
  for (const name of MESSAGES) {
    const member = value[name];
    const inner = isJsonObject(member) ? member : typeof member === 'string' ? parseObject(member) : undefined;
    if (inner?.['jsonrpc'] !== '2.0') continue;
    const message = readMessage(inner);
    if (message !== undefined) return { message, text: typeof member === 'string' ? member : JSON.stringify(inner), inside: name };
  }
  return findFlat(value);
}

/** `{"ts","dir":"req","id":1,"method":"tools/call","params":{}}`; the tool may stand beside the method, an error may be a text. */
function findFlat(value: JsonObject): Found | undefined {
  const kind = DIRECTIONS.map((name) => value[name]).find(
    (one): one is string => typeof one === 'string' && (REQUEST_KIND.test(one) || ANSWER_KIND.test(one)),
  );
  if (kind === undefined || find(value, TIMES) === undefined) return undefined;
  const { id = null, method = null } = value;
  const message = ANSWER_KIND.test(kind)
    ? id === null
      ? undefined
      : readMessage({ id, ...toOutcome(value) })
    : readMessage({ id, method, params: toParams(value) });
  if (message === undefined) return undefined;
  const members = Object.fromEntries(Object.entries(value).filter(([name]) => BODY.has(name)));
  return { message, text: JSON.stringify(members), inside: undefined };
}

function toOutcome({ result, error }: JsonObject): JsonObject {
  if (isJsonObject(error)) return { error };
  return typeof error === 'string' && error !== '' ? { error: { message: error } } : { result: result ?? {} };
}

function toParams({ params, tool, args, arguments: given }: JsonObject): JsonObject {
  if (isJsonObject(params)) return params;
  return typeof tool === 'string' ? { name: tool, arguments: args ?? given ?? {} } : {};
}

function find(value: JsonObject, names: readonly string[]): Json | undefined {
  for (const name of names) {
    const found = value[name];
    if (found !== undefined && found !== null && found !== '') return found;
  }
  return undefined;
}

function findSender(value: JsonObject): Side | undefined {
  for (const name of DIRECTIONS) {
    const word = value[name];
    if (typeof word !== 'string') continue;
    if (FROM_CLIENT.test(word)) return 'client';
    if (FROM_SERVER.test(word)) return 'server';
  }
  return undefined;
}

function parseObject(text: string): JsonObject | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // a line of prose that begins with a bracket
    throw error;
  }
}

const isDirection = (name: string, member: Json): boolean =>
  typeof member === 'string' &&
  (DIRECTIONS as readonly string[]).includes(name) &&
  [REQUEST_KIND, ANSWER_KIND, FROM_CLIENT, FROM_SERVER].some((pattern) => pattern.test(member));

function toExtra(name: string, member: Json): Header[] {
  const text = typeof member === 'object' && member !== null ? JSON.stringify(member) : toLooseText(member);
  return text === undefined ? [] : [[name, text]];
}
