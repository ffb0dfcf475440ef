import { expect, test } from 'vitest';
import { AppError } from '#shared/contract/errors.ts';
import { compileLogFormat } from '#shared/engine/importers/access/log-format.ts';
import type { LogFormatOptions } from '#shared/engine/importers/access/log-format.ts';
import type { ImportedCall } from '#shared/model/call.ts';
import { printTime } from '#shared/model/units.ts';

const read = (format: string, line: string, options?: LogFormatOptions): ImportedCall | undefined =>
  compileLogFormat(format, options).read(line, 0);
const timeOf = (call: ImportedCall | undefined): string | undefined => (call?.time === undefined ? undefined : printTime(call.time));

const INGRESS =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_user_agent" $request_time $upstream_addr $upstream_response_time $upstream_status $req_id';

test('nginx: the end of the call, seconds, and the list of tries of an upstream', () => {
  const call = read(
    INGRESS,
    '192.0.2.1 - Jane [x] Doe [24/Jan/2022:16:51:02 +0100] "GET /a?b=\\x22 HTTP/1.1" 200 12 "curl \\x22q\\x22" 0.123 10.0.0.1:80, 10.0.0.2:80 : - 0.001, 0.002 : 0.100 502, 502 : 200 r1',
  );
  expect(call).toMatchObject({
    timeKind: 'end',
    zoneKnown: true,
    consumer: 'Jane [x] Doe',
    path: '/a',
    query: 'b="',
    status: 200,
    resBytes: 12,
    userAgent: 'curl "q"',
    durationMs: 123,
    upstream: '10.0.0.2:80',
    requestId: 'r1',
    timings: [['upstream', 103]],
    extras: [
      ['upstream_addr', '10.0.0.1:80, 10.0.0.2:80 : -'],
      ['upstream_response_time', '0.001, 0.002 : 0.100'],
      ['upstream-status', '502, 502 : 200'],
    ],
  });
  expect(timeOf(call)).toBe('2022-01-24T15:51:02.000000Z');
});

test('Apache: the start of the call in parts of a time, microseconds, headers, cookies and the id of the request', () => {
  const call = read(
    '%v:%p %h %l %u [%{%d/%b/%Y:%T}t.%{msec_frac}t %{%z}t] \\"%r\\" %>s %b %D %T \\"%{X-Api-Key}i\\" %{Retry-After}o %{SSL_PROTOCOL}x %{UNIQUE_ID}e %{sess}C',
    'h.test:443 2001:db8::1 - - [10/Oct/2026:13:55:36.123 -0700] "GET /a \\"b\\" HTTP/1.1" 503 - 1234 0 "k" 30 TLSv1.3 uid s1',
  );
  expect(call).toMatchObject({
    timeKind: 'start',
    timeText: '10/Oct/2026:13:55:36.123 -0700',
    host: 'h.test',
    port: 443,
    clientIp: '2001:db8::1',
    path: '/a "b"',
    status: 503,
    resBytes: 0,
    durationMs: 1.234,
    requestId: 'uid',
    requestHeaders: [
      ['X-Api-Key', 'k'],
      ['cookie', 'sess=s1'],
    ],
    responseHeaders: [['Retry-After', '30']],
    extras: [
      ['duration-s', '0'],
      ['tls', 'TLSv1.3'],
    ],
  });
  expect(timeOf(call)).toBe('2026-10-10T20:55:36.123000Z');
});

test('Gunicorn: its letters, and seconds with a fraction', () => {
  const call = read(
    '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %(L)s %({x-request-id}i)s',
    '1.2.3.4 - - [10/Oct/2026:13:55:36 -0700] "GET / HTTP/1.1" 200 5 "-" "curl" 0.012345 r-1',
  );
  expect(call).toMatchObject({ timeKind: 'end', durationMs: 12.345, userAgent: 'curl', requestHeaders: [['x-request-id', 'r-1']] });
  expect(call?.referer).toBeUndefined();
});

test('JSON that nginx writes by escape=json is read with the escapes of JSON', () => {
  const call = read(
    '{"time":"$time_iso8601","req":"$request","s":$status,"ua":"$http_user_agent","up":"$upstream_response_time"}',
    '{"time":"2026-01-02T03:04:05+02:00","req":"GET /\\u00e9?q=\\"a HTTP/1.1","s":200,"ua":"","up":""}',
    {
      escape: 'json',
    },
  );
  expect(call).toMatchObject({ path: '/é', query: 'q="a', status: 200 });
  expect(call?.userAgent).toBeUndefined();
  expect(timeOf(call)).toBe('2026-01-02T01:04:05.000000Z');
});

