import { expect, test } from 'vitest';
import { logfmt } from '#shared/engine/importers/formats/logfmt.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { splitLogfmt } from '#shared/engine/importers/logfmt/logfmt-line.ts';
import { printTime } from '#shared/model/units.ts';
import { toBytes } from '#test/support/read-evidence.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

test("Heroku's router: the program's time, the client that the router saw, the server behind it", async () => {
  const [first, second] = await readCalls(logfmt, fixture('logfmt/heroku.log'));
  expect(first).toMatchObject({
    timeText: '2024-05-02T17:42:15.123456+00:00',
    timeKind: 'unknown',
    zoneKnown: true,
    durationMs: 18,
    method: 'GET',
    scheme: 'https',
    host: 'shop.example',
    path: '/orders',
    query: 'limit=5',
    status: 200,
    resBytes: 13,
    clientIp: '198.51.100.2',
    forwardedFor: '203.0.113.7, 198.51.100.2',
    requestId: '8601b555-6a83-4c12-8269-97c8e32cdb22',
    upstream: 'web.1',
    timings: [['connect', 1]],
  });
  expect(first?.time && printTime(first.time)).toBe('2024-05-02T17:42:15.123456Z');
  expect(second).toMatchObject({ status: 503, resBytes: 0, durationMs: 30001 });
  expect(extrasOf(second)).toMatchObject({ code: 'H12', desc: 'Request timeout' });
});

test("Tyk's access log: milliseconds, a key as a header, escapes undone once, and every other pair kept", async () => {
  const [call] = await readCalls(logfmt, fixture('logfmt/tyk.log'));
  expect(call).toMatchObject({
    durationMs: 62,
    host: 'gateway.example',
    port: 8080,
    clientIp: '203.0.113.7',
    userAgent: 'curl/8.1 "x"',
    service: 'orders api',
    upstream: 'http://orders.internal/',
    requestHeaders: [['api-key', '****7b71']],
  });
  expect(extrasOf(call)).toMatchObject({
    upstream_latency: '60',
    remote_addr: '10.0.0.1:51326',
    protocol: 'HTTP/1.1',
    prefix: 'access-log',
  });
});

test('messages of the programs are skipped with a reason', async () => {
  const why = 'NOT_HTTP pairs without method, path and status: a message of the program';
  expect(await readIssues(logfmt, fixture('logfmt/tyk.log'))).toEqual([`3: ${why}`]);
});

test('a duration without a unit is kept, not guessed', async () => {
  const [call] = await readCalls(logfmt, 'ts=1714671735 method=get path=/a status=200 duration=12\n');
  expect(call).toMatchObject({ method: 'GET', durationMs: undefined, zoneKnown: true });
  expect(extrasOf(call)).toEqual({ duration: '12' });
});

test('only requests make a file one of this format', () => {
  const idOf = (text: string): string | undefined => recognize(toBytes(text), 'x.log', undefined, {}).importer?.id;
  expect(idOf('time=2024-05-02T17:42:15Z method=GET path=/a status=200\n')).toBe('logfmt');
  expect(idOf('time=2024-05-02T17:42:15Z level=info msg=started\n'.repeat(5))).toBeUndefined();
  expect(idOf('method=GET path=/a\n'.repeat(5))).toBeUndefined();
  expect(idOf('status=ok method=card path=/a\n'.repeat(5))).toBeUndefined();
});

test('a line of quotes inside of words is none, and is judged at once', () => {
  expect(splitLogfmt('a="b"c=d')).toBeUndefined();
  expect(splitLogfmt('a="'.repeat(200_000))).toBeUndefined();
  expect(splitLogfmt('a="b c" d=e')?.pairs).toEqual(
    new Map([
      ['a', 'b c'],
      ['d', 'e'],
    ]),
  );
});
