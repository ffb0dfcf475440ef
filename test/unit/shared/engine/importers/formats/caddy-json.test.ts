import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { caddyJson } from '#shared/engine/importers/formats/caddy-json.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const bytes = new Uint8Array(readFileSync(new URL('../../../../../fixtures/caddy-json/access.jsonl', import.meta.url)));

test('times are the end, durations seconds, header values lists, and TLS numbers get their names', async () => {
  const [item] = callsOf(await readAll(caddyJson, bytes));
  expect(item?.call).toMatchObject({
    timeKind: 'end',
    durationMs: 782.670468,
    method: 'GET',
    scheme: 'https',
    host: 'shop.test',
    port: 8443,
    path: '/orders',
    query: 'page=2',
    status: 200,
    reqBytes: 12,
    resBytes: 18630,
    clientIp: '203.0.113.9',
    consumer: 'bob',
    contentType: 'application/json',
  });
  expect(item?.call.time && printTime(item.call.time)).toBe('2025-10-21T04:10:28.615395Z');
  expect(item?.call.requestHeaders).toEqual(
    expect.arrayContaining([
      ['Accept', 'text/html'],
      ['Accept', '*/*'],
      ['Cookie', 'REDACTED'],
    ]),
  );
  expect(item?.call.extras).toEqual(
    expect.arrayContaining([
      ['tls', 'TLSv1.3 TLS_AES_128_GCM_SHA256 h2'],
      ['remote_ip', '172.19.0.1'],
    ]),
  );
});

test('version 2.4 and other encoders: address with its port, ISO time, a duration with its unit', async () => {
  const [, item] = callsOf(await readAll(caddyJson, bytes));
  expect(item?.call).toMatchObject({ clientIp: '2001:db8::1', durationMs: 1.2, timeText: '2025-10-21T04:10:30.5Z', scheme: undefined });
});

test('status 0 is absent, and records of other loggers are skipped', async () => {
  const items = await readAll(caddyJson, bytes);
  expect(callsOf(items)[2]?.call).toMatchObject({ path: '/hijacked', status: undefined, resBytes: 0, clientIp: '172.19.0.1' });
  expect(issuesOf(items).map(({ severity, message }) => [severity, message])).toEqual([['skip', 'a record of another logger: tls']]);
});

const userOf = async (request: Readonly<Record<string, unknown>>): Promise<string | undefined> => {
  const record = { level: 'info', ts: 1761019828.6, logger: 'http.log.access', msg: 'handled request', status: 200, size: 12, duration: 0.1, request: { proto: 'HTTP/1.1', method: 'GET', host: 'desk.test', uri: '/', ...request } }; // prettier-ignore
  const [item] = callsOf(await readAll(caddyJson, new TextEncoder().encode(`${JSON.stringify(record)}\n`)));
  return item?.call.consumer;
};

test('who a proxy logged in is the caller: by its headers, from inside or through a trusted proxy', async () => {
  const headers = { 'X-Auth-Request-Email': ['mia@desk.test'] };
  expect(await userOf({ remote_ip: '10.2.0.4', headers })).toBe('mia@desk.test');
  expect(await userOf({ remote_ip: '198.51.100.4', client_ip: '203.0.113.7', headers: { 'Remote-User': ['mia'] } })).toBe('mia');
});

test('a name that the client alone can have sent names nobody, nor does an empty one', async () => {
  expect(await userOf({ remote_ip: '203.0.113.7', client_ip: '203.0.113.7', headers: { 'X-Forwarded-User': ['admin'] } })).toBeUndefined();
  expect(await userOf({ remote_ip: '203.0.113.7', client_ip: '203.0.113.7', headers: { 'Remote-User': ['admin'], Cookie: ['REDACTED'] } })).toBeUndefined(); // prettier-ignore
  expect(await userOf({ remote_ip: '10.2.0.4', headers: { 'X-Forwarded-User': [''], 'Remote-User': ['-'] } })).toBeUndefined();
  expect(await userOf({ remote_ip: '10.2.0.4', headers: {} })).toBeUndefined();
});
