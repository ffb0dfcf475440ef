import { expect, test } from 'vitest';
import { awsApigwXml } from '#shared/engine/importers/formats/aws-apigw-xml.ts';
import { fixture, readCalls } from '#test/support/read-fixture.ts';

test('the elements of a request give its call, a dash nothing', async () => {
  const [first, second] = await readCalls(awsApigwXml, fixture('aws-apigw-xml/preset.log'));
  expect(first).toMatchObject({ method: 'GET', path: '/pets/{petId}', status: 200, resBytes: 49, timeText: '10/Oct/2023:13:55:36 +0000' });
  expect(first?.requestId).toBe('c6af9ac6-7b61-11e6-9a41-93e8deadbeef');
  expect(second).toMatchObject({ method: 'DELETE', consumer: 'alice', status: 403, resBytes: undefined });
});
