import { expect, test } from 'vitest';
import { azureApim } from '#shared/engine/importers/formats/azure-apim.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

test('a call with headers, a cut body and a back end that took longer than the whole', async () => {
  const [call] = await readCalls(azureApim, fixture('azure-apim/gateway.json'));
  expect(call?.time && printTime(call.time)).toBe('2021-02-26T13:05:40.531245Z');
  expect(call).toMatchObject({
    durationMs: 23,
    method: 'GET',
    scheme: 'https',
    host: 'shop.azure-api.net',
    port: 443,
    path: '/orders/7',
    query: 'full=1',
    status: 200,
    reqBytes: 0,
    resBytes: 392,
    clientIp: '203.0.113.5',
    userAgent: 'curl/8.0',
    consumer: '1',
    credentialId: 'sub-7',
    route: 'orders/get-order',
    service: 'orders',
    upstream: 'backend.example:8443',
    timings: [
      ['backend', 31],
      ['client', 2],
    ],
  });
  expect(call?.requestHeaders).toContainEqual(['Ocp-Apim-Subscription-Key', '0123456789abcdef0123456789abcdef']);
  expect(call?.responseBody).toMatchObject({
    text: '{"id":7,"item":"bo',
    mime: 'application/json',
    note: 'the gateway cut bodies of this record',
  });
  expect(extrasOf(call)).toMatchObject({ 'backend-target': '/v1/orders/7', backendResponseCode: '200', productId: 'starter' });
});

test('a call that the gateway refused says why', async () => {
  const call = (await readCalls(azureApim, fixture('azure-apim/gateway.json')))[1];
  expect(call).toMatchObject({ status: 401, upstream: undefined, consumer: undefined });
  expect(extrasOf(call)['lastError']).toContain('TokenNotPresent');
});

test('token counts of a model are no call', async () => {
  expect(await readIssues(azureApim, fixture('azure-apim/gateway.json'))).toEqual([
    '3: NOT_HTTP a record of GatewayLlmLogs, not of a call',
  ]);
});

test("rows of the resource's own table carry headers as text", async () => {
  const row = {
    TimeGenerated: '2021-02-26T13:05:40Z',
    Method: 'GET',
    Url: 'https://a.example/x',
    ResponseCode: '200',
    TotalTime: '12',
    ApiId: 'a',
    OperationId: 'o',
    CallerIpAddress: '192.0.2.1',
    CorrelationId: 'c',
    RequestHeaders: '{"User-Agent":"x/1"}',
  };
  const [call] = await readCalls(azureApim, `${JSON.stringify(row)}\n`);
  expect(call).toMatchObject({ durationMs: 12, userAgent: 'x/1', path: '/x', status: 200, route: 'a/o' });
});
