import { expect, test } from 'vitest';
import { awsApigwCsv } from '#shared/engine/importers/formats/aws-apigw-csv.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

test('presets of REST, HTTP and WebSocket APIs give their calls', async () => {
  const [rest, , http, socket] = await readCalls(awsApigwCsv, fixture('aws-apigw-csv/presets.csv'));
  expect(rest).toMatchObject({ method: 'GET', path: '/pets/{petId}', status: 200, resBytes: 49, clientIp: '192.0.2.1', timeKind: 'start' });
  expect(http).toMatchObject({ method: 'GET', path: '/pets', status: 200, clientIp: '192.0.2.3', requestId: 'JKJaXmPLvHcESHD=' });
  expect(socket).toMatchObject({ route: 'sendmessage', status: 200, requestId: 'JKJaXmPLvHcESHE=' });
});

test('commas in a path and in a user agent that was added do not move the other fields', async () => {
  const call = (await readCalls(awsApigwCsv, fixture('aws-apigw-csv/presets.csv')))[1];
  expect(call).toMatchObject({ method: 'POST', path: '/pets/a,b', status: 403, consumer: 'AIDAEXAMPLE', resBytes: undefined });
  expect(extrasOf(call)['rest-of-line']).toBe('Mozilla/5.0 (KHTML, like Gecko)');
});
