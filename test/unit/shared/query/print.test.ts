import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { parseQuery } from '#shared/query/parse.ts';
import { printQuery } from '#shared/query/print.ts';
import { queryArbitrary } from '#test/support/query-arbitrary.ts';

test('reading what was printed gives the same query', () => {
  fc.assert(
    fc.property(queryArbitrary, (ast) => {
      const parsed = parseQuery(printQuery(ast));
      // Compared as text, which is quick; by value only where that differs, in the order of keys at least.
      if (!parsed.ok || JSON.stringify(parsed.ast) !== JSON.stringify(ast)) expect(parsed).toEqual({ ok: true, ast });
    }),
    { numRuns: 100_000 },
  );
}, 300_000); // ms; seconds of CPU, minutes on two cores that six people share

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
  ['path:/inv\\/\\d+$/', 'path:/inv\\/\\d+$/'],
  ['path:"/a|b/"', 'path:"/a|b/"'],
  ['path:/a\\*b*/', 'path:/a\\*b*/'],
  ['path:"/v1/"', 'path:/v1/'],
  ['REQ.HEADER.X-Id:a', 'req.header.x-id:a'],
  ['req.body.user.id:(1 or 2)', 'req.body.user.id:(1 or 2)'],
  ['time>=case.start+300s', 'time >= case.start + 5m'],
  ['-(time < case.end - 1d)', 'not time < case.end - 1d'],
])('%s is printed in its plain form', (text, printed) => {
  const parsed = parseQuery(text);
  expect(parsed.ok && printQuery(parsed.ast)).toBe(printed);
});
