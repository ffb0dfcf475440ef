import { expect, test } from 'vitest';
import type { Conversation } from '#shared/contract/messages.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import type { StoredDetail } from '#shared/engine/intake/masking/masked-call.ts';
import { toConversation } from '#shared/engine/store/read/messages/conversation.ts';

interface Said {
  readonly path: string;
  readonly tool?: string;
  readonly ask?: unknown;
  readonly answer?: unknown;
  readonly extras?: StoredDetail['extras'];
}

const bodyOf = (value: unknown): { readonly text: string } | undefined =>
  value === undefined ? undefined : { text: typeof value === 'string' ? value : JSON.stringify(value) };

async function read(...said: readonly Said[]): Promise<Conversation> {
  const calls = said.map(({ path, tool }, index): CallRow => ({
    id: index + 1,
    ref: `a#${String(index + 1)}`,
    timeKind: 'start',
    method: 'POST',
    host: 'h.test',
    path,
    findings: 0,
    format: 'har',
    ...(tool === undefined ? {} : { tool }),
  }));
  const detailOf = (call: CallRow): StoredDetail => {
    const { ask, answer, extras } = said[call.id - 1] ?? { path: '' };
    return { requestBody: bodyOf(ask), responseBody: bodyOf(answer), extras };
  };
  return toConversation(calls, calls.length, detailOf, () => Promise.resolve());
}

/** `role tool: text` of every message. */
const lines = ({ turns }: Conversation): readonly string[] =>
  turns.flatMap((turn) =>
    turn.kind === 'calls' ? [`${String(turn.count)} calls`] : turn.messages.map((each) => `${each.role} ${each.tool ?? '-'}: ${each.text}`),
  );

const CHAT = '/v1/chat/completions';

test("OpenAI's chat: instructions, prompt, tool call and result; the history that is sent again is counted", async () => {
  const first = [
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'Where is my order?' },
  ];
  const asked = { role: 'assistant', content: null, tool_calls: [{ id: 'c1', function: { name: 'get_order', arguments: '{"id":7}' } }] };
  const conversation = await read(
    {
      path: CHAT,
      ask: { model: 'm', messages: first },
      answer: { choices: [{ message: asked }], usage: { prompt_tokens: 9, completion_tokens: 4 } },
    },
    { path: '/v1/orders/7' },
    {
      path: CHAT,
      ask: { model: 'm', messages: [...first, asked, { role: 'tool', tool_call_id: 'c1', content: 'sent' }] },
      answer: { choices: [{ message: { role: 'assistant', content: 'It is sent.' } }] },
    },
  );
  expect(lines(conversation)).toEqual([
    'system -: Be kind.',
    'user -: Where is my order?',
    'tool-call get_order: {"id":7}',
    '1 calls',
    'tool-result -: sent',
    'assistant -: It is sent.',
  ]);
  expect(conversation.turns[0]).toMatchObject({ name: 'm', tokensIn: 9, tokensOut: 4, repeated: 0 });
  expect(conversation.turns[2]).toMatchObject({ repeated: 3, unread: [] });
});

test("Anthropic's blocks, Google's parts, Bedrock's and OpenTelemetry's lists say the same", async () => {
  const conversation = await read(
    {
      path: '/v1/messages',
      ask: {
        system: 'S',
        messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'R' }] }] }],
      },
      answer: {
        role: 'assistant',
        content: [
          { type: 'text', text: 'A' },
          { type: 'tool_use', id: 't', name: 'find', input: { q: 1 } },
        ],
      },
    },
    {
      path: '/v1beta/models/g:generateContent',
      ask: { contents: [{ role: 'user', parts: [{ text: 'Q' }] }] },
      answer: { candidates: [{ content: { role: 'model', parts: [{ functionCall: { name: 'look', args: { a: 2 } } }] } }] },
    },
    {
      path: '/model/x/converse',
      ask: { messages: [{ role: 'user', content: [{ text: 'B' }] }] },
      answer: { output: { message: { role: 'assistant', content: [{ toolUse: { name: 'dig', input: {}, toolUseId: 'u' } }] } } },
    },
    {
      path: '/chat',
      ask: [{ role: 'user', parts: [{ type: 'text', content: 'O' }] }],
      answer: { '0.role': 'assistant', '0.content': 'flat' },
    },
  );
  expect(lines(conversation)).toEqual([
    'system -: S',
    'tool-result -: R',
    'assistant -: A',
    'tool-call find: {"q":1}',
    'user -: Q',
    'tool-call look: {"a":2}',
    'user -: B',
    'tool-call dig: {}',
    'user -: O',
    'assistant -: flat',
  ]);
});

