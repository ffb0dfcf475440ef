import { expect, test } from 'vitest';
import { cloudflareHttp } from '#shared/engine/importers/formats/cloudflare-http.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

test('nanoseconds: start, duration, origin time, and chosen headers and cookies as headers', async () => {
  const [call] = await readCalls(cloudflareHttp, fixture('cloudflare-http/logpush.ndjson'));
  expect(call?.time && printTime(call.time)).toBe('2024-04-10T23:00:00.100000Z');
  expect(call).toMatchObject({
    timeKind: 'start',
    zoneKnown: true,
    durationMs: 23,
    timings: [['origin', 15.5]],
    method: 'GET',
    scheme: 'https',
    host: 'www.example.com',
    path: '/a',
    query: 'b=1',
    status: 200,
    resBytes: 12480,
    referer: undefined,
    upstream: '192.0.2.1',
    requestId: '87a1b2c3d4e5f001',
  });
  expect(call?.requestHeaders).toEqual([
    ['authorization', 'Bearer abc.def.ghi'],
    ['cookie', 'session=s-1'],
  ]);
  expect(extrasOf(call)).toEqual({ CacheCacheStatus: 'miss', OriginResponseStatus: '200' });
});

test('0, an empty text and "unknown" say nothing; URI and path, and both hosts, are kept where they differ', async () => {
  const call = (await readCalls(cloudflareHttp, fixture('cloudflare-http/logpush.ndjson')))[1];
  expect(call).toMatchObject({
    path: '/x',
    host: 'www.example.com',
    status: undefined,
    resBytes: 0,
    upstream: undefined,
    timings: undefined,
  });
  expect(extrasOf(call)).toEqual({
    ClientRequestPath: '/y',
    EdgeRequestHost: 'origin.example.com',
    WorkerSubrequest: 'true',
    ParentRayID: '761fde4e984e5ab1',
  });
});

test('whole seconds tell no duration, and digits in texts are numbers', async () => {
  const [, coarse, texts] = await readCalls(cloudflareHttp, fixture('cloudflare-http/logpush.ndjson'));
  expect(coarse?.time && printTime(coarse.time)).toBe('2022-10-30T00:00:02.000000Z');
  expect([coarse?.durationMs, texts?.durationMs]).toEqual([undefined, undefined]);
  expect(texts).toMatchObject({ status: 404, resBytes: 12, timings: [['origin', 7]] });
  expect(texts?.time && printTime(texts.time)).toBe('2024-04-10T23:00:00.000000Z');
});

test('the record with which a destination is tested is skipped', async () => {
  expect((await readIssues(cloudflareHttp, fixture('cloudflare-http/logpush.ndjson')))[0]).toBe(
    '1: NOT_HTTP the record with which Logpush tests a destination',
  );
});

test('a time in nanoseconds keeps the digits that it was written with', async () => {
  const text = '{"ClientRequestMethod":"GET","ClientRequestURI":"/a","EdgeResponseStatus":200,"EdgeStartTimestamp":1672621445123456789}';
  const [call] = await readCalls(cloudflareHttp, text);
  expect(call?.timeText).toBe('1672621445123456789');
  expect(await readIssues(cloudflareHttp, text)).toEqual([]);
});

test('the microsecond is that of the digits, where a double would be in the next', async () => {
  const text =
    '{"ClientRequestMethod":"GET","ClientRequestURI":"/a","EdgeResponseStatus":200,"EdgeStartTimestamp":1763387640123456999,"Odd":9007199254740993}';
  const [call] = await readCalls(cloudflareHttp, text);
  expect([call?.time && printTime(call.time), extrasOf(call)['Odd']]).toEqual(['2025-11-17T13:54:00.123456Z', '9007199254740993']);
  expect(await readIssues(cloudflareHttp, text)).toEqual([expect.stringContaining('NUM_RANGE the number 9007199254740993')]);
});
