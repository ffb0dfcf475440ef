import { expect, test } from 'vitest';
import { addTo } from '#shared/lib/group-values.ts';

test('values of one key stand together in the order in which they came', () => {
  const groups = new Map<string, number[]>();
  for (const [key, value] of [
    ['a', 1],
    ['b', 2],
    ['a', 3],
  ] as const)
    addTo(groups, key, value);
  expect([...groups]).toEqual([
    ['a', [1, 3]],
    ['b', [2]],
  ]);
});
