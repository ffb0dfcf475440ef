import { expect, test } from 'vitest';
import { median, medianAndMad, quantileOfSorted, robustZ, wilsonLowerBound } from '#shared/lib/stats.ts';

test('the median stands between the middle two', () => {
  expect(median([8, 1, 4, 2])).toBe(3);
  expect(median([])).toBeNaN();
});

test('quantiles are interpolated', () => {
  expect(quantileOfSorted([10, 20, 30], 0.75)).toBe(25);
});

test('half of the values may be wild without moving median and spread', () => {
  expect(medianAndMad([1, 2, 3, 4, 1_000_000])).toEqual({ median: 3, mad: 1 });
});

test('a floor keeps a spread of nothing from making everything extreme', () => {
  expect(robustZ(5, 3, 0, 1)).toBe(2);
  expect(robustZ(5, 3, 2, 1)).toBeCloseTo(0.674, 3);
});

test('few tries say little', () => {
  expect(wilsonLowerBound(1, 1)).toBeCloseTo(0.207, 3);
  expect(wilsonLowerBound(50, 50)).toBeCloseTo(0.929, 3);
  expect(wilsonLowerBound(0, 0)).toBe(0);
});
