import { expect, test } from 'vitest';
import { windowOf } from '#electron/hosts/cli/compare-command.ts';

const DAY = 86_400_000_000;
const MONDAY = Date.UTC(2026, 8, 14) * 1000;

test('one day is the whole of it, once or twice', () => {
  expect(windowOf('2026-09-14')).toEqual({ from: MONDAY, to: MONDAY + DAY });
  expect(windowOf('2026-09-14..2026-09-14')).toEqual({ from: MONDAY, to: MONDAY + DAY });
});

test('two days go to just before the second', () => {
  expect(windowOf('2026-09-14..2026-09-16')).toEqual({ from: MONDAY, to: MONDAY + 2 * DAY });
});

test('a window that ends before it begins is refused in its own words', () => {
  expect(() => windowOf('2026-09-16..2026-09-14')).toThrow('the window 2026-09-16..2026-09-14 ends before it begins');
  expect(() => windowOf('2026-09-16T08:00:00Z')).toThrow('ends before it begins');
});
