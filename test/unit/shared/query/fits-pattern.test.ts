import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { toPattern } from '#shared/query/ast.ts';
import { fitsPattern } from '#shared/query/fits-pattern.ts';

test.each([
  ['abc', 'abc', true],
  ['abc', 'abcd', false],
  ['a*', 'abc', true],
  ['*c', 'abc', true],
  ['a*a', 'a', false],
  ['*b*b*', 'ab', false],
  ['*b*b*', 'abxb', true],
  ['A*', 'abc', false],
])('%s against %s is %s', (pattern, text, expected) => {
  expect(fitsPattern(text, pattern.split('*'))).toBe(expected);
});

test('it agrees with a regular expression', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A'), maxLength: 4 });
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 4 }).map(toPattern), fc.array(letters), (pattern, parts) => {
      const text = parts.join('');
      return fitsPattern(text, pattern) === new RegExp(`^${pattern.join('.*')}$`).test(text);
    }),
  );
});
