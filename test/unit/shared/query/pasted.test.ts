import { expect, test } from 'vitest';
import { parseQuery } from '#shared/query/parse.ts';
import { fromPasted } from '#shared/query/pasted.ts';

test.each([
  ['https://api.test/v1/orders/7', 'host:api.test and path:/v1/orders/7'],
  ['  http://api.test:8080/a%20b?x=1#y ', 'host:api.test and port:8080 and path:/a%20b'],
  ['https://user:pass@api.test', 'host:api.test'],
  ['GET /v1/orders/7?x=1 HTTP/1.1', 'method:GET and path:/v1/orders/7'],
  ['https://api.test/a(b)', 'host:api.test and path:"/a(b)"'],
])('%s stands for %s', (text, expected) => {
  expect(fromPasted(text)).toBe(expected);
  expect(parseQuery(expected).ok).toBe(true);
});

test.each(['refund failed', 'path:/v1/*', 'api.test/v1', '/v1/orders', 'GET', 'GET /v1/orders', 'status >= 400', ''])(
  '%j is a query as it is',
  (text) => {
    expect(fromPasted(text)).toBeUndefined();
  },
);
