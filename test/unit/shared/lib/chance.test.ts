import { expect, test } from 'vitest';

import { createChance } from '#shared/lib/chance.ts';

test('a seed gives the same numbers each time, spread over all between 0 and 1', () => {
  const [one, same, other] = [createChance(1), createChance(1), createChance(2)];
  const drawn = Array.from({ length: 1000 }, () => one());
  expect(Array.from({ length: 1000 }, () => same())).toEqual(drawn);
  expect(other()).not.toBe(drawn[0]);
  for (const quarter of [0, 0.25, 0.5, 0.75]) {
    const inside = drawn.filter((number) => number >= quarter && number < quarter + 0.25).length;
    expect(inside).toBeGreaterThan(200);
    expect(inside).toBeLessThan(300);
  }
});
