import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ingressNginx } from '#shared/engine/importers/formats/ingress-nginx.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const fixture = new Uint8Array(readFileSync(new URL('../../../../../fixtures/ingress-nginx/controller.log', import.meta.url)));
const timeOf = (call: { readonly time?: Parameters<typeof printTime>[0] | undefined } | undefined): string | undefined =>
  call?.time === undefined ? undefined : printTime(call.time);

test('service, upstream, sizes, request id and both times are found', async () => {
  const [first] = callsOf(await readAll(ingressNginx, fixture));
  expect(first?.call).toMatchObject({
    timeKind: 'end',
    durationMs: 42,
    reqBytes: 412,
    resBytes: 512,
    service: 'default-orders-80',
    upstream: '10.1.0.4:8080',
    requestId: '4bf92f3577b34da6a3ce929d0e0e4736',
    timings: [['upstream', 40]],
    extras: [
      ['upstream_response_length', '512'],
      ['upstream-status', '200'],
    ],
  });
  expect(timeOf(first?.call)).toBe('2026-01-02T03:04:05.000000Z');
});

test('a second try adds its time, and its server counts', async () => {
  const call = callsOf(await readAll(ingressNginx, fixture))[1]?.call;
  expect(call).toMatchObject({ upstream: '10.1.0.5:8080', timings: [['upstream', 1205]], consumer: 'jane', userAgent: 'Mozilla/5.0 "x"' });
  expect(call?.extras).toContainEqual(['proxy_alternative_upstream_name', 'default-orders-canary-80']);
});

test('a call that reached no backend has no upstream, and a message of the controller is skipped', async () => {
  const items = await readAll(ingressNginx, fixture);
  expect(callsOf(items)[3]?.call).toMatchObject({ status: 308 });
  for (const key of ['upstream', 'timings'] as const) expect(callsOf(items)[3]?.call[key]).toBeUndefined();
  expect(countOf(items)).toMatchObject({ accepted: 5, rejected: 0, skipped: 1 });
});
