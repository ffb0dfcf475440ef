import { expect, test } from 'vitest';
import { awsCloudtrail } from '#shared/engine/importers/formats/aws-cloudtrail.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

test("the guide's sample: service and action for host and path, no method and no status", async () => {
  const [call] = await readCalls(awsCloudtrail, fixture('aws-cloudtrail/records.json'));
  expect(call?.time && printTime(call.time)).toBe('2014-03-06T21:22:54.000000Z');
  expect(call).toMatchObject({
    timeKind: 'unknown',
    host: 'ec2.amazonaws.com',
    path: '/StartInstances',
    service: 'ec2',
    clientIp: '205.251.233.176',
    consumer: 'arn:aws:iam::123456789012:user/Alice',
    credentialId: 'EXAMPLE_KEY_ID',
    requestId: 'r-1',
  });
  expect([call?.method, call?.status, call?.durationMs]).toEqual([undefined, undefined, undefined]);
  expect(call?.requestBody?.text).toContain('i-ebeaf9e2');
  expect(extrasOf(call)).toMatchObject({ outcome: 'given', awsRegion: 'us-east-2', eventID: 'e-1' });
});

test('a service that calls is no address; an error code tells that it was denied; bytes are counted', async () => {
  const call = (await readCalls(awsCloudtrail, fixture('aws-cloudtrail/records.json')))[1];
  expect(call).toMatchObject({ clientIp: undefined, reqBytes: 0, resBytes: 243, consumer: 'lambda.amazonaws.com' });
  expect(extrasOf(call)).toMatchObject({ outcome: 'denied', 'calling-service': 'lambda.amazonaws.com', errorCode: 'AccessDenied' });
});

test('bucket and key stand behind the operation, and another service names what it was about', async () => {
  const event = (name: string, parameters: object, more: object = {}): string =>
    JSON.stringify({
      eventVersion: '1.09',
      eventTime: '2026-11-17T13:54:00Z',
      eventSource: 's3.amazonaws.com',
      eventName: name,
      requestParameters: parameters,
      ...more,
    });
  const calls = await readCalls(
    awsCloudtrail,
    [
      event('DeleteObject', { bucketName: 'docs', key: 'a/b.pdf' }),
      event('StopLogging', { name: 'org' }, { errorCode: 'AccessDenied' }),
      event('DescribeTasks', { maxResults: 100 }),
    ].join('\n'),
  );
  expect(calls.map(({ path, outcome, isOperation }) => [path, outcome, isOperation])).toEqual([
    ['/DeleteObject/docs/a%2Fb.pdf', 'given', true],
    ['/StopLogging/org', 'denied', true],
    ['/DescribeTasks', 'given', true],
  ]);
});

test('Insights and digests are skipped with a reason', async () => {
  expect(await readIssues(awsCloudtrail, fixture('aws-cloudtrail/records.json'))).toEqual([
    '3: NOT_HTTP an Insight of CloudTrail about many calls, not a call',
  ]);
  const digest = '{"awsAccountId":"1","digestStartTime":"2015-08-17T14:01:31Z","digestS3Bucket":"b","logFiles":[{"s3Bucket":"b"}]}\n';
  expect(recognize(new TextEncoder().encode(digest), 'x').importer?.id).toBe('aws-cloudtrail');
  expect(await readIssues(awsCloudtrail, digest)).toEqual(['1: NOT_HTTP a digest of CloudTrail, which lists files of events']);
});

test('events of lookup-events are JSON inside of a text', async () => {
  const [call] = await readCalls(awsCloudtrail, fixture('aws-cloudtrail/lookup-events.json'));
  expect(call).toMatchObject({ host: 'iam.amazonaws.com', path: '/CreateAccessKey', consumer: 'Alice', credentialId: 'AKIDEXAMPLE' });
  expect(call?.rawText).toMatch(/^\{"eventVersion"/);
});

test('a sign-in that failed has no error code but was denied', async () => {
  const [call] = await readCalls(awsCloudtrail, fixture('corpus/aws/crowdsec-cloudtrail-bruteforce.ndjson'));
  expect(call).toMatchObject({ path: '/ConsoleLogin', host: 'signin.amazonaws.com', credentialId: undefined });
  expect(extrasOf(call)['outcome']).toBe('denied');
});
