import { expect, test } from 'vitest';
import { once } from '#shared/lib/once.ts';

test('a value is made when it is first asked for, and only once', () => {
  let made = 0;
  const value = once((): number | undefined => {
    made += 1;
    return undefined;
  });
  expect(made).toBe(0);
  expect([value(), value(), made]).toEqual([undefined, undefined, 1]);
});
