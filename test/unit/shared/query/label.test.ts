import { expect, test } from 'vitest';
import { labelOf } from '#shared/query/label.ts';
import { parseQuery } from '#shared/query/parse.ts';

test.each([
  ['status>=400', 'status ≥ 400'],
  ['-path:/health*', 'not path /health*'],
  ['agent:("bill bot" or x)', 'agent bill bot or x'],
  ['host:*', 'host present'],
  ['status:404', 'status is 404'],
  ['is:failed', 'is failed'],
  ['"a b"', '“a b”'],
  ['-(a or b c)', 'not (“a” or (“b” and “c”))'],
  ['path:/a|b/', 'path fits /a|b/'],
  ['header.x-id:*', 'header.x-id present'],
  ['time < case.end - 1h', 'time < case.end - 1h'],
  ['ip:10.0.0.0/8', 'clientIp in 10.0.0.0/8'],
])('%s reads %s', (text, label) => {
  const parsed = parseQuery(text);
  expect(parsed.ok && labelOf(parsed.ast)).toBe(label);
});
