import { expect, test } from 'vitest';

import { findLast, sayChange, toHistoryLine } from '#test/bench/history.ts';

const options = { small: true, runs: 3, seeds: 1, worlds: ['shop'], incidents: ['theft'] };
const place = { date: '2026-11-22T09:28:06.000Z', commit: 'e9e7edf' };
const figure = (id: string, value: number) => ({ id, value, unit: 'share' as const, what: '' });
const line = toHistoryLine(place, 'chains', options, [figure('chains.b', 1 / 3), figure('chains.a', 1)]);

test('a line has its figures in order, with four digits', () => {
  expect(JSON.stringify(line.figures)).toBe('{"chains.a":1,"chains.b":0.3333}');
});

test('only the last line of the same bench and the same options is compared with', () => {
  const other = toHistoryLine(place, 'chains', { ...options, seeds: 3 }, []);
  const elsewhere = toHistoryLine(place, 'detect', options, []);
  expect(findLast([line, other, elsewhere], line)).toBe(line);
  expect(findLast([other, elsewhere], line)).toBeUndefined();
});

test('what changed is said, what is new and what is gone too', () => {
  const now = toHistoryLine(place, 'chains', options, [figure('chains.a', 0.9), figure('chains.c', 1)]);
  expect(sayChange(line, now)).toBe('since e9e7edf of 2026-11-22: chains.a -0.1, chains.b is gone, chains.c is new');
  expect(sayChange(line, line)).toBe('since e9e7edf of 2026-11-22: no change');
  expect(sayChange(undefined, now)).toContain('nothing was kept');
});
