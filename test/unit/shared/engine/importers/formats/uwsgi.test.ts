import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { uwsgi } from '#shared/engine/importers/formats/uwsgi.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const fixture = new Uint8Array(readFileSync(new URL('../../../../../fixtures/uwsgi/uwsgi.log', import.meta.url)));
const timeOf = (call: { readonly time?: Parameters<typeof printTime>[0] | undefined } | undefined): string | undefined =>
  call?.time === undefined ? undefined : printTime(call.time);

test('the time is the local start, and the unit of the duration stands in each line', async () => {
  const items = await readAll(uwsgi, fixture, { zoneOffsetMinutes: -300 });
  const calls = callsOf(items).map((item) => item.call);
  expect(calls[0]).toMatchObject({
    timeKind: 'start',
    zoneKnown: false,
    durationMs: 129,
    clientIp: '192.0.2.7',
    method: 'POST',
    path: '/orders',
    query: 'a=b c',
    status: 201,
    resBytes: 47,
  });
  expect(timeOf(calls[0])).toBe('2026-01-02T08:04:05.000000Z');
  expect(calls[1]).toMatchObject({ durationMs: 0.068, consumer: 'jane' });
  expect(countOf(items)).toMatchObject({ accepted: 3, rejected: 0, skipped: 1 });
});
