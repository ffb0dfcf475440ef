import { expect, test } from 'vitest';
import { chainName, parseChainTitle } from '#renderer/views/chains/chain-title.ts';

test('a title is taken apart into principal, first and last step', () => {
  expect(parseChainTitle('10.20.1.0/24 · okhttp: GET /v1/a → GET /v1/b ×3 → … → POST files.test/c, 1,230 calls')).toEqual({
    who: '10.20.1.0/24 · okhttp',
    first: 'GET /v1/a',
    last: 'POST files.test/c',
    steps: 'GET /v1/a → GET /v1/b ×3 → … → POST files.test/c',
  });
});

test('a principal whose name holds a colon keeps it, and a chain of one step has no last one', () => {
  expect(parseChainTitle('desk: night: GET /v1/a, 1 call')).toEqual({
    who: 'desk: night',
    first: 'GET /v1/a',
    last: undefined,
    steps: 'GET /v1/a',
  });
});

test('a title of another form is all name', () => {
  expect(parseChainTitle('a chain').who).toBe('a chain');
});

test('its name does not count calls, since inner hops are counted apart; one of another form stays', () => {
  expect(chainName('desk: GET /v1/a → GET /v1/b ×3, 1,230 calls')).toBe('desk: GET /v1/a → GET /v1/b ×3');
  expect(chainName('a chain')).toBe('a chain');
});
