import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { zoraxy } from '#shared/engine/importers/formats/zoraxy.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const fixture = new Uint8Array(readFileSync(new URL('../../../../../fixtures/zoraxy/zr.log', import.meta.url)));
const timeOf = (call: { readonly time?: Parameters<typeof printTime>[0] | undefined } | undefined): string | undefined =>
  call?.time === undefined ? undefined : printTime(call.time);

test('the time is local and to the microsecond; older lines have no user agent', async () => {
  const calls = callsOf(await readAll(zoraxy, fixture, { zoneOffsetMinutes: 60 })).map((item) => item.call);
  expect(calls[0]).toMatchObject({
    timeKind: 'unknown',
    zoneKnown: false,
    host: 'shop.test',
    clientIp: '192.0.2.7',
    userAgent: 'Mozilla/5.0 (X11) [x] like Gecko',
    method: 'POST',
    path: '/orders',
    query: 'a=1',
    status: 201,
    extras: [['router', 'host-http']],
  });
  expect(timeOf(calls[0])).toBe('2026-01-02T02:04:05.150624Z');
  expect(calls[2]).toMatchObject({ status: 403 });
  expect(calls[2]?.userAgent).toBeUndefined();
});

test('every line is a call', async () => {
  expect(countOf(await readAll(zoraxy, fixture))).toMatchObject({ accepted: 3, rejected: 0, skipped: 0 });
});

test('a user agent that looks like the end of a line is still one', async () => {
  const line = '[2026-01-02 03:04:07.000001] [router:r] [origin:o.test] [client: 192.0.2.66] [useragent: x] GET /fake 200] POST /real 404';
  expect(callsOf(await readAll(zoraxy, line))[0]?.call).toMatchObject({
    userAgent: 'x] GET /fake 200',
    method: 'POST',
    path: '/real',
    status: 404,
  });
});
