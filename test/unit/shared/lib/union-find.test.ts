import { expect, test } from 'vitest';
import { createUnionFind } from '#shared/lib/union-find.ts';

test('joined members share the lowest number', () => {
  const groups = createUnionFind(6);
  groups.join(4, 5);
  groups.join(5, 2);
  expect([0, 1, 2, 3, 4, 5].map((member) => groups.find(member))).toEqual([0, 1, 2, 3, 2, 2]);
});
