import { expect, test } from 'vitest';
import { moveCursor } from '#renderer/widgets/table/table-keys.ts';

const extent = { rows: 100, columns: 3, page: 20 };

test.each([
  ['ArrowDown', 5, 6],
  ['ArrowUp', 0, 0],
  ['ArrowUp', 5, 4],
  ['PageDown', 95, 99],
  ['PageUp', 30, 10],
  ['Home', 50, 0],
  ['End', 50, 99],
])('%s goes from row %i to row %i and keeps the column', (key, from, to) => {
  expect(moveCursor(key, { row: from, column: 2 }, extent)).toEqual({ row: to, column: 2 });
});

test('Down enters an untouched table at its first row', () => {
  expect(moveCursor('ArrowDown', { row: undefined, column: undefined }, extent)).toEqual({ row: 0, column: undefined });
});

test('Right goes into the row and to its last cell, Left out of it again', () => {
  expect(moveCursor('ArrowRight', { row: 4, column: undefined }, extent)).toEqual({ row: 4, column: 0 });
  expect(moveCursor('ArrowRight', { row: 4, column: 2 }, extent)).toEqual({ row: 4, column: 2 });
  expect(moveCursor('ArrowLeft', { row: 4, column: 0 }, extent)).toEqual({ row: 4, column: undefined });
});

test('a key that moves nothing is left to others', () => {
  expect(moveCursor('x', { row: 4, column: 0 }, extent)).toBeUndefined();
});
