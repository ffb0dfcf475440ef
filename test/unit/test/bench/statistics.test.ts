import { expect, test } from 'vitest';

import { medianOf, p95Of, sayBytes, sayMillis, sayRuns } from '#test/bench/statistics.ts';

test('the median of an odd count is the middle, of an even count the mean of the two in the middle', () => {
  expect(medianOf([9, 1, 5])).toBe(5);
  expect(medianOf([1, 9, 5, 7])).toBe(6);
  expect(() => medianOf([])).toThrow(RangeError);
});

test('the 95th percentile is a value that was measured', () => {
  expect(p95Of([3, 1, 2])).toBe(3);
  expect(p95Of(Array.from({ length: 40 }, (_, index) => index + 1))).toBe(38);
  expect(() => p95Of([])).toThrow(RangeError);
});

test('times and sizes are said with the unit that fits', () => {
  expect([sayMillis(0.53), sayMillis(42.4), sayMillis(3420)]).toEqual(['0.5 ms', '42 ms', '3.42 s']);
  expect([sayBytes(66_223_828), sayBytes(1_500_000_000)]).toEqual(['66.2 MB', '1.50 GB']);
  expect(sayRuns([1000, 3000])).toBe('median 2.00 s of 2 runs, p95 3.00 s');
});
