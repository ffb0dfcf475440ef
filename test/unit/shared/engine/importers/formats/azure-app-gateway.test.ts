import { expect, test } from 'vitest';
import { azureAppGateway } from '#shared/engine/importers/formats/azure-app-gateway.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

test('version 1 counts milliseconds and puts its own facts into the query', async () => {
  const [call] = await readCalls(azureAppGateway, fixture('azure-app-gateway/v1-v2.json'));
  expect(call).toMatchObject({
    durationMs: 205,
    method: 'GET',
    scheme: 'http',
    host: 'www.contoso.com',
    path: '/phpmyadmin/scripts/setup.php',
    query: undefined,
    status: 404,
    reqBytes: 65,
    resBytes: 553,
    userAgent: undefined,
    upstream: '10.4.0.4',
    timeKind: 'unknown',
  });
  expect(extrasOf(call)).toMatchObject({ 'time-taken-unit': 'ms', clientPort: '46886' });
});

test('version 2 counts seconds, and the URL before it was rewritten is what the client sent', async () => {
  const call = (await readCalls(azureAppGateway, fixture('azure-app-gateway/v1-v2.json')))[1];
  expect(call?.time && printTime(call.time)).toBe('2023-06-12T16:58:39.000000Z');
  expect(call).toMatchObject({
    durationMs: 13,
    scheme: 'https',
    host: 'shop.example',
    path: '/search',
    query: 'q=books',
    upstream: '172.253.63.106:80',
    route: 'Rule',
    service: 'Pool',
    timings: [
      ['server', 12],
      ['client', 0],
    ],
  });
  expect(extrasOf(call)).toMatchObject({ requestUri: '/rewritten', requestQuery: 'q=other', host: '10.0.0.4' });
});

test('records of the firewall in the same container are skipped with a reason', async () => {
  expect(await readIssues(azureAppGateway, fixture('azure-app-gateway/v1-v2.json'))).toEqual([
    '3: NOT_HTTP a record of ApplicationGatewayFirewallLog, not of a call',
  ]);
});

test('real records: a fraction is never of version 1, and an empty text is no number', async () => {
  const calls = await readCalls(azureAppGateway, fixture('corpus/azure/otelcontrib-appgw-access.json'));
  expect(calls.map((call) => call.durationMs)).toEqual([205, 205_000, 34, 205, 13, 97]);
  expect(calls[5]).toMatchObject({ method: undefined, path: undefined, host: undefined, status: 400, reqBytes: 0 });
});

test('columns of Log Analytics, with suffixes or as the portal exports them, say the same', async () => {
  const [diagnostics, portal] = await readCalls(azureAppGateway, fixture('azure-app-gateway/log-analytics.json'));
  expect(diagnostics).toMatchObject({ method: 'POST', path: '/orders', query: 'a=1', status: 201, durationMs: 250, clientIp: '192.0.2.9' });
  expect(portal?.time && printTime(portal.time)).toBe('2023-06-12T16:58:40.123000Z');
  expect(portal).toMatchObject({ method: 'GET', path: '/orders/7', status: 200, durationMs: 125, zoneKnown: true });
});
