import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apisixAccess } from '#shared/engine/importers/formats/apisix-access.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const fixture = new Uint8Array(readFileSync(new URL('../../../../../fixtures/apisix-access/access.log', import.meta.url)));
const timeOf = (call: { readonly time?: Parameters<typeof printTime>[0] | undefined } | undefined): string | undefined =>
  call?.time === undefined ? undefined : printTime(call.time);

test('the host stands between time and request', async () => {
  const [first] = callsOf(await readAll(apisixAccess, fixture));
  expect(first?.call).toMatchObject({
    timeKind: 'end',
    host: 'gw.shop.test',
    port: 9080,
    path: '/orders',
    query: 'id=1',
    status: 200,
    resBytes: 118,
    durationMs: 105,
    upstream: '10.0.0.2:1980',
    timings: [['upstream', 98]],
  });
  expect(timeOf(first?.call)).toBe('2026-01-02T03:04:05.000000Z');
  expect(first?.call.extras).toContainEqual(['upstream_uri', '/orders?id=1']);
});

test('tries are a list, a call without a route has no upstream, and newer versions add a request id', async () => {
  const items = await readAll(apisixAccess, fixture);
  const calls = callsOf(items).map((item) => item.call);
  expect(calls[1]).toMatchObject({ consumer: 'jane', upstream: '10.0.0.3:1980', timings: [['upstream', 1203]] });
  expect(calls[2]).toMatchObject({ status: 404 });
  expect(calls[2]?.upstream).toBeUndefined();
  expect(calls[3]).toMatchObject({ status: 401, requestId: 'c1f9a0f0b6f3a1c5f2b4c8d0e1a2b3c4' });
  expect(countOf(items)).toMatchObject({ accepted: 4, rejected: 0 });
});
