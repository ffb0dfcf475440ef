import { expect, test } from 'vitest';
import { createHashNumbers } from '#shared/lib/hash-numbers.ts';
import { textHash } from '#shared/lib/text-hash.ts';

test('each hash keeps the number that it was first given, also once the table has grown', () => {
  const numbers = createHashNumbers();
  const hashes = Array.from({ length: 5_000 }, (_, place) => textHash(`request ${String(place)}`));
  expect(hashes.map((hash) => numbers.of(hash))).toEqual(hashes.map((_, place) => place + 1));
  expect(hashes.map((hash) => numbers.of(hash))).toEqual(hashes.map((_, place) => place + 1));
  expect(numbers.count()).toBe(5_000);
});

test('hashes with the same lowest bits are told apart', () => {
  const numbers = createHashNumbers();
  const alike = [5, 5 + 2 ** 32, 5 + 2 ** 33, 5 + 2 ** 40];
  expect(alike.map((hash) => numbers.of(hash))).toEqual([1, 2, 3, 4]);
  expect(numbers.of(5 + 2 ** 33)).toBe(3);
});
