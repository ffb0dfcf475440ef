import { expect, test } from 'vitest';
import { fastlyJson } from '#shared/engine/importers/formats/fastly-json.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

test("the documentation's keys, and a duration in microseconds where an owner adds it", async () => {
  const [edge, shield] = await readCalls(fastlyJson, fixture('fastly-json/log.ndjson'));
  expect(edge?.time && printTime(edge.time)).toBe('2023-03-30T17:38:24.000000Z');
  expect(edge).toMatchObject({
    timeKind: 'start',
    zoneKnown: true,
    method: 'GET',
    host: 'www.example.com',
    path: '/a',
    query: 'b=1',
    status: 200,
    resBytes: 1024,
    clientIp: '192.0.2.7',
    userAgent: 'curl/8.0',
    referer: undefined,
    durationMs: undefined,
  });
  expect(extrasOf(edge)).toMatchObject({ response_state: 'HIT-CLUSTER', fastly_is_edge: 'true' });
  expect(shield).toMatchObject({ durationMs: 12.5, status: 503, resBytes: 0 });
  expect(extrasOf(shield)['fastly_is_edge']).toBe('false');
});

test('who is logged in and in which session, from fields that owners add', async () => {
  const [line = ''] = new TextDecoder().decode(fixture('fastly-json/log.ndjson')).split('\n');
  const added = { ...(JSON.parse(line) as object), portal_user: 'ann@acme.test', sid: '9f2c41d07b3e' };
  expect((await readCalls(fastlyJson, JSON.stringify(added)))[0]).toMatchObject({ consumer: 'ann@acme.test', sessionId: '9f2c41d07b3e' });
});
