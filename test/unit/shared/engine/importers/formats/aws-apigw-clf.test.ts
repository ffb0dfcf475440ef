import { expect, test } from 'vitest';
import { awsApigwClf } from '#shared/engine/importers/formats/aws-apigw-clf.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { toBytes } from '#test/support/read-evidence.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

test('presets of REST, HTTP and WebSocket APIs give their calls', async () => {
  const [rest, denied, http, socket] = await readCalls(awsApigwClf, fixture('aws-apigw-clf/presets.log'));
  expect(rest).toMatchObject({
    method: 'GET',
    path: '/pets/{petId}',
    status: 200,
    resBytes: 49,
    clientIp: '192.0.2.1',
    timeKind: 'start',
    zoneKnown: true,
  });
  expect(rest?.requestId).toBe('c6af9ac6-7b61-11e6-9a41-93e8deadbeef');
  expect(denied).toMatchObject({ consumer: 'AIDAEXAMPLE', status: 403, resBytes: undefined });
  expect(http).toMatchObject({ method: 'GET', path: '/pets', route: 'GET /pets', requestId: 'JKJaXmPLvHcESHD=' });
  expect(socket).toMatchObject({ route: '$connect', status: 200 });
  expect(socket?.method).toBeUndefined();
  expect(extrasOf(socket)['connectionId']).toBe('JKJaXcsRPHcCJdA=');
});

test('an id that a client chose badly is still an id', async () => {
  const line = '192.0.2.1 - - [10/Oct/2023:13:55:36 +0000] "GET /a HTTP/1.1" 200 49 x_REPLACED_INVALID_REQUEST_ID\n';
  expect((await readCalls(awsApigwClf, line))[0]?.requestId).toBe('x_REPLACED_INVALID_REQUEST_ID');
});

test("Apache's common and combined lines are not claimed", () => {
  const line = '192.0.2.1 - - [10/Oct/2023:13:55:36 +0000] "GET /a HTTP/1.1" 200 49\n';
  expect(recognize(toBytes(line), 'x').importer?.id).toBe('access-common');
  expect(recognize(toBytes(line.replace('\n', ' "-" "curl/8.0"\n')), 'x').importer?.id).toBe('access-combined');
});

test.each([
  ['a container runtime', '2025-12-31T17:37:40.493035218+01:00 stdout F '],
  ['syslog', 'Jan  2 10:00:00 gw-1 apigw: '],
  ['compose', 'gw-1  | '],
  ['kubectl', '[pod/gw-7d9f/gw] '],
])('the prefix of %s is taken off and never becomes the client', async (_what, prefix) => {
  const lines = new TextDecoder().decode(fixture('aws-apigw-clf/presets.log')).trimEnd().split('\n');
  const plain = await readCalls(awsApigwClf, lines.join('\n'));
  const wrapped = await readCalls(awsApigwClf, lines.map((line) => prefix + line).join('\n'));
  expect(plain.length).toBeGreaterThan(2);
  expect(wrapped.map(({ clientIp }) => clientIp)).toEqual(plain.map(({ clientIp }) => clientIp));
});
