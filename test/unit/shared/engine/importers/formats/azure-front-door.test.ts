import { expect, test } from 'vitest';
import { azureFrontDoor } from '#shared/engine/importers/formats/azure-front-door.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

test('numbers are texts, times are seconds, N/A is nothing', async () => {
  const [call] = await readCalls(azureFrontDoor, fixture('azure-front-door/access.json'));
  expect(call).toMatchObject({
    durationMs: 35,
    method: 'GET',
    scheme: 'https',
    host: 'shop.example.azurefd.net',
    port: 443,
    path: '/a',
    query: 'b=1',
    status: 200,
    reqBytes: 60,
    resBytes: 1624,
    clientIp: '2001:db8::7',
    referer: undefined,
    upstream: '192.0.2.29:443',
    route: 'route-1',
    requestId: '20250424T131428Z-1',
    timings: [['first-byte', 30]],
  });
  const extras = extrasOf(call);
  expect(extras).toMatchObject({ socketIp: '2001:db8::8', cacheStatus: 'CONFIG_NOCACHE', errorInfo: 'NoError' });
  expect([extras['result'], extras['ErrorInfo'], extras['originCryptProtocol']]).toEqual([undefined, undefined, undefined]);
});

test('health probes are skipped with a reason', async () => {
  expect(await readIssues(azureFrontDoor, fixture('azure-front-door/access.json'))).toEqual([
    '2: NOT_HTTP a record of FrontDoorHealthProbeLog, not of a call',
  ]);
});

test('the URL of the origin is kept beside its address', async () => {
  const record = (properties: object): string =>
    JSON.stringify({
      time: '2025-04-24T13:14:28Z',
      category: 'FrontDoorAccessLog',
      properties: { trackingReference: 'r', httpMethod: 'GET', requestUri: 'https://h.example:443/a', ...properties },
    });
  const originUrl = 'https://origin.example:443/a';
  const calls = await readCalls(azureFrontDoor, `${record({ originUrl, originIp: '192.0.2.29:443' })}\n${record({ originUrl })}\n`);
  expect(calls.map((call) => [call.upstream, extrasOf(call)['originUrl']])).toEqual([
    ['192.0.2.29:443', originUrl],
    ['origin.example', originUrl],
  ]);
});
