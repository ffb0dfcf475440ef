import { expect, test } from 'vitest';
import { compileTimePattern } from '#shared/lib/time-pattern.ts';
import { printTime } from '#shared/model/units.ts';

const read = (pattern: string, text: string, zone = 0): string => {
  const time = compileTimePattern(pattern)?.(text, zone);
  if (time === undefined) return 'no pattern';
  return typeof time === 'string' ? time : `${printTime(time.time)} ${time.zoneKnown ? 'zone known' : 'assumed'}`;
};

test.each([
  ['%Y/%m/%d - %H:%M:%S', '2022/06/15 - 15:37:07', '2022-06-15T15:37:07.000000Z assumed'],
  ['%d/%b/%Y:%T %z', '10/Oct/2000:13:55:36 -0700', '2000-10-10T20:55:36.000000Z zone known'],
  ['%a %b %e %H:%M:%S %Y', 'Sun Mar  3 22:49:12 2016', '2016-03-03T22:49:12.000000Z assumed'],
  ['%a, %d %B %Y %T %Z', 'Wed, 08 December 2021 14:02:43 GMT', '2021-12-08T14:02:43.000000Z zone known'],
  ['%F %T.%f', '2025-01-24 09:20:46.8473719', '2025-01-24T09:20:46.847371Z assumed'],
  ['%m/%d/%y %I:%M:%S %p', '02/28/19 12:05:00 AM', '2019-02-28T00:05:00.000000Z assumed'],
  ['%s.%f', '1591367999.305988', '2020-06-05T14:39:59.305988Z zone known'],
])('%s reads %s', (pattern, text, expected) => {
  expect(read(pattern, text)).toBe(expected);
});

test('a text without a zone is read in the assumed one', () => {
  expect(read('%F %T', '2026-01-01 00:30:00', 60)).toBe('2025-12-31T23:30:00.000000Z assumed');
});

test('text that does not fit is told from a time that cannot be', () => {
  expect(read('%F %T', '2026-01-01')).toBe('shape');
  expect(read('%F %T', '2026-01-01 00:00:00 more')).toBe('shape');
  expect(read('%F %T', '2026-02-30 00:00:00')).toBe('range');
  expect(read('%T', '10:00:00')).toBe('shape');
});

test('a pattern with an unknown letter, or none, is no pattern', () => {
  expect(read('%Q', 'x')).toBe('no pattern');
  expect(read('iso', 'x')).toBe('no pattern');
  expect(read('%', 'x')).toBe('no pattern');
});
