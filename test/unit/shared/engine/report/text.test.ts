import { expect, test } from 'vitest';
import { byteText, count, percent, plural, timeText } from '#shared/engine/report/text.ts';

test('digits are grouped with a narrow space', () => {
  expect(count(1234567)).toBe('1\u202f234\u202f567');
  expect(plural(1, 'call')).toBe('1 call');
  expect(plural(0, 'call')).toBe('0 calls');
});

test('a share is never rounded to all or nothing', () => {
  expect([percent(1, 100_000), percent(99_999, 100_000), percent(0, 5), percent(5, 5), percent(1, 3), percent(0, 0)]).toEqual([
    '< 0.1 %',
    '> 99.9 %',
    '0 %',
    '100 %',
    '33.3 %',
    '–',
  ]);
});

test('sizes are decimal', () => {
  expect([byteText(0), byteText(999), byteText(1500), byteText(652_265_615)]).toEqual(['0 B', '999 B', '1.5 kB', '652 MB']);
});

test('a time keeps microseconds only where there are any', () => {
  expect(timeText('2026-03-02T22:14:07.113000Z')).toBe('2026-03-02 22:14:07.113');
  expect(timeText('2026-03-02T22:14:07.113004Z')).toBe('2026-03-02 22:14:07.113004');
  expect(timeText(undefined)).toBe('–');
});
