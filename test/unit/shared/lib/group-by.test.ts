import { expect, test } from 'vitest';
import { groupBy } from '#shared/lib/group-by.ts';

test('items stand under their key in the order in which they came', () => {
  expect([...groupBy([3, 1, 4, 6], (item) => item % 2)]).toEqual([
    [1, [3, 1]],
    [0, [4, 6]],
  ]);
});
