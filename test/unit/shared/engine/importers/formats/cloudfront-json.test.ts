import { expect, test } from 'vitest';
import { cloudfrontJson } from '#shared/engine/importers/formats/cloudfront-json.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

test('fields are read as those of the table', async () => {
  const [call, exact, few] = await readCalls(cloudfrontJson, fixture('cloudfront-json/v2.jsonl'));
  expect(call).toMatchObject({
    timeText: '2019-12-04 21:02:31',
    timeKind: 'end',
    zoneKnown: true,
    durationMs: 113,
    method: 'GET',
    scheme: 'https',
    host: 'www.example.com',
    path: '/index.html',
    query: 'a=1',
    status: 200,
    resBytes: 392,
    reqBytes: 23,
    clientIp: '192.0.2.100',
    userAgent: 'Mozilla/5.0 (Windows NT 10.0)',
    referer: undefined,
    timings: [['first-byte', 100]],
  });
  expect(exact?.time && printTime(exact.time)).toBe('2019-12-04T21:02:31.123000Z');
  expect(few).toMatchObject({ timeText: '1575493352', timeKind: 'end', zoneKnown: true, status: 404, durationMs: 500 });
  expect(extrasOf(few)).toEqual({ asn: '64496', 'x-edge-result-type': 'Error' });
});
