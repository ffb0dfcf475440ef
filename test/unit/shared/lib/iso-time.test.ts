import { expect, test } from 'vitest';
import { guessEpochTime, looksLikeClfTime, parseClfTime, parseIsoTime } from '#shared/lib/iso-time.ts';
import { printTime } from '#shared/model/units.ts';

const iso = (text: string, zone = 0): string => {
  const parsed = parseIsoTime(text, zone);
  return typeof parsed === 'string' ? parsed : `${printTime(parsed.time)}${parsed.zoneKnown ? '' : '?'}`;
};

test.each([
  ['2026-10-01T00:00:00Z', '2026-10-01T00:00:00.000000Z'],
  ['2020-06-23T17:14:02.5961840+05:30', '2020-06-23T11:44:02.596184Z'], // Fiddler: seven digits
  ['2020-06-23T17:14:02.596+0530', '2020-06-23T11:44:02.596000Z'], // no colon
  ['2020-06-23T17:14:02-07', '2020-06-24T00:14:02.000000Z'],
  ['2023-07-25T10:42:01.726810+00:00', '2023-07-25T10:42:01.726810Z'],
  ['2026-10-01 00:00:00,5', '2026-10-01T00:00:00.500000Z?'],
  ['2026-10-01t10:20z', '2026-10-01T10:20:00.000000Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000000Z'], // a leap second counts on
  ['2026-10-01T24:00:00Z', '2026-10-02T00:00:00.000000Z'],
  ['2026-13-01T00:00:00Z', 'range'],
  ['2026-02-29T00:00:00Z', 'range'],
  ['2026-10-01T25:00:00Z', 'range'],
  ['0001-01-01T00:00:00', 'range'],
  ['9999-12-31T23:59:59Z', 'range'],
  ['NaN-NaN-NaNTNaN:NaN:NaN.NaNZ', 'shape'],
  ['yesterday', 'shape'],
  ['', 'shape'],
])('%s reads as %s', (text, expected) => {
  expect(iso(text)).toBe(expected);
});

test('a time without a zone takes the one assumed for the source', () => {
  expect(iso('2026-10-01T02:00:00', 120)).toBe('2026-10-01T00:00:00.000000Z?');
});

test('the magnitude of an epoch number tells its unit', () => {
  for (const [value, unit] of [
    [1433209822, 's'],
    [1433209822425, 'ms'],
    [1433209822425000, 'µs'],
    [1433209822425000000, 'ns'],
  ] as const) {
    const guess = guessEpochTime(value);
    expect(guess?.unit).toBe(unit);
    expect(guess && printTime(guess.time).slice(0, 19)).toBe('2015-06-02T01:50:22');
  }
  expect(guessEpochTime(-5)).toBeUndefined();
  expect(guessEpochTime(Number.NaN)).toBeUndefined();
});

test('common-log times are read where they stand, with their offset', () => {
  const line = 'x [10/Oct/2000:13:55:36 -0700] y';
  expect(looksLikeClfTime(line, 3)).toBe(true);
  const time = parseClfTime(line, 3);
  expect(time && printTime(time)).toBe('2000-10-10T20:55:36.000000Z');
  expect(parseClfTime('99/Oct/2000:13:55:36 -0700', 0)).toBeUndefined();
  expect(parseClfTime('10/Foo/2000:13:55:36 -0700', 0)).toBeUndefined();
  expect(parseClfTime('1a/Oct/2000:13:55:36 -0700', 0)).toBeUndefined();
});
