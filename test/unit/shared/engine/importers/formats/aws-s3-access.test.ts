import { expect, test } from 'vitest';
import { awsS3Access } from '#shared/engine/importers/formats/aws-s3-access.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

test("the guide's sample: arrival, total time, endpoint, operation, bucket and requester", async () => {
  const [call, put] = await readCalls(awsS3Access, fixture('aws-s3-access/docs.log'));
  expect(call?.time && printTime(call.time)).toBe('2019-02-06T00:00:38.000000Z');
  expect(call).toMatchObject({
    timeKind: 'start',
    zoneKnown: true,
    durationMs: 7,
    method: 'GET',
    host: 'amzn-s3-demo-bucket1.s3.us-west-1.amazonaws.com',
    path: '/amzn-s3-demo-bucket1',
    query: 'versioning',
    status: 200,
    resBytes: 113,
    clientIp: '192.0.2.3',
    userAgent: 'S3Console/0.4',
    referer: undefined,
    route: 'REST.GET.VERSIONING',
    service: 'amzn-s3-demo-bucket1',
    requestId: '3E57427F3EXAMPLE',
    timings: undefined,
  });
  expect(put).toMatchObject({
    resBytes: 0,
    timings: [['turn-around', 28]],
    consumer: 'arn:aws:sts::123456789012:assumed-role/app/session',
  });
  expect(extrasOf(put)).toMatchObject({ key: 's3-dg.pdf', 'object-bytes': '4406583', 'acl-required': 'Yes', 'source-region': 'us-east-1' });
});

test('nobody who signed is no consumer, quotes in the user agent stay, and later fields may be missing', async () => {
  const call = (await readCalls(awsS3Access, fixture('aws-s3-access/docs.log')))[2];
  expect(call).toMatchObject({ consumer: undefined, status: 403, userAgent: 'curl/8.0 "odd" agent', referer: 'https://a.example/' });
  expect(extrasOf(call)).toMatchObject({ error: 'AccessDenied', key: 'my%2520key' });
});

test('acts of S3 itself are skipped, keys of a batch delete are calls without a method', async () => {
  const bytes = fixture('aws-s3-access/docs.log');
  expect(await readIssues(awsS3Access, bytes)).toEqual(['4: NOT_HTTP S3.EXPIRE.OBJECT: an act of S3 itself, without a request']);
  const call = (await readCalls(awsS3Access, bytes))[3];
  expect(call).toMatchObject({ path: '/docs/a.txt', status: 204, route: 'BATCH.DELETE.OBJECT' });
  expect(call?.method).toBeUndefined();
});

test('a line that ends in the middle keeps what it has', async () => {
  const line = new TextDecoder().decode(fixture('aws-s3-access/docs.log')).split('\n')[0] ?? '';
  const [call] = await readCalls(awsS3Access, line.slice(0, line.indexOf(' 200 ') + 8));
  expect(call).toMatchObject({ status: 200, method: 'GET' });
  expect([call?.durationMs, call?.userAgent]).toEqual([undefined, undefined]);
});
