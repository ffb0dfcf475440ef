import type { Random } from '../large/random.ts';
import type { AgentHost } from './agent-host.ts';
import { HOSTS } from './world.ts';

export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/**
 * The language model that the agent asks what to do next, behind a usual chat-completions interface.
 * The host keeps names, addresses and card numbers out of prompts and passes references instead, so that
 * nothing sensitive goes to the model's host: that host is no place of the leak.
 */
export interface Model {
  /** Shows the model what was `seen`; it answers with tool calls. */
  ask(host: AgentHost, seen: unknown, calls: readonly ToolCall[], tag?: string): void;
}

const SYSTEM =
  'You are the support assistant of Acme Outfitters. Solve the ticket with the tools you have, then answer the customer briefly.';

/** Makes the model's client, with its own API key. */
export function makeModel(random: Random, apiKey: string): Model {
  let previous: readonly { readonly id: string; readonly name: string }[] = [];
  return {
    ask: (host, seen, calls, tag) => {
      const first = typeof seen === 'object' && seen !== null && 'ticket' in seen;
      const messages = first
        ? [
            { role: 'system', content: SYSTEM },
            { role: 'user', content: JSON.stringify(seen) },
          ]
        : [
            { role: 'system', content: SYSTEM },
            ...previous.slice(0, 1).map(({ id }) => ({ role: 'tool', tool_call_id: id, content: JSON.stringify(seen) })),
          ];
      const toolCalls = calls.map((call) => ({
        id: `call_${random.base32(20)}`,
        type: 'function',
        function: { name: call.name, arguments: JSON.stringify(call.arguments) },
      }));
      previous = toolCalls.map(({ id, function: { name } }) => ({ id, name }));
      const promptTokens = random.int(420, 900);
      host.web({
        host: HOSTS.model,
        path: '/v1/chat/completions',
        status: 200,
        durationMs: Math.round(random.around(1400, 0.4)),
        address: '192.0.2.120',
        tag,
        headers: {
          'user-agent': 'AsyncModelHub/Python 2.4.0',
          authorization: `Bearer ${apiKey}`,
          'x-stainless-lang': 'python',
          'x-stainless-package-version': '2.4.0',
          'x-stainless-async': 'async:asyncio',
          'x-stainless-retry-count': '0',
        },
        body: { model: 'hub-large-3', temperature: 0, messages },
        answer: {
          id: `chatcmpl-${random.base32(18)}`,
          object: 'chat.completion',
          model: 'hub-large-3',
          choices: [{ index: 0, finish_reason: 'tool_calls', message: { role: 'assistant', content: null, tool_calls: toolCalls } }],
          usage: { prompt_tokens: promptTokens, completion_tokens: random.int(20, 160) },
        },
      });
    },
  };
}
