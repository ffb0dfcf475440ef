import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import { isRequest, readMessage, type RpcAnswer, type RpcRequest } from './messages.ts';

/** The messages in an HTTP body of MCP: one, a batch, or those of a stream of server-sent events. */
export function readBodyMessages(body: string | undefined): readonly (RpcRequest | RpcAnswer)[] {
  const text = body?.trimStart() ?? '';
  if (text.startsWith('{') || text.startsWith('[')) return toMessages(text);
  return readEvents(text).flatMap(toMessages);
}

/** The answer to a request among what came back: streams hold notifications before it. */
export const findAnswer = (messages: readonly (RpcRequest | RpcAnswer)[], id: string | undefined): RpcAnswer | undefined =>
  messages.find((message): message is RpcAnswer => !isRequest(message) && (id === undefined || message.id === id || message.id === 'null'));

/** The data of server-sent events; lines of one event are joined. Source: HTML standard, "server-sent events". */
function readEvents(text: string): readonly string[] {
  return text.split(/\r?\n\r?\n/).flatMap((event) => {
    const data = event.split(/\r?\n/).flatMap((line) => (line.startsWith('data:') ? [line.slice(5).replace(/^ /, '')] : []));
    return data.length === 0 ? [] : [data.join('\n')];
  });
}

function toMessages(text: string): readonly (RpcRequest | RpcAnswer)[] {
  let value: Json;
  try {
    value = JSON.parse(text) as Json; // JSON.parse gives nothing else
  } catch (error) {
    if (error instanceof SyntaxError) return []; // cut short, or a body of something else
    throw error;
  }
  return (Array.isArray(value) ? value : [value]).flatMap((one: Json) => (isJsonObject(one) ? (readMessage(one) ?? []) : []));
}
