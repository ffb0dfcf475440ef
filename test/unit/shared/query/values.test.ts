import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { parseNumber, parseTime, printNumber } from '#shared/query/values.ts';

test.each([
  ['duration', '250', 250],
  ['duration', '2s', 2000],
  ['duration', '1.5m', 90_000],
  ['duration', '1h', 3_600_000],
  ['bytes', '5MB', 5_000_000],
  ['bytes', '5mib', 5_242_880],
  ['bytes', '10B', 10],
  ['integer', '403', 403],
  ['integer', '4.5', undefined],
  ['integer', '5s', undefined],
  ['bytes', '-1', undefined],
  ['duration', '2 s', undefined],
] as const)('%s %s is %s', (type, text, value) => {
  expect(parseNumber(type, text)).toBe(value);
});

test('a shortened time names the stretch that it leaves open', () => {
  const hours = (text: string): number | undefined => {
    const stretch = parseTime(text);
    return stretch && (stretch.to - stretch.from) / 3600e6;
  };
  expect([hours('2026-02'), hours('2026-03-02'), hours('2026-03-02T22'), hours('2026-03-02T22:30')]).toEqual([672, 24, 1, 1 / 60]);
});

test('a zone moves the time, and a time that does not exist is none', () => {
  expect(parseTime('2026-03-02T23:00+01:00')?.from).toBe(parseTime('2026-03-02T22:00Z')?.from);
  for (const text of ['2026-13-01', '2026-02-30', '2026-03-02T24:00', 'now', '2026', '99999-01-01'])
    expect(parseTime(text), text).toBeUndefined();
});

test('a printed number is read back as the same number', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('bytes', 'duration'),
      fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
      (type, value) => parseNumber(type, printNumber(type, value)) === value + 0,
    ),
  );
  fc.assert(fc.property(fc.integer({ min: 0, max: 4e15 }), (micros) => parseTime(printNumber('time', micros))?.from === micros));
});
