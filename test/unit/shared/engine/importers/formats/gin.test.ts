import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gin } from '#shared/engine/importers/formats/gin.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const fixture = new Uint8Array(readFileSync(new URL('../../../../../fixtures/gin/krakend.log', import.meta.url)));
const timeOf = (call: { readonly time?: Parameters<typeof printTime>[0] | undefined } | undefined): string | undefined =>
  call?.time === undefined ? undefined : printTime(call.time);

test('durations carry their unit, the local time is the end', async () => {
  const items = await readAll(gin, fixture, { zoneOffsetMinutes: 60 });
  const calls = callsOf(items).map((item) => item.call);
  expect(calls[0]).toMatchObject({
    timeKind: 'end',
    zoneKnown: false,
    method: 'GET',
    path: '/user/foo',
    query: 'x=1',
    status: 200,
    clientIp: '172.17.0.1',
  });
  expect(calls[0]?.durationMs).toBeCloseTo(0.004529, 9);
  expect(timeOf(calls[0])).toBe('2026-01-02T02:04:05.000000Z');
  expect(calls[1]?.durationMs).toBeCloseTo(1052.5213, 6);
  expect(calls[2]).toMatchObject({ durationMs: 62_000, clientIp: '2001:db8::7', method: 'DELETE', path: '/old/style path' });
  expect(countOf(items)).toMatchObject({ accepted: 3, rejected: 0, skipped: 2 });
});

test('colours of a terminal do not matter', async () => {
  const line =
    '[GIN] 2026/01/02 - 03:04:05 |\u001B[97;42m 200 \u001B[0m|     1.5ms |       192.0.2.7 |\u001B[97;44m GET     \u001B[0m "/a"';
  expect(callsOf(await readAll(gin, line))[0]?.call).toMatchObject({
    status: 200,
    method: 'GET',
    path: '/a',
    durationMs: 1.5,
    rawText: line,
  });
});
