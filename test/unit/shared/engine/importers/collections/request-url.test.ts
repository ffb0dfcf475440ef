import { expect, test } from 'vitest';
import { readRequestUrl } from '#shared/engine/importers/collections/request-url.ts';

const variables = new Map([
  ['base', 'https://a.test/v1'],
  ['host', 'b.test'],
  ['loop', '{{loop}}x'],
]);

test.each([
  ['{{base}}/orders/:id?x={{y}}', 'https://a.test', '/v1/orders/{id}', ['id', 'x']],
  ['{{ _.base }}/orders/{{ _.order }}', 'https://a.test', '/v1/orders/{order}', []],
  ['https://{{host}}:8443/a', 'https://b.test:8443', '/a', []],
  ['{{host}}/a', 'http://b.test', '/a', []],
  ['localhost:3000/a/b?c', 'http://localhost:3000', '/a/b', ['c']],
  ['https://a.test', 'https://a.test', '/', []],
  ['https://a.test/v/{{$guid}}', 'https://a.test', '/v/{guid}', []],
  ['{{unknown}}/a', undefined, '/a', []],
  ['{{loop}}/a', undefined, '/a', []],
  ['/only/path', undefined, '/only/path', []],
  ['', undefined, '/', []],
])('%j has server %j, path %j and names %j', (raw, server, path, names) => {
  expect(readRequestUrl(raw, variables)).toMatchObject({ server, path, names });
});
