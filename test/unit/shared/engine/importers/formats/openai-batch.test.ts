import { expect, test } from 'vitest';
import { openaiBatch } from '#shared/engine/importers/formats/openai-batch.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

test('questions of a batch are calls without a time or an answer, at the address that they name', async () => {
  const calls = await readCalls(openaiBatch, fixture('openai-batch/input.jsonl'));
  expect(calls.map(({ path, route, time, outcome }) => [path, route, time, outcome])).toEqual([
    ['/v1/chat/completions', 'gpt-4.1-mini', undefined, undefined],
    ['/v1/responses', 'gpt-5-mini', undefined, undefined],
    ['/v1/embeddings', 'text-embedding-3-small', undefined, undefined],
  ]);
  expect(extrasOf(calls[0])).toMatchObject({ 'custom-id': 'row-1', 'no-answer': 'no line of this file answers it' });
});

test('answers have status, request id and time, and say what went wrong', async () => {
  const calls = await readCalls(openaiBatch, fixture('openai-batch/output.jsonl'));
  expect(calls.map(({ status, requestId, outcome, path }) => [status, requestId, outcome, path])).toEqual([
    [200, 'req_b2', 'given', '/v1/responses'],
    [200, 'req_b1', 'given', '/v1/chat/completions'],
    [400, 'req_b3', 'failed', undefined],
    [undefined, undefined, 'failed', undefined],
  ]);
  expect(extrasOf(calls[3])['error']).toContain('completion window expired');
});

test('what the model asked for in a batch is told, and is no call: nobody runs it there', async () => {
  const calls = await readCalls(openaiBatch, fixture('openai-batch/output.jsonl'));
  expect(calls.every(({ tool }) => tool === undefined)).toBe(true);
  expect(extrasOf(calls[1])['tools-called']).toBe('get_order');
});

test('a question and its answer in one file are one call, in any order of the answers', async () => {
  const ask = (id: string) => ({ custom_id: id, params: { model: 'm', messages: [{ role: 'user', content: id }] } });
  const done = (id: string) => ({
    custom_id: id,
    result: { type: 'succeeded', message: { id: `msg-${id}`, type: 'message', content: [] } },
  });
  const text = [ask('a'), ask('b'), done('b'), done('a')].map((line) => `${JSON.stringify(line)}\n`).join('');
  const calls = await readCalls(openaiBatch, text);
  expect(calls.map(({ spanId, path, outcome }) => [spanId, path, outcome])).toEqual([
    ['msg-a', '/v1/messages', 'given'],
    ['msg-b', '/v1/messages', 'given'],
  ]);
});

test('all questions of a large batch may stand before its first answer', async () => {
  const ids = Array.from({ length: 3000 }, (_, at) => `r-${String(at)}`);
  const lines = [
    ...ids.map((id) => ({ custom_id: id, url: '/v1/responses', body: { model: 'm', input: id } })),
    ...ids.toReversed().map((id) => ({ custom_id: id, response: { status_code: 200, body: { id: `resp-${id}`, output: [] } } })),
  ];
  const calls = await readCalls(openaiBatch, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  expect(calls).toHaveLength(3000);
  expect(calls.every(({ status }) => status === 200)).toBe(true);
});

test('a result of Anthropic that failed is told as such', async () => {
  const [, failed] = await readCalls(openaiBatch, fixture('openai-batch/both.jsonl'));
  expect(failed).toMatchObject({ outcome: 'failed', path: '/v1/messages' });
});
