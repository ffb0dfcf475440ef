import { expect, test } from 'vitest';
import { maskSample } from '#shared/model/mask-sample.ts';

test.each([
  ['kira@example.test', 'k•••@•••••••.••••'],
  ['1990-04-17', '1•••-••-••'],
  ['4.99', '•.••'],
  ['Kira Winter', 'K••• ••••••'],
  ['+49 30 123456', '+4• •• ••••••'],
  ['李小龍', '•••'],
  ['‹jwt fp:0123456789ab›', '‹••• ••:•••••••••••••'],
])('%s is shown as %s', (value, shown) => {
  expect(maskSample(value)).toBe(shown);
});

test('a long value is cut, and no two letters of it stand', () => {
  const shown = maskSample('abc'.repeat(100));
  expect(shown).toBe(`a${'•'.repeat(39)}…`);
});