test('streams are put together: chunks of a chat, blocks of a message, the last message of an MCP server', async () => {
  const chunk = (delta: object): string => `data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`;
  const event = (data: object): string => `event: x\ndata: ${JSON.stringify(data)}\n\n`;
  const conversation = await read(
    { path: CHAT, ask: 'hi', answer: `${chunk({ content: 'Hel' })}${chunk({ content: 'lo' })}data: [DONE]\n\n` },
    {
      path: '/v1/messages',
      ask: 'hi',
      answer:
        event({ type: 'content_block_start', index: 0, content_block: { type: 'tool_use', name: 'find', input: {} } }) +
        event({ type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"q":1}' } }),
    },
    {
      path: '/mcp',
      tool: 'mcp:tail_logs',
      ask: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'tail_logs', arguments: { n: 5 } } },
      answer:
        event({ jsonrpc: '2.0', method: 'notifications/progress' }) +
        event({ jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 'line' }] } }),
    },
  );
  expect(lines(conversation)).toEqual([
    'user -: hi',
    'assistant -: Hello',
    'user -: hi',
    'tool-call find: {"q":1}',
    'tool-call tail_logs: {"n":5}',
    'tool-result tail_logs: line',
  ]);
});

test('failures are said: an error of a model, one of JSON-RPC, a result that says it is one', async () => {
  const conversation = await read(
    { path: CHAT, ask: 'q', answer: { error: { message: 'overloaded' } } },
    { path: '/mcp', tool: 'mcp:x', ask: {}, answer: { jsonrpc: '2.0', error: { code: -1, message: 'no such tool' } } },
    {
      path: '/mcp',
      tool: 'mcp:x',
      ask: {},
      answer: { jsonrpc: '2.0', result: { isError: true, content: [{ type: 'text', text: 'denied' }] } },
    },
  );
  expect(lines(conversation).filter((line) => line.startsWith('error'))).toEqual([
    'error -: overloaded',
    'error x: no such tool',
    'error x: denied',
  ]);
});

test('without bodies the turn stands with what is known, and says what could not be read', async () => {
  const { turns } = await read({
    path: CHAT,
    extras: [
      ['prompt-tokens', '12'],
      ['cost-usd', '0'],
      ['completion-tokens', 'many'],
    ],
  });
  expect(turns).toMatchObject([{ kind: 'model', messages: [], unread: ['request', 'response'], tokensIn: 12, costUsd: 0 }]);
  expect(turns[0]).not.toHaveProperty('tokensOut');
});

test('a long message is cut and says by how much; deep nesting and odd bodies do no harm', async () => {
  let deep: unknown = 'x';
  for (let level = 0; level < 2000; level += 1) deep = [deep];
  const conversation = await read(
    { path: CHAT, ask: { messages: [{ role: 'user', content: 'y'.repeat(5000) }] }, answer: { choices: [null, 3, { message: 'no' }] } },
    { path: CHAT, ask: { messages: [{ role: '__proto__', content: deep }] }, answer: 'data: {broken' },
  );
  expect(conversation.turns[0]).toMatchObject({ messages: [{ cut: 1000 }] });
  expect(conversation.read).toBe(2);
});

test('a chain of API calls alone has no turn', async () => {
  const { turns } = await read({ path: '/v1/orders' }, { path: '/v1/orders' });
  expect(turns).toMatchObject([{ kind: 'calls', count: 2, label: 'POST h.test/v1/orders' }]);
});
