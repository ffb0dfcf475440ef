import type { Header, ImportedBody, ImportedCall } from '../../../model/call.ts';
import { toMcpTool } from '../../../model/mcp-tool.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import { toKnownText, toLooseText, toObject } from '../read/fields.ts';
import { findMeta, readInfo, senderOf, type RpcAnswer, type RpcRequest, type Side } from './messages.ts';

/** Names of tools that one answer lists, kept at most. Units: characters. */
const MAX_LISTED = 2000;
const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/i;

/** What a request and its answer say, whatever container they stood in. */
export interface RpcFields extends Pick<ImportedCall, 'route' | 'tool' | 'traceId' | 'parentSpanId'> {
  readonly client: string | undefined;
  readonly server: string | undefined;
  readonly extras: readonly Header[];
}

/** Reads method, tool, failure and the two programs out of a request and its answer; either may be missing. */
export function readRpcFields(request: RpcRequest | undefined, answer: RpcAnswer | undefined, sender?: Side): RpcFields {
  const params = request?.params ?? {};
  const result = toObject(answer?.result);
  const client = readInfo(findMeta(params, 'clientInfo'));
  const server = readInfo(findMeta(result, 'serverInfo'));
  const name = toKnownText(params['name']);
  const isNamed = request?.method === 'tools/call' || request?.method === 'prompts/get';
  const trace = TRACEPARENT.exec(toKnownText(toObject(params['_meta'])['traceparent']) ?? '');
  const by = sender ?? (request === undefined ? undefined : senderOf(request.method));
  const id = request === undefined ? answer?.id : request.id;
  const extras: (readonly [string, string | undefined])[] = [
    ['rpc-id', id],
    ['rpc-sender', by === 'server' ? 'server' : undefined],
    ['jsonrpc-error', toErrorText(answer)],
    ['tool-error', result['isError'] === true ? 'isError' : undefined],
    ['input-required', result['resultType'] === 'input_required' ? 'true' : undefined],
    ['mcp-protocol-version', toKnownText(findMeta(result, 'protocolVersion')) ?? toKnownText(findMeta(params, 'protocolVersion'))],
    ['mcp-client', client?.text],
    ['mcp-server', server?.text],
    ['resource-uri', request?.method.startsWith('resources/') === true ? toKnownText(params['uri']) : undefined],
    ['tools-listed', toToolNames(result['tools'])],
    ['cancels', request?.method === 'notifications/cancelled' ? toCancelled(params['requestId'], params['reason']) : undefined],
  ];
  return {
    route: request === undefined ? undefined : isNamed && name !== undefined ? `${request.method}:${name}` : request.method,
    tool: request?.method === 'tools/call' && name !== undefined ? toMcpTool(name) : undefined,
    traceId: trace?.[1]?.toLowerCase(),
    parentSpanId: trace?.[2]?.toLowerCase(),
    client: client?.name,
    server: server?.name,
    extras: extras.flatMap(([key, value]): Header[] => (value === undefined ? [] : [[key, value]])),
  };
}

/** A message as a body, so that it is masked as one. */
export const toRpcBody = (text: string, note?: string): ImportedBody => ({
  text,
  mime: 'application/json',
  encoding: 'text',
  bytes: undefined,
  note,
});

/** Code and message; the code alone tells the kind: −32602 bad arguments, −32020 headers that differ from the body. */
function toErrorText(answer: RpcAnswer | undefined): string | undefined {
  if (answer?.error === undefined) return undefined;
  return (
    [toLooseText(answer.error['code']), toKnownText(answer.error['message'])].filter((part) => part !== undefined).join(' ') || 'error'
  );
}

function toToolNames(tools: Json | undefined): string | undefined {
  if (!Array.isArray(tools)) return undefined;
  const names = tools.filter(isJsonObject).flatMap((tool) => toKnownText(tool['name']) ?? []);
  return names.join(', ').slice(0, MAX_LISTED) || undefined;
}

const toCancelled = (id: Json | undefined, reason: Json | undefined): string | undefined =>
  id === undefined ? undefined : [JSON.stringify(id), toKnownText(reason)].filter((part) => part !== undefined).join(': ');
