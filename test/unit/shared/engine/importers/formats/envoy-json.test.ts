import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { envoyJson } from '#shared/engine/importers/formats/envoy-json.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/envoy-json/${name}`, import.meta.url)));

test("Istio's keys: cluster gives the service, authority the host, the peer the client", async () => {
  const [item] = callsOf(await readAll(envoyJson, fixture('istio.jsonl')));
  expect(item?.call).toMatchObject({
    timeKind: 'start',
    zoneKnown: true,
    durationMs: 12,
    method: 'GET',
    host: 'shop.acme.test',
    port: 8080,
    path: '/productpage',
    query: 'u=0',
    status: 200,
    reqBytes: 0,
    resBytes: 4183,
    clientIp: '10.44.1.23',
    forwardedFor: '10.0.35.28, 10.0.0.9',
    userAgent: 'curl/8.5.0',
    requestId: 'cc21d9b0-cf5c-432b-8c7e-98aeb7988cd0',
    upstream: '10.44.1.27:80',
    service: 'httpbin.foo.svc.cluster.local',
    route: 'default',
    timings: [['upstream', 11]],
  });
  expect(item?.call.time && printTime(item.call.time)).toBe('2026-10-01T09:52:20.955000Z');
});

test('"-" and null are unknown, code 0 is no status, and the flags are kept', async () => {
  const item = callsOf(await readAll(envoyJson, fixture('istio.jsonl')))[4];
  expect(item?.call.method).toBeUndefined();
  expect(item?.call.path).toBeUndefined();
  expect(item?.call.status).toBeUndefined();
  expect(item?.call.extras).toContainEqual(['response_flags', 'DC']);
});

test("Envoy Gateway's header-like keys map to the same fields and stay headers", async () => {
  const [item] = callsOf(await readAll(envoyJson, fixture('gateway-mixed.log')));
  expect(item?.call).toMatchObject({
    host: 'www.example.com',
    path: '/assets/image.webp',
    clientIp: '10.0.0.12',
    upstream: '10.42.0.82:8080',
  });
  expect(item?.call.requestHeaders?.map(([name]) => name)).toContain('user-agent');
  expect(item?.call.userAgent).toContain('Firefox');
});

test('an IPv6 peer loses brackets and port', async () => {
  const calls = callsOf(await readAll(envoyJson, fixture('gateway-mixed.log')));
  expect(calls.some((item) => item.call.clientIp?.startsWith('fd00:') === true)).toBe(true);
});

test('application log lines are skipped, and lines in text form read as such', async () => {
  expect(issuesOf(await readAll(envoyJson, fixture('istio.jsonl'))).map((issue) => issue.code)).toEqual(['NOT_HTTP']);
  const mixed = await readAll(envoyJson, fixture('gateway-mixed.log'));
  expect(issuesOf(mixed)).toEqual([]);
  expect(callsOf(mixed).filter(({ format }) => format === 'envoy-text')).toHaveLength(4);
});

test('headers that a log format names are headers, so that credentials among them are masked', async () => {
  const [item] = callsOf(
    await readAll(
      envoyJson,
      '{"method":"GET","path":"/","response_code":200,"authorization":"Bearer x","x-api-key":"k","cookie":"a=b","tenant":"t"}',
    ),
  );
  expect(item?.call.requestHeaders).toEqual([
    ['authorization', 'Bearer x'],
    ['x-api-key', 'k'],
    ['cookie', 'a=b'],
  ]);
  expect(item?.call.extras).toEqual([['tenant', 't']]);
});
