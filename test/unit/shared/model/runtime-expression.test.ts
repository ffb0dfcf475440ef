import { expect, test } from 'vitest';
import { parseRuntimeExpression, pointerKeys } from '#shared/model/runtime-expression.ts';

test.each([
  ['$response.body#/data/id', { side: 'response', in: 'body', name: '/data/id' }],
  ['{$response.body#/id}', { side: 'response', in: 'body', name: '/id' }],
  ['$response.body', { side: 'response', in: 'body', name: '' }],
  ['$response.header.X-Order', { side: 'response', in: 'header', name: 'x-order' }],
  ['$request.path.id', { side: 'request', in: 'path', name: 'id' }],
  ['$request.query.page.size', { side: 'request', in: 'query', name: 'page.size' }],
])('%s names a place', (text, place) => {
  expect(parseRuntimeExpression(text)).toEqual(place);
});

test('what says nothing of a value of a call is no place', () => {
  for (const text of [
    '$url',
    '$method',
    '$statusCode',
    '7',
    'order-{$response.body#/id}',
    '$response.path.id',
    '$response.body#id',
    '$response.',
  ])
    expect(parseRuntimeExpression(text), text).toBeUndefined();
});

test('a JSON Pointer escapes slash and tilde', () => {
  expect(pointerKeys('/a~1b/~01/0')).toEqual(['a/b', '~1', '0']);
  expect(pointerKeys('')).toEqual([]);
});
