import { expect, test } from 'vitest';
import { toFactRows, toWords } from '#renderer/views/findings/facts.ts';

test('values with both sides come first, then those that were only observed or only expected', () => {
  const rows = toFactRows({ observed: { seconds: 58.23, ids: 1402 }, expected: { ids: 30, hosts: ['a.test', 'b.test'] } });
  expect(rows.map(({ name, observed, expected }) => [name, observed?.replace('\u2009', ' '), expected])).toEqual([
    ['Ids', '1 402', '30'],
    ['Seconds', '58.2', undefined],
    ['Hosts', undefined, 'a.test, b.test'],
  ]);
});

test('booleans and empty lists are words', () => {
  expect(toFactRows({ observed: { signed: false, scopes: [] }, expected: { signed: true } })).toEqual([
    { name: 'Signed', observed: 'no', expected: 'yes' },
    { name: 'Scopes', observed: 'none', expected: undefined },
  ]);
});

test('sentences of a list are told apart by more than their own commas', () => {
  const [row] = toFactRows({ observed: { alsoToldBy: ['read a text, then did it', 'walked through ids'] }, expected: {} });
  expect(row?.observed).toBe('read a text, then did it; walked through ids');
});

test.each([
  ['distinctIds', 'Distinct ids'],
  ['scopes_unused', 'Scopes unused'],
  ['calls', 'Calls'],
  ['callers', 'Principals'],
])('%s reads %s', (name, words) => {
  expect(toWords(name)).toBe(words);
});
