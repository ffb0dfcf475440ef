import { expect, test } from 'vitest';
import { findRise } from '#shared/lib/cusum.ts';

test('six values of one deviation sum up past the line, and the change began with the first of them', () => {
  expect(findRise([0, 1, 1, 1, 1, 1], { decision: 2 })).toEqual({ from: 1, to: 5, crossed: 5, sum: 2.5 });
});

test('deviations that stay within the slack, or come and go, sum up to nothing', () => {
  expect(findRise(new Float64Array(500).fill(0.5))).toBeUndefined();
  expect(findRise(Array.from({ length: 500 }, (_, at) => (at % 2 === 0 ? 2 : -2)))).toBeUndefined();
});

test('of two rises the higher is told, to its highest place', () => {
  const calm = [-3, -3, -3, -3, -3, -3];
  expect(findRise([2, 2, 2, 2, ...calm, 2, 2, 2, 2, 2, ...calm])).toEqual({ from: 10, to: 14, crossed: 13, sum: 7.5 });
});

test('an empty series has no rise', () => {
  expect(findRise([])).toBeUndefined();
});
