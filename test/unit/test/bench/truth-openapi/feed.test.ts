import { expect, test } from 'vitest';

import { templatesOfProduct, toLogLine, unnamed } from '#test/bench/truth-openapi/feed.ts';

test('a line is one of vhost_combined', () => {
  expect(toLogLine({ host: 'a.example', method: 'GET', path: '/x', status: 200 }, 0)).toBe(
    'a.example:443 198.51.100.1 - - [01/Oct/2026:00:00:00 +0000] "GET /x HTTP/1.1" 200 512 "-" "client/1.0"',
  );
});

test('each request gets the template that the product gave its line', async () => {
  const request = (path: string) => ({ host: 'a.example', method: 'GET', path, status: 200, template: undefined });
  expect(await templatesOfProduct([request('/users/7'), request('/users'), request('/users/8')])).toEqual([
    'GET /users/{}',
    'GET /users',
    'GET /users/{}',
  ]);
});

test('parameters lose their names, braces of the evidence come back', () => {
  expect(unnamed('/a/{userId}/%7Bx%7D')).toBe('/a/{}/{x}');
});
