import { expect, test } from 'vitest';
import { parseRegex } from '#shared/query/regex.ts';

const fits = (source: string, text: string, caseless = false): boolean => {
  const parsed = parseRegex(source, caseless);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.test(text);
};

test('an expression may fit anywhere in the text', () => {
  expect([fits('inv\\/\\d+$', '/v1/inv/42'), fits('inv\\/\\d+$', '/v1/inv/x'), fits('API', 'my api'), fits('API', 'my api', true)]).toEqual(
    [true, false, false, true],
  );
});

test.each([
  ['a(b', 'missing closing )', 'a(b'],
  ['x(?!y)', 'RE2 has no look-ahead and no look-behind', '(?!'],
  ['(a)\\1', 'invalid escape sequence', '\\1'],
  ['a{2000}', 'invalid repeat count', '{2000}'],
  ['((a{10}){10}){10}', 'its repetitions are too large', undefined],
  ['a'.repeat(513), 'it has more than 512 characters', undefined],
])('%s is refused with the reason and the part', (source, message, part) => {
  expect(parseRegex(source, false)).toEqual({ ok: false, message, part });
});

test('an expression that takes other engines hours takes time in proportion to the text', () => {
  const time = (length: number): number => {
    const began = performance.now();
    expect(fits('^(a+)+$', `${'a'.repeat(length)}!`)).toBe(false);
    return performance.now() - began;
  };
  time(20_000);
  expect(Math.min(time(40_000), time(40_000), time(40_000)) / Math.min(time(20_000), time(20_000), time(20_000))).toBeLessThan(6);
});
