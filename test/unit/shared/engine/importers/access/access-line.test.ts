import { expect, test } from 'vitest';
import { createClfClock, splitAccessLine, toAccessCall, unescapeLog } from '#shared/engine/importers/access/access-line.ts';
import { accessRecords } from '#shared/engine/importers/access/access-log.ts';
import type { ImportedCall } from '#shared/model/call.ts';
import { printTime } from '#shared/model/units.ts';

function read(line: string): ImportedCall | undefined {
  const fields = splitAccessLine(line);
  return fields && toAccessCall(line, fields, createClfClock()(line, fields.timeAt));
}
const at = '[10/Oct/2026:13:55:36 -0700]';
const asked = (request: string): ImportedCall | undefined => read(`192.0.2.7 - - ${at} "${request}" 400 0 "-" "-"`);

test('the combined form, with a time in its own zone', () => {
  const call = read(`192.0.2.7 - frank ${at} "GET /a.gif?x=1 HTTP/1.0" 200 2326 "http://r.test/" "Mozilla/4.08 [en]"`);
  expect(call).toMatchObject({
    method: 'GET',
    path: '/a.gif',
    query: 'x=1',
    status: 200,
    resBytes: 2326,
    clientIp: '192.0.2.7',
    consumer: 'frank',
    referer: 'http://r.test/',
    userAgent: 'Mozilla/4.08 [en]',
    timeKind: 'unknown',
  });
  expect(call?.time && printTime(call.time)).toBe('2026-10-10T20:55:36.000000Z');
});

test('"-" is absent, but as a size it is 0', () => {
  const call = read(`h.test - - ${at} "-" - - "-" "-"`);
  expect(call).toMatchObject({ clientIp: 'h.test', resBytes: 0 });
  for (const key of ['consumer', 'referer', 'userAgent', 'status', 'path', 'method'] as const) expect(call?.[key]).toBeUndefined();
});

test('user names may hold spaces and brackets', () => {
  expect(read(`1.2.3.4 - Jane [x] Doe ${at} "GET / HTTP/1.1" 200 1`)?.consumer).toBe('Jane [x] Doe');
});

test.each([
  ['GET /', { method: 'GET', path: '/' }],
  ['GET /a b c HTTP/1.1', { method: 'GET', path: '/a b c' }],
  ['GET http://h.test:81/p?q HTTP/1.1', { method: 'GET', scheme: 'http', host: 'h.test', port: 81, path: '/p', query: 'q' }],
  ['CONNECT h.test:443 HTTP/1.1', { method: 'CONNECT', host: 'h.test', port: 443 }],
  ['OPTIONS * HTTP/1.1', { method: 'OPTIONS', path: '*' }],
  ['\\x16\\x03\\x01', { path: '\\x16\\x03\\x01' }],
  ['get / HTTP/1.1', { path: 'get / HTTP/1.1' }],
  ['QUIT', { path: 'QUIT' }],
  ['GET /%%32%65%%32%65/ HTTP/1.1', { method: 'GET', path: '/%%32%65%%32%65/' }],
  ['GET /?q=\\x22a\\x22 HTTP/1.1', { method: 'GET', path: '/', query: 'q="a"' }],
  ['GET /?q="a b" HTTP/1.1', { method: 'GET', path: '/', query: 'q="a b"' }],
] as const)('the request %s reads as its parts', (request, expected) => {
  const call = asked(request);
  const { method, scheme, host, port, path, query } = call ?? {};
  const parts = Object.fromEntries(Object.entries({ method, scheme, host, port, path, query }).filter(([, value]) => value !== undefined));
  expect(parts).toEqual(expected);
});

test('a virtual host in front is the host', () => {
  expect(read(`shop.test:8443 192.0.2.7 - - ${at} "GET / HTTP/1.1" 200 1 "-" "x"`)).toMatchObject({
    host: 'shop.test',
    port: 8443,
    clientIp: '192.0.2.7',
  });
});

test('a forwarded-for field after the user agent is one; anything else after it is kept as it is', () => {
  expect(read(`1.2.3.4 - - ${at} "GET / HTTP/1.1" 200 1 "-" "x" "198.51.100.4, 10.0.0.1"`)?.forwardedFor).toBe('198.51.100.4, 10.0.0.1');
  expect(read(`1.2.3.4 - - ${at} "GET / HTTP/1.1" 200 1 "-" "x" "ab" 77`)?.extras).toEqual([['rest-of-line', '"ab" 77']]);
});

test('a last field without its closing quote ends with the line', () => {
  expect(read(`1.2.3.4 - - ${at} "GET / HTTP/1.1" 200 1 "-" "Mozilla`)?.userAgent).toBe('Mozilla');
});

