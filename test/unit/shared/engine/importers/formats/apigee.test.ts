import { expect, test } from 'vitest';
import { apigee } from '#shared/engine/importers/formats/apigee.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

test('a row: times in UTC, the resolved client, the app, and the key as a header', async () => {
  const [call] = await readCalls(apigee, fixture('apigee/export.jsonl'));
  expect(call?.time && printTime(call.time)).toBe('2023-03-30T17:38:24.735000Z');
  expect(call).toMatchObject({
    timeKind: 'start',
    zoneKnown: true,
    durationMs: 42,
    timings: [['target', 30]],
    method: 'GET',
    path: '/v1/orders/7',
    query: 'full=1',
    status: 200,
    reqBytes: 0,
    resBytes: 512,
    clientIp: '192.0.2.7',
    forwardedFor: '192.0.2.7, 10.0.0.1',
    consumer: 'mobile',
    service: 'orders-v1',
    upstream: 'backend.example',
    requestId: 'rrt-1',
    requestHeaders: [['x-apikey', 'Zx81keyZx81keyZx81keyZx81key']],
  });
  expect(call?.credentialId).toBeUndefined();
  expect(extrasOf(call)).toMatchObject({ api_product: 'orders', developer: 'org@@@dev-1' });
});

test('"(not set)" is nothing, texts are numbers, and a path is put together where no URI stands', async () => {
  const call = (await readCalls(apigee, fixture('apigee/export.jsonl')))[1];
  expect(call).toMatchObject({ path: '/v1/orders', status: 401, durationMs: 3, consumer: undefined, requestHeaders: undefined });
  expect(extrasOf(call)['x_apigee_fault_code']).toBe('oauth.v2.InvalidApiKey');
});
