import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { zeekHttpJson } from '#shared/engine/importers/formats/zeek-http-json.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const bytes = new Uint8Array(readFileSync(new URL('../../../../../fixtures/zeek-http-json/http.log', import.meta.url)));

test('flat and nested addresses, seconds and ISO times read alike', async () => {
  const [flat, nested, answer] = callsOf(await readAll(zeekHttpJson, bytes)).map((item) => item.call);
  expect(flat).toMatchObject({
    timeKind: 'start',
    zoneKnown: true,
    method: 'GET',
    scheme: 'http',
    host: 'testmyids.com',
    port: 80,
    path: '/',
    status: 200,
    reqBytes: 0,
    resBytes: 39,
    clientIp: '192.168.4.76',
    contentType: 'text/plain',
  });
  expect(flat?.time && printTime(flat.time)).toBe('2020-06-05T14:39:59.305988Z');
  expect(nested).toMatchObject({
    timeText: '2020-06-05T14:40:00.000001Z',
    clientIp: '2001:db8::7',
    host: '2001:db8::80',
    port: 8080,
    path: '/login',
    query: 'next=%2F',
    status: undefined,
    consumer: 'anna',
    forwardedFor: '203.0.113.7',
    extras: expect.arrayContaining([
      ['id.orig_p', '1286'],
      ['tags', 'HTTP::URI_SQLI'],
    ]) as unknown,
  });
  expect(nested?.reqBytes).toBeUndefined();
  expect(answer).toMatchObject({ method: undefined, status: 400, host: '31.3.245.133' });
});

test("a record of Zeek's other logs is skipped", async () => {
  expect(issuesOf(await readAll(zeekHttpJson, bytes)).map(({ record, message }) => [record, message])).toEqual([
    [3, "a record of Zeek's conn log"],
  ]);
});

test('a password does not leave intake in clear', async () => {
  const nested = callsOf(await readAll(zeekHttpJson, bytes))[1]?.call;
  if (nested === undefined) throw new Error('no call');
  const stored = JSON.stringify(createIntake(nodeCrypto, new Uint8Array(32).fill(9)).maskCall(nested));
  expect(stored).not.toContain('S3cret-Passw0rd');
});
