import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { parseRegex } from '#shared/query/regex.ts';
import { requiredLiteral } from '#shared/query/regex-literal.ts';

test.each([
  ['inv\\/\\d+$', 'inv/'],
  ['^\\/v1\\/users$', '/v1/users'],
  ['users?\\/x', 'user'],
  ['ab*cd', 'cd'],
  ['ab+cd', 'ab'],
  ['ab{0,3}', undefined],
  ['a|bcd', undefined],
  ['(abc)?de', 'de'],
  ['[abc]de', 'de'],
  ['[]abc]x', undefined],
  ['(?i)abc', undefined],
  ['\\x41bc', undefined],
  ['\\Qab', undefined],
  ['[\\][:alpha:]bc', undefined],
  ['a.b', undefined],
  ['{(}ab)?', undefined],
  ['{[}ab]', undefined],
])('in %s must stand %s', (source, literal) => {
  expect(requiredLiteral(source, false)).toBe(literal);
});

test('letters with a third form are left out where case is the same', () => {
  expect([requiredLiteral('tokens', true), requiredLiteral('tokens', false)]).toEqual(['to', 'tokens']);
  const parsed = parseRegex('key', true);
  expect(parsed.ok && parsed.test('\u212aey')).toBe(true);
});

test('whatever an expression fits holds its literal', () => {
  const pieces = fc.constantFrom(
    ...'a b ab c \\/ \\. . * + ? {2} {0,1} ( ) [ab] [^a] [] ] ^ $ \\d \\w \\b | } { , 1 \\\\ [\\]a] k'.split(' '),
  );
  const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'ab', '/', '.', '1', ',', '\\', 'k', '}', '{', ']', '\u212a'), { maxLength: 10 });
  let tried = 0;
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 7 }),
      fc.array(texts, { minLength: 5, maxLength: 5 }),
      fc.boolean(),
      (parts, lists, caseless) => {
        const source = parts.join('');
        const literal = requiredLiteral(source, caseless);
        const parsed = literal === undefined ? undefined : parseRegex(source, caseless);
        if (literal === undefined || parsed?.ok !== true) return;
        const fold = (text: string): string => (caseless ? text.toLowerCase() : text);
        for (const text of lists.map((list) => list.join('') + (source.includes('\\') ? '' : parts.join('').replace(/[^abc]/g, '')))) {
          if (!parsed.test(text)) continue;
          tried += 1;
          expect(fold(text), source).toContain(fold(literal));
        }
      },
    ),
    { numRuns: 10_000 },
  );
  expect(tried).toBeGreaterThan(50);
});
