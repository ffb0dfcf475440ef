import { expect, test } from 'vitest';
import { durationOfNanos, timeOfMicros, timeOfNanos, toNanos, toSpanId, toSpanSide } from '#shared/engine/importers/traces/span.ts';

test.each([
  ['5B8EFFF798038103D269B633813FC60C', 16, '5b8efff798038103d269b633813fc60c'],
  ['W47/95gDgQPSabYzgT/GDA==', 16, '5b8efff798038103d269b633813fc60c'],
  ['AAAAAAAAAME=', 8, '00000000000000c1'],
  ['e1', 8, '00000000000000e1'],
  ['12345678901234567', 16, '00000000000000012345678901234567'],
  ['0'.repeat(32), 16, undefined],
  ['', 16, undefined],
  ['not an id', 8, 'not an id'],
  [7, 8, undefined],
] as const)('the id %j of %d bytes is %j', (given, bytes, id) => {
  expect(toSpanId(given, bytes)).toBe(id);
});

test('nanoseconds keep their microseconds, which a double would lose', () => {
  expect(timeOfNanos(toNanos('1767348000123456999'))).toBe(1767348000123456);
  expect(timeOfNanos(toNanos('0'))).toBeUndefined();
  expect([toNanos('1e18'), toNanos('-1'), toNanos(undefined)]).toEqual([undefined, undefined, undefined]);
  expect(timeOfMicros(1767348000123)).toBeUndefined();
  expect(durationOfNanos(toNanos('1767348000000000000'), toNanos('1767348000000001500'))).toBe(0.0015);
  expect(durationOfNanos(10n, 9n)).toBeUndefined();
  expect(durationOfNanos(10n, 0n)).toBeUndefined();
});

test.each([
  [2, 'server'],
  ['SPAN_KIND_CLIENT', 'client'],
  ['SERVER', 'server'],
  ['3', 'client'],
  ['producer', 'producer'],
  [9, 'none'],
  [undefined, 'none'],
])('the kind %j is %s', (kind, side) => {
  expect(toSpanSide(kind)).toBe(side);
});
