import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apacheSslRequest } from '#shared/engine/importers/formats/apache-ssl-request.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const fixture = new Uint8Array(readFileSync(new URL('../../../../../fixtures/apache-ssl-request/ssl_request_log', import.meta.url)));
const timeOf = (call: { readonly time?: Parameters<typeof printTime>[0] | undefined } | undefined): string | undefined =>
  call?.time === undefined ? undefined : printTime(call.time);

test('TLS, request and size are found; there is no status', async () => {
  const items = await readAll(apacheSslRequest, fixture);
  const calls = callsOf(items).map((item) => item.call);
  expect(calls[0]).toMatchObject({
    timeKind: 'start',
    clientIp: '192.0.2.7',
    method: 'GET',
    path: '/orders',
    query: 'page=2',
    resBytes: 512,
    extras: [['tls', 'TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384']],
  });
  expect(calls[0]?.status).toBeUndefined();
  expect(timeOf(calls[0])).toBe('2026-01-02T02:04:05.000000Z');
  expect(calls[1]).toMatchObject({ clientIp: '2001:db8::7', resBytes: 0 });
  for (const key of ['method', 'path'] as const) expect(calls[2]?.[key]).toBeUndefined();
  expect(countOf(items)).toMatchObject({ accepted: 3, rejected: 0 });
});
