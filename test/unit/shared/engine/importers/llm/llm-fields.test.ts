import { expect, test } from 'vitest';
import { listCalledTools, parseInner, toKeyFields, toLlmBody, toLlmPath, toLlmStatus } from '#shared/engine/importers/llm/llm-fields.ts';

test('tools that a model asks for are found in the answers of every provider', () => {
  expect(listCalledTools({ choices: [{ message: { tool_calls: [{ function: { name: 'a' } }, { function: { name: 'b' } }] } }] })).toEqual([
    'a',
    'b',
  ]);
  expect(listCalledTools({ message: { function_call: { name: 'c', arguments: '{}' } } })).toEqual(['c']);
  expect(
    listCalledTools({
      content: [
        { type: 'text', text: 'x' },
        { type: 'tool_use', name: 'd', input: { name: 'no tool' } },
      ],
    }),
  ).toEqual(['d']);
  expect(listCalledTools({ output: [{ type: 'function_call', name: 'e' }] })).toEqual(['e']);
  expect(listCalledTools({ candidates: [{ content: { parts: [{ functionCall: { name: 'f', args: {} } }] } }] })).toEqual(['f']);
  expect(listCalledTools('tool_use')).toEqual([]);
});

test('a hostile answer does not take for ever', () => {
  let deep: object = {};
  for (let at = 0; at < 400; at += 1) deep = { deep };
  expect(listCalledTools({ deep: deep as never, wide: Array.from({ length: 50_000 }, () => ({})) })).toEqual([]);
});

test("a kind of call has the path of OpenAI's API, asynchronous or not", () => {
  expect(
    ['completion', 'acompletion', 'aembedding', 'anthropic_messages', 'call_mcp_tool', 'something_new', undefined].map(toLlmPath),
  ).toEqual(['/v1/chat/completions', '/v1/chat/completions', '/v1/embeddings', '/v1/messages', '/mcp', undefined, undefined]);
});

test('JSON in a string is unpacked, prose that begins with a bracket is not', () => {
  expect(parseInner('{"a":1}')).toEqual({ a: 1 });
  expect(parseInner('[redacted]')).toBe('[redacted]');
  expect([toLlmBody('{}'), toLlmBody([]), toLlmBody(null), toLlmBody('')]).toEqual([undefined, undefined, undefined, undefined]);
});

test('only hashes and ids are ids of a key', () => {
  expect(toKeyFields('a'.repeat(64))).toEqual({ credentialId: 'a'.repeat(64), keyHeader: [] });
  expect(toKeyFields('master-key')).toEqual({ keyHeader: [['x-api-key', 'master-key']] });
});

test('a status comes from a code, and 200 from a success only', () => {
  expect([
    toLlmStatus('success', ''),
    toLlmStatus('failure', '429'),
    toLlmStatus('failure', ''),
    toLlmStatus(undefined, undefined),
  ]).toEqual([200, 429, undefined, undefined]);
});

test('a long id in arguments keeps its digits', () => {
  expect(parseInner('{"id":9007199254740993,"n":7}')).toEqual({ id: '9007199254740993', n: 7 });
});