test.each([
  ['$host$request_uri $status', 'a.test/x/y?q 200', { host: 'a.test', path: '/x/y', query: 'q', status: 200 }],
  ['$uri$is_args$args $status', '/x?a=b 200', { path: '/x', query: 'a=b' }],
  ['$uri$is_args$args $status', '/x 200', { path: '/x', status: 200 }],
  ['"%m %U%q %H" %>s', '"GET /x?a=b HTTP/1.1" 200', { method: 'GET', path: '/x', query: 'a=b' }],
  ['$remote_addr:$remote_port $status', '2001:db8::1:4555 200', { clientIp: '2001:db8::1', extras: [['remote_port', '4555']] }],
  ['$msec $remote_addr', '1700000000.123 1.2.3.4', { time: 1_700_000_000_123_000, zoneKnown: true }],
  ['%{usec}t %h', '1700000000123456 1.2.3.4', { time: 1_700_000_000_123_456 }],
  ['%{end:%F %T}t %h', '2026-01-02 03:04:05 1.2.3.4', { timeKind: 'end', zoneKnown: false, timeText: '2026-01-02 03:04:05' }],
  ['%{%I:%M %p %m/%d/%y}t %h', '03:04 PM 01/02/26 1.2.3.4', { time: Date.UTC(2026, 0, 2, 15, 4) * 1000 }],
  ['$server_name $http_host $status', '_ a.test:81 200', { host: 'a.test', port: 81 }],
  ['$status $bytes_sent $body_bytes_sent', '200 300 100', { resBytes: 100, extras: [['bytes_sent', '300']] }],
  [
    '$remote_addr "$http_x_forwarded_for" $cookie_sid',
    '1.2.3.4 "9.9.9.9, 8.8.8.8" z',
    { forwardedFor: '9.9.9.9, 8.8.8.8', requestHeaders: [['cookie', 'sid=z']] },
  ],
  ['$remote_addr $status', '1.2.3.4 200 and more', { extras: [['rest-of-line', 'and more']] }],
  ['$jwt_claim_sub $remote_addr', 'user-7 1.2.3.4', { extras: [['jwt_claim_sub', 'user-7']] }],
] as const)('the format %s reads %s', (format, line, expected) => {
  expect(read(format, line)).toMatchObject(expected);
});

test('absent, "-" and 0 stay apart', () => {
  const call = read('$status $body_bytes_sent $request_time "$http_referer" $remote_user', '- 0 - "" -');
  for (const key of ['status', 'durationMs', 'referer', 'consumer'] as const) expect(call?.[key]).toBeUndefined();
  expect(call?.resBytes).toBe(0);
});

test('the last quoted field may lack its closing quote', () => {
  expect(read('$status "$http_user_agent"', '200 "Mozilla')?.userAgent).toBe('Mozilla');
});

test.each([
  ['a literal is missing', '$remote_addr - $status', '1.2.3.4 200'],
  ['a status is no number', '$remote_addr $status', '1.2.3.4 okay'],
  [
    'an address has blanks',
    '$remote_addr - $remote_user [$time_local]',
    'Sep 15 16:13:46 h nginx: 1.2.3.4 - - [24/Jan/2022:16:51:02 +0000]',
  ],
  ['a time has another form', '[$time_local] $status', '[2022-01-24] 200'],
] as const)('a line where %s does not follow the format', (_what, format, line) => {
  expect(compileLogFormat(format).match(line)).toBeUndefined();
});

test.each([
  ['%h%l', 'nothing stands between remote-host and ident'],
  ['%h %Y', '%Y is not known'],
  ['hello', 'it has no field'],
  ['%{%Q}t', '%Q in a time is not known'],
  ['%h 100% sure', 'at character 7'],
  ['$a'.padEnd(20_000, ' '), 'the limit is 16384'],
])('the format %s is refused with the reason', (format, reason) => {
  try {
    compileLogFormat(format);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'bad-params' });
    expect(String(error)).toContain(reason);
  }
});

test('a line of a megabyte that almost follows the format is judged at once', () => {
  const format = compileLogFormat(INGRESS);
  const start = '192.0.2.1 - - [24/Jan/2022:16:51:02 +0000] "';
  const started = performance.now();
  for (const line of [
    '"'.repeat(1_000_000),
    `1.2.3.4 - ${' ['.repeat(500_000)}`,
    start + '\\'.repeat(1_000_000),
    start + '" 200 '.repeat(200_000),
    `${start}GET / HTTP/1.1" 200 1 "x" 0.1 ${'1, '.repeat(300_000)}`,
  ])
    format.match(line);
  expect(performance.now() - started).toBeLessThan(1000);
});
