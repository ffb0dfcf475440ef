import { expect, test } from 'vitest';
import type { CallPage, CallRow } from '#shared/contract/rows.ts';
import { listLength } from '#renderer/query/list-length.ts';

const row = { id: 1, ref: 'a#1' } as CallRow;
const page = (from: number, rows: number, total?: number): CallPage => ({
  from,
  rows: Array.from({ length: rows }, () => row),
  ...(total === undefined ? {} : { total }),
});

test('before the first answer nothing is known', () => {
  expect(listLength([undefined, undefined], undefined)).toEqual({ total: undefined, count: undefined });
});

test('rows that came without a count can be shown, and the list is as long as the farthest of them', () => {
  expect(listLength([page(200, 200), page(0, 200)], undefined)).toEqual({ total: undefined, count: 400 });
});

test('a count that a page carries goes before one that was asked for', () => {
  expect(listLength([undefined, page(0, 200, 1200)], 7)).toEqual({ total: 1200, count: 1200 });
  expect(listLength([page(0, 200)], 1_000_000)).toEqual({ total: 1_000_000, count: 1_000_000 });
});

test('an empty list is known to be empty', () => {
  expect(listLength([page(0, 0, 0)], undefined)).toEqual({ total: 0, count: 0 });
});
