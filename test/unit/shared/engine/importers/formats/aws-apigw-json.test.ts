import { expect, test } from 'vitest';
import { awsApigwJson } from '#shared/engine/importers/formats/aws-apigw-json.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';
import { toBytes } from '#test/support/read-evidence.ts';

test("the console's preset: texts as numbers, a dash for nothing, the template in place of the path", async () => {
  const [call] = await readCalls(awsApigwJson, fixture('aws-apigw-json/rest.jsonl'));
  expect(call?.time && printTime(call.time)).toBe('2023-10-10T13:55:36.000000Z');
  expect(call).toMatchObject({
    timeKind: 'start',
    method: 'GET',
    path: '/pets/{petId}',
    route: '/pets/{petId}',
    status: 200,
    resBytes: 49,
    clientIp: '192.0.2.1',
  });
  expect([call?.consumer, call?.durationMs, call?.credentialId]).toEqual([undefined, undefined, undefined]);
});

test('the real path, milliseconds, the authorizer and the id of the key count; the key itself stands as a header', async () => {
  const call = (await readCalls(awsApigwJson, fixture('aws-apigw-json/rest.jsonl')))[1];
  expect(call?.time && printTime(call.time)).toBe('2023-10-10T13:55:37.250000Z');
  expect(call).toMatchObject({
    path: '/prod/pets/7',
    route: '/pets/{petId}',
    durationMs: 31,
    timings: undefined,
    consumer: 'user-7',
    credentialId: 'k1x2c3',
    requestHeaders: [['x-api-key', 'a-real-key-0123456789']],
    host: 'abc123.execute-api.eu-west-1.amazonaws.com',
    service: 'abc123/prod',
    traceId: '1-58337262-36d228ad5d99923122bbe354',
    userAgent: 'curl/8.0',
  });
  expect(extrasOf(call)).toMatchObject({ wafResponseCode: 'WAF_ALLOW' });
  expect(JSON.stringify(call?.extras)).not.toContain('a-real-key');
});

test('an HTTP API names method and path in its route; an event of a WebSocket has neither', async () => {
  const [, , http, socket] = await readCalls(awsApigwJson, fixture('aws-apigw-json/rest.jsonl'));
  expect(http).toMatchObject({ method: 'GET', path: '/pets', route: 'GET /pets' });
  expect(socket).toMatchObject({ route: '$connect', status: 200 });
  expect([socket?.method, socket?.path]).toEqual([undefined, undefined]);
  expect(extrasOf(socket)).toMatchObject({ eventType: 'CONNECT', connectionId: 'JKJaXcsRPHcCJdA=' });
});

test('other spellings of the same variables are understood', async () => {
  const line =
    '{"request_id":"r","request_time":"10/Oct/2023:13:55:36 +0000","http_method":"GET","resource_path":"/a","source_ip":"192.0.2.1","status":200,"integration":{"latency":"7"},"response_length":1}\n';
  expect(recognize(toBytes(line), 'x').importer?.id).toBe('aws-apigw-json');
  const [call] = await readCalls(awsApigwJson, line);
  expect(call).toMatchObject({ clientIp: '192.0.2.1', path: '/a', timings: [['integration', 7]] });
});
