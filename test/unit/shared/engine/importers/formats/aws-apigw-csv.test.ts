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

test.each([
  ['a container runtime', '2025-12-31T17:37:40.493035218+01:00 stdout F '],
  ['syslog', 'Jan  2 10:00:00 gw-1 apigw: '],
  ['compose', 'gw-1  | '],
  ['kubectl', '[pod/gw-7d9f/gw] '],
])('the prefix of %s is taken off and never becomes the client', async (_what, prefix) => {
  const lines = new TextDecoder().decode(fixture('aws-apigw-csv/presets.csv')).trimEnd().split('\n');
  const plain = await readCalls(awsApigwCsv, lines.join('\n'));
  const wrapped = await readCalls(awsApigwCsv, lines.map((line) => prefix + line).join('\n'));
  expect(plain.length).toBeGreaterThan(2);
  expect(wrapped.map(({ clientIp }) => clientIp)).toEqual(plain.map(({ clientIp }) => clientIp));
});
