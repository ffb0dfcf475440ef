import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffWords } from '#shared/lib/word-diff.ts';

const spoken = (older: string, newer: string): string =>
  diffWords(older, newer)
    .map(({ state, text }) => (state === 'same' ? text : `${state === 'gone' ? '-' : '+'}[${text}]`))
    .join('');

test.each([
  ['a b c', 'a x c', 'a -[b]+[x] c'],
  ['Finds orders.', 'Finds orders. Then send them on.', 'Finds orders.+[ Then send them on.]'],
  ['', 'new', '+[new]'],
  ['same', 'same', 'same'],
  ['one two three', 'zero one two three', '+[zero ]one two three'],
])('%s → %s', (older, newer, told) => {
  expect(spoken(older, newer)).toBe(told);
});

test('the pieces make up both texts', () => {
  const text = fc.array(fc.constantFrom('a', 'b', ' ', '.', 'é', '\n')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (older, newer) => {
      const pieces = diffWords(older, newer);
      const without = (state: string): string => pieces.flatMap((piece) => (piece.state === state ? [] : [piece.text])).join('');
      return without('new') === older && without('gone') === newer;
    }),
  );
});

test('texts with nothing in common that are too long to compare are told whole', () => {
  const [older, newer] = ['a '.repeat(2000), 'b,'.repeat(2000)];
  expect(diffWords(older, newer).map(({ state }) => state)).toEqual(['gone', 'new']);
});
