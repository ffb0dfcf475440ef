import { expect, test } from 'vitest';
import { isDescribedName, listQueryNames } from '#shared/engine/passes/inventory/query-names.ts';

test('names are decoded and told once', () => {
  expect(listQueryNames('a=1&b%5B%5D=2&a=3&=4&c+d=5&50%')).toEqual(['a', 'b[]', 'c d', '50%']);
});

test('members of a described parameter are described; a token is where tokens are allowed', () => {
  const described = new Set(['filter', 'ids[]']);
  expect(['filter', 'filter[state]', 'ids[]', 'ids[3]'].map((name) => isDescribedName(name, described, false))).toEqual([true, true, true, true]);
  expect(isDescribedName('[x]', described, false)).toBe(false);
  expect([true, false].map((allowed) => isDescribedName('access_token', described, allowed))).toEqual([true, false]);
}); // prettier-ignore
