import { expect, test } from 'vitest';
import { missingDays } from '#shared/engine/detectors/gaps/missing-files.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const daily = (...days: readonly number[]): readonly string[] =>
  days.map((number) => `docs/access-2026-10-${String(number).padStart(2, '0')}.log`);

test('a day without a file among files of every day is missed', () => {
  expect(missingDays(daily(20, 21, 22, 23, 25, 26))).toEqual([day('2026-10-24')]);
  expect(missingDays(daily(20, 21, 22, 23, 25, 26).map((name) => name.replaceAll('-', '')))).toEqual([day('2026-10-24')]);
});

test.each([
  ['every day has one', daily(20, 21, 22, 23, 24)],
  ['there are few', daily(20, 22, 23)],
  ['most days have none: it is not rotated daily', daily(1, 8, 15, 22)],
  ['two hosts write one each', [...daily(20, 21, 22), ...daily(20, 21, 22)]],
  ['names have no dates', ['a.log', 'a.log.1', 'a.log.2', 'a.log.4']],
])('nothing is missed where %s', (_, names) => {
  expect(missingDays(names)).toEqual([]);
});
