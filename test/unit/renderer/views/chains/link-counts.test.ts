import { expect, test } from 'vitest';
import { countLinks } from '#renderer/views/chains/link-counts.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

test('links are counted at both of their ends', () => {
  const { edges } = chainFromText('a -trace-> b\na -value-> c\nb -value-> c');
  expect([...countLinks(edges)]).toEqual([
    ['a', { from: 2, to: 0 }],
    ['b', { from: 1, to: 1 }],
    ['c', { from: 0, to: 2 }],
  ]);
});
