import { expect, test } from 'vitest';

import { toNif, toNric } from '#test/support/scenarios/core/national-id.ts';

test('a Portuguese number ends in the digit that makes its weighted sum a multiple of eleven, or in 0', () => {
  expect(toNif('12345678')).toBe('123456789');
  expect(toNif('20000003')).toMatch(/^20000003\d$/);
});

test('a number of Singapore ends in the letter of its remainder, which depends on the century', () => {
  expect(toNric('1234567', false)).toBe('S1234567D');
  expect(toNric('1234567', true)).toBe('T1234567J');
});
