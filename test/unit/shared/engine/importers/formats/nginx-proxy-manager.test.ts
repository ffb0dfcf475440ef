import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nginxProxyManager } from '#shared/engine/importers/formats/nginx-proxy-manager.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const fixture = new Uint8Array(
  readFileSync(new URL('../../../../../fixtures/nginx-proxy-manager/proxy-host-1_access.log', import.meta.url)),
);
const timeOf = (call: { readonly time?: Parameters<typeof printTime>[0] | undefined } | undefined): string | undefined =>
  call?.time === undefined ? undefined : printTime(call.time);

test('both kinds of lines are read, and error lines are skipped', async () => {
  const items = await readAll(nginxProxyManager, fixture);
  const calls = callsOf(items).map((item) => item.call);
  expect(calls[0]).toMatchObject({
    timeKind: 'end',
    method: 'GET',
    scheme: 'https',
    host: 'shop.test',
    path: '/orders',
    query: 'page=2',
    status: 200,
    resBytes: 512,
    clientIp: '192.0.2.7',
    upstream: '10.0.0.15',
    userAgent: 'curl/8.5.0',
  });
  expect(timeOf(calls[0])).toBe('2026-01-02T03:04:05.000000Z');
  expect(calls[1]).toMatchObject({ userAgent: 'Mozilla/5.0 (X11) [x]', referer: 'https://shop.test/' });
  expect(calls[1]?.extras).toContainEqual(['upstream_cache_status', 'HIT']);
  expect(calls[2]).toMatchObject({ status: 444 });
  expect(calls[2]?.upstream).toBeUndefined();
  expect(countOf(items)).toMatchObject({ accepted: 3, rejected: 0, skipped: 1 });
});
