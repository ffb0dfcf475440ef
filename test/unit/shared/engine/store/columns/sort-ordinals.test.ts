import { expect, test } from 'vitest';
import { sortByNumber } from '#shared/engine/store/columns/sort-ordinals.ts';
import { seededRandom } from '#test/support/large/random.ts';

test('numbers sort ascending, equal ones as they stand, absent ones last', () => {
  const { order, known } = sortByNumber(Float64Array.from([5, NaN, -3, 5, 1e15, NaN, 70_000]));
  expect([...order]).toEqual([2, 0, 3, 6, 4, 1, 5]);
  expect(known).toBe(5);
});

test('many random times sort as a comparison sorts them', () => {
  const random = seededRandom('sort');
  const keys = Float64Array.from({ length: 5000 }, () =>
    random.next() < 0.1 ? NaN : 1_760_000_000_000_000 + Math.floor(random.next() * 2 ** 31),
  );
  const { order, known } = sortByNumber(keys);
  const all = [...keys.keys()];
  const expected = all.filter((at) => !Number.isNaN(keys[at])).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  expect([...order.subarray(0, known)]).toEqual(expected);
  expect([...order.subarray(known)]).toEqual(all.filter((at) => Number.isNaN(keys[at])));
});
