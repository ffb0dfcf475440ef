import { expect, test } from 'vitest';
import { openaiCalls } from '#shared/engine/importers/formats/openai-calls.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

const pairs = await readCalls(openaiCalls, fixture('openai-calls/pairs.jsonl'));
const responses = await readCalls(openaiCalls, fixture('openai-calls/responses.jsonl'));
const bySpan = (calls: typeof pairs, spanId: string) => calls.find((call) => call.spanId === spanId);

const tool = (id: string, args: string): object => ({ id, type: 'function', function: { name: 'look', arguments: args } });
const answer = (id: string, created: number, ...asked: readonly object[]): object => ({
  id,
  object: 'chat.completion',
  created,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: null, tool_calls: asked }, finish_reason: 'tool_calls' }],
});
const sent = (...messages: readonly object[]): object => ({ model: 'm', messages: [{ role: 'user', content: 'go' }, ...messages] });
const told = (id: string, content: string): object => ({ role: 'tool', tool_call_id: id, content });
const asked = (...calls: readonly object[]): object => ({ role: 'assistant', content: null, tool_calls: calls });
const linesOf = (...records: readonly object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');

test('a logged request and its response are a call of the model, with tokens, user and the time of the answer', () => {
  expect(bySpan(pairs, 'chatcmpl-1')).toMatchObject({
    time: 1_772_359_200_000_000,
    path: '/v1/chat/completions',
    consumer: 'svc-shop',
    route: 'gpt-4.1-2025-04-14',
    outcome: 'given',
  });
  expect(extrasOf(bySpan(pairs, 'chatcmpl-1'))).toMatchObject({
    'prompt-tokens': '20',
    'cache-read-tokens': '10',
    'stop-reason': 'tool_calls',
  });
});

test('a tool runs from the answer that asked for it to the end of the second in which the next request stands', () => {
  const order = bySpan(pairs, 'call_b1');
  expect(order).toMatchObject({ tool: 'tool:get_order', durationMs: 5000, parentSpanId: 'chatcmpl-1', outcome: 'given' });
  expect(order?.responseBody?.text).toBe('{"order":"O-1","total":12.5}');
  expect(bySpan(pairs, 'chatcmpl-2')?.parentSpanId).toBe('chatcmpl-1');
});

test('requests repeat the conversation, and each tool counts once', () => {
  expect(pairs.filter((call) => call.tool === 'tool:get_order')).toHaveLength(1);
});

test('a tool of before the log begins is a call without a time; bodies inside of HTTP and times of the log count', () => {
  expect(bySpan(pairs, 'call_z')).toMatchObject({ tool: 'tool:refund', outcome: 'given', timeKind: 'unknown' });
  expect(bySpan(pairs, 'chatcmpl-4')).toMatchObject({
    host: 'llm.shop.example',
    status: 200,
    durationMs: 900,
    time: 1_772_359_260_250_000,
  });
});

test('an error in place of an answer is a call that failed', () => {
  expect(pairs.at(-1)).toMatchObject({ outcome: 'failed', path: '/v1/chat/completions', route: 'gpt-4.1' });
  expect(extrasOf(pairs.at(-1))['error']).toBe('Rate limit reached');
});

test('stored completions of the API are calls without what was sent, and what they asked for has no answer', async () => {
  const [first, , wish] = await readCalls(openaiCalls, fixture('openai-calls/stored.json'));
  expect(first).toMatchObject({ requestId: 'req_ded8', traceId: 'th-4', consumer: 'kim', requestBody: undefined });
  expect(wish).toMatchObject({ tool: 'tool:send_mail', outcome: undefined, parentSpanId: 'chatcmpl-s2' });
});

test('a response follows from the one before it, and a function from the response that called it to its output', () => {
  expect(bySpan(responses, 'resp_2')).toMatchObject({ parentSpanId: 'resp_1', durationMs: 3000, path: '/v1/responses' });
  expect(bySpan(responses, 'call_t1')).toMatchObject({ tool: 'tool:find_trains', time: 1_772_359_503_000_000, durationMs: 4000 });
  expect(bySpan(responses, 'resp_3')?.traceId).toBe('conv_9');
});

test('what the provider ran by itself stands with its result: MCP by server, search, code', () => {
  expect(bySpan(responses, 'mcp_1')).toMatchObject({
    tool: 'mcp:list_events',
    service: 'calendar',
    responseBody: { text: '[{"title":"Board"}]' },
  });
  expect(bySpan(responses, 'mcpl_1')).toMatchObject({ tool: 'rpc:tools/list', service: 'calendar' });
  expect(bySpan(responses, 'mcpl_1')?.responseBody?.text).toContain('"inputSchema"');
  expect(bySpan(responses, 'ws_1')).toMatchObject({ tool: 'tool:web_search', outcome: 'given' });
  expect(bySpan(responses, 'ci_1')).toMatchObject({ tool: 'tool:code_interpreter', outcome: 'failed' });
  expect(bySpan(responses, 'call_t2')?.requestBody?.text).toContain('"rm"');
});

test('tools that are asked for together each meet their own result', async () => {
  const both = [tool('a', '{"n":1}'), tool('b', '{"n":2}')];
  const text = linesOf(
    { request: sent(), response: answer('c1', 1772359200, ...both) },
    { request: sent(asked(...both), told('b', 'B'), told('a', 'A')), response: answer('c2', 1772359201) },
  );
  const tools = (await readCalls(openaiCalls, text)).filter((call) => call.tool !== undefined);
  expect(tools.map(({ requestBody, responseBody }) => [requestBody?.text, responseBody?.text])).toEqual([
    ['{"n":2}', 'B'],
    ['{"n":1}', 'A'],
  ]);
});

test('an id that another conversation uses as well is not taken for the same tool', async () => {
  const text = linesOf(
    { request: sent(), response: answer('c1', 1772359200, tool('x', '{"who":"kim"}')) },
    { request: sent(asked(tool('x', '{"who":"ada"}')), told('x', 'of ada')), response: answer('c2', 1772359201) },
    { request: sent(asked(tool('x', '{"who":"kim"}')), told('x', 'of kim')), response: answer('c3', 1772359202) },
  );
  const tools = (await readCalls(openaiCalls, text)).filter((call) => call.tool !== undefined);
  expect(tools.map(({ requestBody, responseBody, parentSpanId }) => [requestBody?.text, responseBody?.text, parentSpanId])).toEqual([
    ['{"who":"ada"}', 'of ada', undefined],
    ['{"who":"kim"}', 'of kim', 'c1'],
  ]);
});

test('of too many tools that wait none is lost', async () => {
  const many = Array.from({ length: 10_001 }, (_, at) => tool(`t${String(at)}`, '{}'));
  const calls = callsOf(await readAll(openaiCalls, linesOf({ request: sent(), response: answer('c1', 1772359200, ...many) })));
  expect(calls).toHaveLength(10_002);
  expect(new Set(calls.map(({ record }) => record)).size).toBe(10_002);
});

test('results without an id go to the ask that their own conversation shows, not to one of another that waits longer', async () => {
  const use = (order: string): object => ({ name: 'look', arguments: JSON.stringify({ order }) });
  const asks = (order: string): object => ({ role: 'assistant', content: null, function_call: use(order) });
  const older = (id: string, created: number, order: string): object => ({
    id,
    object: 'chat.completion',
    created,
    model: 'm',
    choices: [{ index: 0, message: asks(order), finish_reason: 'function_call' }],
  });
  const done = (order: string): object => ({ role: 'function', name: 'look', content: `${order} is sent` });
  const calls = await readCalls(
    openaiCalls,
    linesOf(
      { request: sent(), response: older('c1', 1_772_359_200, 'A') },
      { request: sent(), response: older('c2', 1_772_359_201, 'B') },
      { request: sent(asks('B'), done('B')), response: answer('c3', 1_772_359_202) },
      { request: sent(asks('A'), done('A')), response: answer('c4', 1_772_359_203) },
    ),
  );
  const tools = calls.filter((call) => call.tool === 'tool:look');
  expect(tools.map(({ parentSpanId, requestBody, responseBody }) => [parentSpanId, requestBody?.text, responseBody?.text])).toEqual([
    ['c2', '{"order":"B"}', 'B is sent'],
    ['c1', '{"order":"A"}', 'A is sent'],
  ]);
});