test.each([
  ['a syslog header in front', `Sep 15 16:13:46 host nginx[28]: 81.1.1.1 - - ${at} "GET / HTTP/1.1" 200 1 "-" "x"`],
  ['no identity', `1.2.3.4 - ${at} "GET / HTTP/1.1" 200 1`],
  ['no request', `1.2.3.4 - - ${at} GET / 200 1`],
  ['a bracket first', `[24/Jan/2022:16:51:02 +0000] - 404 - GET http h "/x" [Client 1.2.3.4]`],
  ['no status', `1.2.3.4 - - ${at} "GET / HTTP/1.1" okay 1`],
  ['nothing', ''],
])('a line with %s is not of this form', (_what, line) => {
  expect(splitAccessLine(line)).toBeUndefined();
});

test('escapes are undone once; bytes that are no text stay as written', () => {
  expect(unescapeLog('a\\"b\\\\c\\x22 caf\\xC3\\xA9 \\x16\\x03')).toBe('a"b\\c" café \\x16\\x03');
  expect(unescapeLog('\\\\x22')).toBe('\\x22');
});

test('a line of a megabyte of quotes and brackets is judged at once', () => {
  const started = performance.now();
  for (const text of [
    '"'.repeat(1_000_000),
    ' ['.repeat(500_000),
    '\\'.repeat(1_000_000),
    `1 - ${' ['.repeat(400_000)}`,
    `1.2.3.4 - - ${at} "${'\\'.repeat(500_000)}`,
  ])
    splitAccessLine(text);
  expect(performance.now() - started).toBeLessThan(1000);
});

const asks = `${at} "GET /x HTTP/1.1" 200 5 "-" "agent"`;

test.each([
  ['203.0.113.7, 10.0.0.1 - -', '203.0.113.7', '203.0.113.7, 10.0.0.1'],
  ['203.0.113.7,10.0.0.1 - -', '203.0.113.7', '203.0.113.7,10.0.0.1'],
  ['203.0.113.7, 198.51.100.2, 10.0.0.1 - -', '203.0.113.7', '203.0.113.7, 198.51.100.2, 10.0.0.1'],
  ['203.0.113.7, 10.0.0.1 192.0.2.1 - -', '192.0.2.1', '203.0.113.7, 10.0.0.1'],
  ['"203.0.113.7, 10.0.0.1" 192.0.2.1 - -', '192.0.2.1', '203.0.113.7, 10.0.0.1'],
  ['"203.0.113.7" - -', '203.0.113.7', '203.0.113.7'],
  ['unknown, 10.0.0.1 - -', 'unknown', 'unknown, 10.0.0.1'],
])('%s in front: a list of forwarded addresses, and the peer where it is named', (front, clientIp, forwardedFor) => {
  const call = read(`${front} ${asks}`);
  expect(call).toMatchObject({ clientIp, forwardedFor, path: '/x', consumer: undefined });
  expect(call?.host).toBeUndefined();
});

test.each([
  ['1.2.3.4:5555', '1.2.3.4', '5555'],
  ['[2001:db8::1]:5555', '2001:db8::1', '5555'],
  ['[2001:db8::1]', '2001:db8::1', undefined],
  ['2001:db8::1', '2001:db8::1', undefined],
  ['::ffff:10.0.0.1', '::ffff:10.0.0.1', undefined],
  ['fe80::1%eth0', 'fe80::1%eth0', undefined],
  ['crawl-66-249-66-1.googlebot.com', 'crawl-66-249-66-1.googlebot.com', undefined],
  ['host.example:81', 'host.example', '81'],
  ['my_host', 'my_host', undefined],
  ['unix:', 'unix:', undefined],
  ['-', undefined, undefined],
])('the client %s', (client, clientIp, port) => {
  const call = read(`${client} - - ${asks}`);
  expect(call).toMatchObject({ path: '/x', clientIp });
  expect(call?.extras?.find(([name]) => name === 'client-port')?.[1]).toBe(port);
});

test.each([
  'access.log:12:127.0.0.1',
  'access.log:127.0.0.1',
  '12:127.0.0.1',
  'access.log-12-127.0.0.1',
  '12-127.0.0.1',
  '-127.0.0.1',
  '+127.0.0.1',
  '>127.0.0.1',
  '{"a":1}',
  'access.log:12:www.example:443 127.0.0.1',
  '+www.example:443 127.0.0.1',
])('with %s in front a line is none of an access log', (front) => {
  expect(splitAccessLine(`${front} - - ${asks}`)).toBeUndefined();
});

test('a quoted list in front is no quote around the whole line', () => {
  const line = `"203.0.113.7, 10.0.0.1" 192.0.2.1 - - ${asks}`;
  const reader = accessRecords.open();
  const made = reader({ record: 1, at: { start: 0, length: 1 }, text: line, value: undefined, outer: {} });
  expect(made).toMatchObject({ call: { clientIp: '192.0.2.1', userAgent: 'agent', forwardedFor: '203.0.113.7, 10.0.0.1' } });
});
