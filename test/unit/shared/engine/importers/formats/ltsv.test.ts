import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ltsv } from '#shared/engine/importers/formats/ltsv.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const fixture = new Uint8Array(readFileSync(new URL('../../../../../fixtures/ltsv/access.ltsv', import.meta.url)));
const timeOf = (call: { readonly time?: Parameters<typeof printTime>[0] | undefined } | undefined): string | undefined =>
  call?.time === undefined ? undefined : printTime(call.time);

test("ltsv.org's labels: host is the client, values may hold colons", async () => {
  const call = callsOf(await readAll(ltsv, fixture))[0]?.call;
  expect(call).toMatchObject({
    timeKind: 'unknown',
    clientIp: '192.0.2.7',
    consumer: 'jane',
    method: 'GET',
    path: '/orders',
    query: 'a=b:c',
    status: 200,
    resBytes: 512,
    host: 'shop.test',
    port: 8443,
    userAgent: 'Mozilla/5.0 (X11; Linux: x)',
    durationMs: 42.5,
    extras: [['cache', 'HIT']],
  });
  expect(call?.referer).toBeUndefined();
  expect(timeOf(call)).toBe('2026-01-01T18:04:05.000000Z');
});

test("nginx's names: host is what was asked for, times are in seconds", async () => {
  const call = callsOf(await readAll(ltsv, fixture))[1]?.call;
  expect(call).toMatchObject({
    clientIp: '192.0.2.9',
    host: 'api.shop.test',
    method: 'POST',
    path: '/orders',
    query: 'x=1',
    reqBytes: 80,
    resBytes: 0,
    forwardedFor: '198.51.100.4, 10.0.0.1',
    durationMs: 120,
    timings: [['upstream', 100]],
  });
  expect(timeOf(call)).toBe('2026-01-01T18:04:06.000000Z');
});

test('a call without a request has a status and no size', async () => {
  const call = callsOf(await readAll(ltsv, fixture))[2]?.call;
  expect(call).toMatchObject({ status: 408 });
  for (const key of ['method', 'path', 'resBytes'] as const) expect(call?.[key]).toBeUndefined();
});

test('a field without a label makes the line bad, and says which', async () => {
  const items = await readAll(ltsv, 'time:[02/Jan/2026:03:04:05 +0900]\treq:GET / HTTP/1.1\t404\tstatus:1\n');
  expect(items).toContainEqual(expect.objectContaining({ severity: 'reject', message: 'a field without a label: 404' }));
  expect(countOf(items).accepted).toBe(0);
});
