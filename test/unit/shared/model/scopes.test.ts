import { expect, test } from 'vitest';
import { isCovered } from '#shared/model/scopes.ts';

test.each([
  ['orders:read', ['orders:read'], true],
  ['orders:read', ['orders:write'], true],
  ['orders:read', ['orders:*'], true],
  ['orders:write', ['orders:read'], false],
  ['orders:read', ['customers:write'], false],
  ['read:orders', ['orders:write'], true],
])('%s is covered by %j: %s', (needed, granted, covered) => {
  expect(isCovered(needed, granted)).toBe(covered);
});
