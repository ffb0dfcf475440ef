import { expect, test } from 'vitest';
import { autogen } from '#shared/engine/importers/formats/autogen.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

const calls = await readCalls(autogen, fixture('autogen/events.jsonl'));

test('a model’s call has its agent, messages, tokens and the time of its answer', () => {
  expect(calls[0]).toMatchObject({
    path: '/v1/chat/completions',
    route: 'gpt-4.1',
    consumer: 'desk/default',
    time: 1_772_363_000_000_000,
    spanId: 'chatcmpl-ag1',
  });
  expect(calls[0]?.requestBody?.text).toContain('You ship orders.');
  expect(extrasOf(calls[0])).toMatchObject({ agent: 'desk/default', 'prompt-tokens': '20', 'tools-called': 'ship' });
  expect(extrasOf(calls[2])['prompt-tokens']).toBe('31');
});

test('a tool follows from the answer that asked for it, and what Python printed is read', () => {
  expect(calls[1]).toMatchObject({
    tool: 'tool:ship',
    parentSpanId: 'chatcmpl-ag1',
    requestBody: { text: '{"order":"O-6"}' },
    outcome: 'given',
  });
  expect(calls[1]?.responseBody?.text).toBe('{"shipped":true}');
});

test('messages between agents are steps', async () => {
  expect(await readIssues(autogen, fixture('autogen/events.jsonl'))).toContain(
    '1: NOT_HTTP an event of type Message, not a call of a model or a tool',
  );
});

test('a streamed answer is one call: what its start was given, and the answer of its end with the tools it asks for', async () => {
  const lines = [
    { type: 'LLMStreamStart', messages: [{ role: 'user', content: 'Ship O-7' }], agent_id: 'desk/7' },
    { type: 'LLMStreamStart', messages: [{ role: 'user', content: 'Bill O-8' }], agent_id: 'desk/8' },
    {
      type: 'LLMStreamEnd',
      response: { finish_reason: 'function_calls', content: [{ id: 'call_7', name: 'ship', arguments: '{"order":"O-7"}' }] },
      prompt_tokens: 9,
      completion_tokens: 4,
      agent_id: 'desk/7',
    },
    {
      type: 'LLMStreamEnd',
      response: { finish_reason: 'stop', content: 'Billed.' },
      prompt_tokens: 8,
      completion_tokens: 2,
      agent_id: 'desk/8',
    },
  ];
  const streamed = await readCalls(autogen, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  expect(
    streamed.map(({ consumer, requestBody }) => [consumer, requestBody?.text?.includes(consumer === 'desk/7' ? 'Ship O-7' : 'Bill O-8')]),
  ).toEqual([
    ['desk/7', true],
    ['desk/8', true],
  ]);
  expect(extrasOf(streamed[0])).toMatchObject({ 'tools-called': 'ship', 'prompt-tokens': '9' });
  expect(streamed[1]?.responseBody?.text).toContain('Billed.');
});

test('a streamed answer whose end never comes is a call without an answer, where it stands', async () => {
  const begin = (agent_id: string, content: string): object => ({
    type: 'LLMStreamStart',
    messages: [{ role: 'user', content }],
    agent_id,
  });
  const lines = [
    begin('desk/1', 'Export all'),
    begin('desk/1', 'Again'),
    ...Array.from({ length: 1000 }, (_, at) => begin(`a/${at}`, 'x')),
  ];
  const items = callsOf(await readAll(autogen, lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
  expect(items).toHaveLength(1002);
  expect(items.slice(0, 3).map(({ record, call }) => [record, call.consumer, extrasOf(call)['no-answer'], call.responseBody])).toEqual([
    [1, 'desk/1', 'the next one of its agent begins before it', undefined],
    [2, 'desk/1', 'it waited too long for its answer', undefined],
    [3, 'a/0', 'the events end before it', undefined],
  ]);
  expect(items[0]?.call.requestBody?.text).toContain('Export all');
});
