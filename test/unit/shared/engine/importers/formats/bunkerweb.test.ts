import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bunkerweb } from '#shared/engine/importers/formats/bunkerweb.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const fixture = new Uint8Array(readFileSync(new URL('../../../../../fixtures/bunkerweb/access.log', import.meta.url)));
const timeOf = (call: { readonly time?: Parameters<typeof printTime>[0] | undefined } | undefined): string | undefined =>
  call?.time === undefined ? undefined : printTime(call.time);

test('host, client, request id and user stand in front', async () => {
  const calls = callsOf(await readAll(bunkerweb, fixture)).map((item) => item.call);
  expect(calls[0]).toMatchObject({
    host: 'shop.test',
    clientIp: '192.0.2.7',
    requestId: '4bf92f3577b34da6a3ce929d0e0e4736',
  });
  expect(calls[0]?.consumer).toBeUndefined();
  expect(calls[1]).toMatchObject({ consumer: 'jane doe', userAgent: 'Mozilla/5.0 "q"', timeKind: 'end' });
  expect(timeOf(calls[1])).toBe('2026-01-02T03:04:06.000000Z');
});

test('a line without a request id, and without a request', async () => {
  const items = await readAll(bunkerweb, fixture);
  const call = callsOf(items)[2]?.call;
  expect(call).toMatchObject({ path: '\\x16\\x03\\x01', status: 400 });
  expect(call?.requestId).toBeUndefined();
  expect(call?.method).toBeUndefined();
  expect(countOf(items).accepted).toBe(3);
});
