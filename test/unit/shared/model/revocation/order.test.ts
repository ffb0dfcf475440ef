import { expect, test } from 'vitest';
import { orderByTies } from '#shared/model/revocation/order.ts';

const entry = (id: string, score: number, ...after: readonly string[]) => ({ id, score, after });
const ids = (...entries: readonly ReturnType<typeof entry>[]): string =>
  orderByTies(entries)
    .map(({ id }) => id)
    .join(' ');

test('the higher score goes first, equal ones by id', () => {
  expect(ids(entry('b', 5), entry('c', 9), entry('a', 5))).toBe('c a b');
});

test('what it can be made again from goes before it, and before what is less urgent than it', () => {
  expect(ids(entry('access', 90, 'refresh'), entry('refresh', 20), entry('key', 50))).toBe('refresh access key');
});

test('a chain of ties is followed to its beginning', () => {
  expect(ids(entry('c', 90, 'b'), entry('b', 1, 'a'), entry('a', 2), entry('other', 80))).toBe('a b c other');
});

test('a circle of ties ends, the most urgent first', () => {
  expect(ids(entry('a', 1, 'b'), entry('b', 2, 'a'), entry('c', 9))).toBe('c b a');
});

test('a tie to what is not in the plan changes nothing', () => {
  expect(ids(entry('a', 1, 'gone'), entry('b', 2))).toBe('b a');
});
