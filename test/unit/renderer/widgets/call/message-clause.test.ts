import { expect, test } from 'vitest';
import { bodyClause, headerClause } from '#renderer/widgets/call/message-clause.ts';

test('a header and a field of a body become conditions', () => {
  expect(headerClause('response', 'Content-Type', 'text/html; x')).toBe('res.header.content-type:"text/html; x"');
  expect(bodyClause('request', 'user.id', '42')).toBe('req.body.user.id:42');
});

test('a name that the query language cannot write gives no condition', () => {
  expect(headerClause('request', 'x y', 'z')).toBeUndefined();
  expect(bodyClause('request', 'a b', 'z')).toBeUndefined();
  expect(bodyClause('request', 'a', '')).toBeUndefined();
});
