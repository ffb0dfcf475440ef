import { isJsonObject } from '../../../../lib/json.ts';
import type { Json } from '../../../../lib/json.ts';
import type { Message } from '../../../../contract/messages.ts';
import { joined, readable } from './parts.ts';

/** What a tool was asked: the arguments of a JSON-RPC call, or the body as a trace keeps it. */
export function readToolRequest(body: Json, tool: string | undefined): readonly Message[] {
  const params = isJsonObject(body) && typeof body['method'] === 'string' ? body['params'] : body;
  const isCall = isJsonObject(params) && typeof params['name'] === 'string' && 'arguments' in params;
  const text = readable(isCall ? params['arguments'] : params);
  const name = isCall && typeof params['name'] === 'string' ? params['name'] : tool;
  return [{ role: 'tool-call', text, ...(name === undefined ? {} : { tool: name }) }];
}

/** What it answered: the content of a result, or why it failed. */
export function readToolResponse(body: Json, tool: string | undefined): readonly Message[] {
  const named = tool === undefined ? {} : { tool };
  if (isJsonObject(body) && isJsonObject(body['error'])) {
    const { message } = body['error'];
    return [{ role: 'error', text: typeof message === 'string' ? message : readable(body['error']), ...named }];
  }
  const result = isJsonObject(body) && 'jsonrpc' in body ? body['result'] : body;
  const content = isJsonObject(result) && Array.isArray(result['content']) ? joined(result['content']) : readable(result);
  const isError = isJsonObject(result) && result['isError'] === true;
  return content === '' ? [] : [{ role: isError ? 'error' : 'tool-result', text: content, ...named }];
}
