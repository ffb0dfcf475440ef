import { expect, test } from 'vitest';
import { autogen } from '#shared/engine/importers/formats/autogen.ts';
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
