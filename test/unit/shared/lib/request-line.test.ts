import { expect, test } from 'vitest';
import { parseRequestLine } from '#shared/lib/request-line.ts';

test.each([
  ['GET /a?b=1 HTTP/1.1', { method: 'GET', path: '/a', query: 'b=1' }],
  ['GET /a b c HTTP/1.1', { method: 'GET', path: '/a b c' }],
  ['GET /old', { method: 'GET', path: '/old' }],
  ['GET http://h:81/p?q HTTP/1.1', { method: 'GET', scheme: 'http', host: 'h', port: 81, path: '/p', query: 'q' }],
  ['CONNECT h:443 HTTP/1.1', { method: 'CONNECT', host: 'h', port: 443 }],
  ['CONNECT http://h.example:443/ HTTP/1.1', { method: 'CONNECT', scheme: 'http', host: 'h.example', port: 443, path: '/' }],
  ['CONNECT https://h.example:443 HTTP/2.0', { method: 'CONNECT', scheme: 'https', host: 'h.example', port: 443 }],
  ['OPTIONS * HTTP/1.1', { method: 'OPTIONS', path: '*' }],
  ['\u0016\u0003\u0001', { path: '\u0016\u0003\u0001' }],
  ['-', {}],
  ['', {}],
])('%j', (line, expected) => {
  const given = Object.entries(parseRequestLine(line)).filter(([, value]) => value !== undefined);
  expect(Object.fromEntries(given)).toEqual(expected);
});
