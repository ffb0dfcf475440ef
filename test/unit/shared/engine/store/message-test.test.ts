import { expect, test } from 'vitest';
import type { StoredDetail } from '#shared/engine/intake/masking/masked-call.ts';
import { messageTest } from '#shared/engine/store/message-test.ts';
import { parseQuery } from '#shared/query/parse.ts';

const detail: StoredDetail = {
  requestHeaders: [
    ['X-Request-Id', 'abc-1'],
    ['Accept', 'application/json'],
  ],
  responseHeaders: [['accept', 'nothing']],
  requestBody: { text: '{"user":{"id":42,"name":"Ann"},"items":[{"id":7},{"id":[8,null]}],"__proto__":1}' },
  responseBody: { text: 'Refund FAILED' },
};

function fits(text: string, of: StoredDetail = detail): boolean {
  const parsed = parseQuery(text);
  if (!parsed.ok || (parsed.ast.kind !== 'match' && parsed.ast.kind !== 'present' && parsed.ast.kind !== 'regex')) throw new Error(text);
  return messageTest(parsed.ast)(of);
}

test.each([
  'header.x-request-id:abc*',
  'header.accept:nothing',
  'req.header.accept:/json$/',
  'req.body.user.id:42',
  'req.body.user.name:(Bob or Ann)',
  'req.body.items.id:7',
  'req.body.items.1.id:8',
  'req.body.items.id:null',
  'req.body.user:*',
  'req.body:"NAME\\":\\"ann"',
  'res.body:refund',
  'res.body:re*failed',
  'res.body:/refund\\sfa/',
])('%s fits', (text) => {
  expect(fits(text)).toBe(true);
});

test.each([
  'header.x-request-id:abc',
  'res.header.x-request-id:*',
  'req.header.accept:nothing',
  'req.body.user.id:4',
  'req.body.user.name:ann',
  'req.body.items.0.id:8',
  'req.body.toString:*',
  'req.body.user.name.length:*',
  'res.body.user:*',
  'res.body:refunds',
])('%s does not', (text) => {
  expect(fits(text)).toBe(false);
});

test('a message without headers or bodies fits nothing', () => {
  for (const text of ['header.a:*', 'req.body:*', 'res.body.a:*', 'res.body:/^$|./'])
    expect(fits(text, { responseBody: { text: '' } })).toBe(false);
  expect([messageTest({ kind: 'anyHeader' })(detail), messageTest({ kind: 'anyHeader' })({})]).toEqual([true, false]);
});

test('JSON that ends early has no values', () => {
  expect(fits('req.body.a:*', { requestBody: { text: '{"a":1' } })).toBe(false);
});

test('a number fits as it was written and as JavaScript writes it', () => {
  const of: StoredDetail = { requestBody: { text: '{"id":12345678901234567890,"price":1.0,"list":[1e3],"in":{"n":2.50}}' } };
  for (const text of ['id:12345678901234567890', 'id:1234567890123456789*', 'price:1.0', 'price:1', 'list:1e3', 'list:1000', 'in.n:2.50'])
    expect(fits(`req.body.${text}`, of), text).toBe(true);
  expect(fits('req.body.in:"{\\"n\\":2.5}"', of)).toBe(true);
  for (const text of ['id:12345678901234567891', 'price:10', 'price.toJSON:*']) expect(fits(`req.body.${text}`, of), text).toBe(false);
});
