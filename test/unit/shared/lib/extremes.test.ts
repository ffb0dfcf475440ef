import { expect, test } from 'vitest';
import { greatest, least } from '#shared/lib/extremes.ts';

test('the greatest and the least of values, and of none the bound', () => {
  expect([greatest([3, 9, 4]), least([3, 9, 4])]).toEqual([9, 3]);
  expect([greatest([3], 5), least([8], 5)]).toEqual([5, 5]);
  expect([greatest([]), least([]), greatest([], 0)]).toEqual([-Infinity, Infinity, 0]);
  expect([greatest([1, NaN]), least(new Map([['a', 2]]).values())]).toEqual([NaN, 2]);
});

test('more values than a call takes arguments', () => {
  const many = Array.from({ length: 200_000 }, (_, at) => at);
  expect([greatest(many), least(many)]).toEqual([199_999, 0]);
});
