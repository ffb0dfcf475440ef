import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from '#shared/query/parse.ts';
import { printQuery } from '#shared/query/print.ts';
import { queryArbitrary } from '#test/support/query-arbitrary.ts';

test('reading what was printed gives the same query', () => {
  fc.assert(
    fc.property(queryArbitrary, (ast) => {
      expect(parseQuery(printQuery(ast))).toEqual({ ok: true, ast });
    }),
    { numRuns: 10_000 },
  );
});

test.each([
  ['agent:bill-bot status>=400 -path:/health*', 'agent:bill-bot and status >= 400 and -path:/health*'],
  ['(a or b) c', '(a or b) and c'],
  ['status:(403 or 404) x', 'status:(403 or 404) and x'],
  ['dur > 2000', 'durationMs > 2s'],
  ['res.bytes > 5000000', 'resBytes > 5MB'],
  ['time:2026-03-02', 'time >= 2026-03-02 and time < 2026-03-03'],
  ['not status >= 400', 'not status >= 400'],
  ['-(a or b)', 'not (a or b)'],
  ['"and"', '"and"'],
  ['https://x/y', '"https://x/y"'],
  ['', '*'],
])('%s is printed in its plain form', (text, printed) => {
  const parsed = parseQuery(text);
  expect(parsed.ok && printQuery(parsed.ast)).toBe(printed);
});
