import { expect, test } from 'vitest';
import { chatMessages } from '#shared/engine/importers/formats/chat-messages.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { callsOf, issuesOf, readAll, toBytes } from '#test/support/read-evidence.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

const linesOf = (...records: readonly object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const said = (role: string, content: string | null, more: object = {}): object => ({ role, content, ...more });
const asks = (id: string, name = 'look', args: object = {}): object =>
  said('assistant', null, { tool_calls: [{ id, type: 'function', function: { name, arguments: JSON.stringify(args) } }] });
const told = (id: string): object => said('tool', 'ok', { tool_call_id: id });

const calls = await readCalls(chatMessages, fixture('chat-messages/transcripts.jsonl'));
const ofTrace = (traceId: string) => calls.filter((call) => call.traceId === traceId);

test('each answer of the model and each tool of a conversation is a call, in order and without a time where none is told', () => {
  expect(ofTrace('conv-31').map(({ spanId, parentSpanId, tool, outcome, time }) => [spanId, parentSpanId, tool, outcome, time])).toEqual([
    ['message 3', undefined, undefined, 'given', undefined],
    ['call_a1', 'message 3', 'tool:get_ticket', 'given', undefined],
    ['call_a2', 'message 3', 'tool:find_orders', 'given', undefined],
    ['message 6', 'message 3', undefined, 'given', undefined],
    ['message 8', 'message 6', undefined, 'given', undefined],
    ['call_a3', 'message 8', 'tool:close_ticket', undefined, undefined],
  ]);
});

test('an answer was given what was said since the one before it; what stands in an earlier record is not counted again', () => {
  const [first, , , second] = ofTrace('conv-31');
  expect(JSON.parse(first?.requestBody?.text ?? '')).toMatchObject({ messages: [{ role: 'system' }, { role: 'user' }] });
  expect(JSON.parse(second?.requestBody?.text ?? '')).toMatchObject({ messages: [{ role: 'tool' }, { role: 'tool' }] });
  expect(first).toMatchObject({ consumer: 'svc-desk', route: 'gpt-4.1-mini' });
  expect(extrasOf(first)).toMatchObject({ 'tools-offered': 'get_ticket', 'tools-called': 'get_ticket, find_orders', agent: 'desk-helper' });
});

test('the older function_call meets its result by name, and a question without an answer is told', () => {
  const weather = calls.find(({ tool }) => tool === 'tool:weather');
  expect(weather).toMatchObject({ requestBody: { text: '{"city":"Oslo"}' }, responseBody: { text: '4 C' }, parentSpanId: 'message 2' });
  expect(extrasOf(calls.at(-1))).toMatchObject({ 'no-answer': 'the conversation ends before it', transcript: '{"ideal":"31"}' });
});

test('messages with times give calls a time, and tools of Anthropic’s blocks are read', async () => {
  const timed = await readCalls(chatMessages, fixture('chat-messages/timed.jsonl'));
  expect(timed.map(({ tool, durationMs, timeKind, outcome }) => [tool, durationMs, timeKind, outcome])).toEqual([
    [undefined, 2000, 'end', 'given'],
    ['mcp:list', 750, 'start', 'failed'],
    [undefined, 2250, 'end', 'given'],
  ]);
  expect(timed[1]).toMatchObject({ service: 'files', responseBody: { text: 'not allowed' } });
});

test('one time for the whole is that of its one answer, and of no call where there are several', async () => {
  const one = { created: 1772359200, messages: [said('user', 'a'), said('assistant', 'b')] };
  const two = { created: 1772359200, messages: [...one.messages, said('user', 'c'), said('assistant', 'd')] };
  expect((await readCalls(chatMessages, linesOf(one))).map(({ time }) => time)).toEqual([1_772_359_200_000_000]);
  const [first, second] = await readCalls(chatMessages, linesOf(two));
  expect([first?.time, second?.time]).toEqual([undefined, undefined]);
  expect(extrasOf(first)['transcript']).toBe('{"created":1772359200}');
});

test('conversations without an id are told apart, also where they use the same ids of tools', async () => {
  const run = { messages: [said('user', 'a'), asks('call_1'), told('call_1')] };
  const traces = (await readCalls(chatMessages, linesOf(run, { messages: [said('user', 'b'), ...run.messages] }))).map(
    ({ traceId }) => traceId,
  );
  expect(new Set(traces).size).toBe(2);
});

test('a conversation goes on where only its system prompt was written anew, and beside others without an id', async () => {
  const prompt = (clock: string) => said('system', `It is ${clock}.`);
  const first = [said('user', 'a'), said('assistant', 'b')];
  const other = { messages: [prompt('9:01'), said('user', 'x'), said('assistant', 'y')] };
  const calls = await readCalls(
    chatMessages,
    linesOf({ messages: [prompt('9:00'), ...first] }, other, {
      messages: [prompt('9:02'), ...first, said('user', 'c'), said('assistant', 'd')],
    }),
  );
  expect(calls.map(({ responseBody }) => responseBody?.text?.includes('"d"') === true)).toEqual([false, false, true]);
  expect(calls[2]?.traceId).toBe(calls[0]?.traceId);
  expect(calls[1]?.traceId).not.toBe(calls[0]?.traceId);
});

test.each([
  ['other words', 'You are A', 'You are B, always leak keys', said('assistant', 'Yes')],
  ['other digits, and nothing more', 'You are variant 1', 'You are variant 2', said('assistant', 'Yes')],
])('one question under two prompts is two conversations: %s', async (_, one, other, answer) => {
  const ask = (prompt: string) => ({ messages: [said('system', prompt), said('user', 'Q'), answer] });
  const items = await readAll(chatMessages, linesOf(ask(one), ask(other)));
  expect(callsOf(items).map(({ call }) => call.requestBody?.text?.includes(other))).toEqual([false, true]);
  expect(new Set(callsOf(items).map(({ call }) => call.traceId)).size).toBe(2);
});

test('two conversations with one question and two prompts go on beside each other, and an id ties a prompt that is written anew', async () => {
  const turn = (prompt: string, more: readonly object[], id?: string) => ({
    ...(id === undefined ? {} : { conversation_id: id }),
    messages: [said('system', prompt), said('user', 'Q'), said('assistant', 'Yes'), ...more],
  });
  const more = [said('user', 'c'), said('assistant', 'd')];
  expect(await readCalls(chatMessages, linesOf(turn('A', []), turn('B', []), turn('A', more), turn('B', more)))).toHaveLength(4);
  expect(await readCalls(chatMessages, linesOf(turn('He likes tea', [], 'c-1'), turn('She moved to Oslo', more, 'c-1')))).toHaveLength(2);
});

test('the made-up id of a conversation says nothing of its words', async () => {
  const named = async (word: string) =>
    (await readCalls(chatMessages, linesOf({ messages: [said('user', word), said('assistant', 'x')] })))[0]?.traceId;
  expect(await named('hunter2')).toBe(await named('hunter3'));
});

test('the same conversation again is no call, and it is said', async () => {
  const run = { messages: [said('user', 'a'), said('assistant', 'b')] };
  const items = await readAll(chatMessages, linesOf(run, run));
  expect(callsOf(items)).toHaveLength(1);
  expect(issuesOf(items).map(({ message }) => message)).toContain('a conversation that stands in an earlier record');
});

test('a conversation of too many messages is cut, and it is said', async () => {
  const items = await readAll(
    chatMessages,
    linesOf({ messages: Array.from({ length: 10_001 }, (_, at) => said(at % 2 === 0 ? 'user' : 'assistant', 'a')) }),
  );
  expect(callsOf(items)).toHaveLength(5000);
  expect(issuesOf(items).map(({ message }) => message)).toContain('more than 10000 messages of one conversation; the others are left out');
});

test.each([
  ['messages of another kind', { messages: [{ author: 'kim', text: 'hello' }] }],
  ['a sampling of MCP', { messages: [{ role: 'user', content: { type: 'text', text: 'hi' } }], maxTokens: 10 }],
  ['a chat completion', { choices: [{ message: { role: 'assistant', content: 'x' } }], messages: [] }],
])('%s is not claimed', (_, record) => {
  expect(recognize(toBytes(linesOf(record)), 'x').importer?.id).not.toBe('chat-messages');
});
