import { expect, test } from 'vitest';
import { splitRounds } from '#shared/lib/rounds.ts';

const split = (text: string, least: number): readonly string[] =>
  splitRounds([...text], { shortest: 1, longest: 6, least }).map(
    ({ from, length, times }) => `${text.slice(from, from + length)}${times === 1 ? '' : `×${String(times)}`}`,
  );

test('the round that covers most is taken, from each place on', () => {
  expect(split('abababc', 2)).toEqual(['ab×3', 'c']);
  expect(split('aaab', 2)).toEqual(['a×3', 'b']);
  expect(split('abcabcab', 2)).toEqual(['abc×2', 'a', 'b']);
});

test('what comes too seldom is no round', () => {
  expect(split('abab', 3)).toEqual(['a', 'b', 'a', 'b']);
});

test('a round longer than is looked for stays as it is', () => {
  expect(split('abcdefgabcdefg', 2)).toHaveLength(14);
});

test('nothing has no rounds', () => {
  expect(split('', 2)).toEqual([]);
});
