import { expect, test } from 'vitest';
import { splitHostPort, splitUrl } from '#shared/lib/request-target.ts';

const known = (parts: object): object => Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));

test.each([
  ['https://u:p@h:8443/a?b=1#c', { scheme: 'https', userInfo: 'u:p', host: 'h', port: 8443, path: '/a', query: 'b=1' }],
  ['http://Example.TEST/a/../b/%7e', { scheme: 'http', host: 'Example.TEST', path: '/a/../b/%7e' }],
  ['https://h', { scheme: 'https', host: 'h' }],
  ['https://h?x', { scheme: 'https', host: 'h', query: 'x' }],
  ['http://[fd00::1]:81/x', { scheme: 'http', host: 'fd00::1', port: 81, path: '/x' }],
  ['/only/path?q', { path: '/only/path', query: 'q' }],
  ['testloadimpact', { path: 'testloadimpact' }],
  ['{{base}}/x', { path: '{{base}}/x' }],
  ['data:image/png;base64,iVBORw0', { scheme: 'data', path: 'image/png;base64' }],
  ['chrome-extension://abc/x.js', { scheme: 'chrome-extension', host: 'abc', path: '/x.js' }],
  ['blob:https://h/1', { scheme: 'blob', path: 'https://h/1' }],
  ['localhost:8080/x', { host: 'localhost', port: 8080, path: '/x' }],
  ['javascript:alert(1)', { scheme: 'javascript', path: 'alert(1)' }],
  ['https://evil@good.test@h/', { scheme: 'https', userInfo: 'evil@good.test', host: 'h', path: '/' }],
  ['', {}],
])('%s splits into what was written', (url, expected) => {
  expect(known(splitUrl(url))).toEqual(expected);
});

test.each([
  ['h:443', { host: 'h', port: 443 }],
  ['[::1]:443', { host: '::1', port: 443 }],
  ['::1', { host: '::1' }],
  ['10.0.0.1', { host: '10.0.0.1' }],
  ['h:http', { host: 'h:http' }],
  ['', {}],
])('%s is a host and a port', (text, expected) => {
  expect(known(splitHostPort(text))).toEqual(expected);
});
