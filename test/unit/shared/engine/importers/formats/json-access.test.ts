import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jsonAccess } from '#shared/engine/importers/formats/json-access.ts';
import type { ImportedCall } from '#shared/model/call.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { callsOf, issuesOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const fixture = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../../../../fixtures/${path}`, import.meta.url)));
const first = async (name: string): Promise<ReturnType<typeof callsOf>[number]['call'] | undefined> =>
  callsOf(await readAll(jsonAccess, fixture(`json-access/${name}`)))[0]?.call;

test("nginx's own variables: end of the call, seconds, numbers as texts, a header of its own", async () => {
  expect(await first('nginx.jsonl')).toMatchObject({
    timeText: '10/Oct/2025:13:55:36 -0700',
    timeKind: 'end',
    durationMs: 123,
    method: 'GET',
    host: 'shop.test',
    path: '/orders',
    query: 'page=2',
    status: 200,
    resBytes: 512,
    clientIp: '203.0.113.9',
    consumer: 'frank',
    upstream: '10.0.0.1:80',
    timings: [['upstream', 120]],
    requestHeaders: [['x-tenant', 't-1']],
    referer: undefined,
  });
});

test('times of several upstreams are added up, and a dash is no time', async () => {
  const items = callsOf(await readAll(jsonAccess, fixture('json-access/nginx.jsonl')));
  expect(items.map((item) => item.call.timings)).toEqual([[['upstream', 120]], [['upstream', 4]], undefined]);
});

test('escapes that nginx breaks JSON with are undone once, and said once', async () => {
  const items = await readAll(jsonAccess, fixture('json-access/nginx-escape-default.jsonl'));
  const calls = callsOf(items).map((item) => item.call);
  expect(calls[0]).toMatchObject({ method: 'GET', path: '/a', query: 'q="x"', userAgent: 'café \\n', durationMs: 10 });
  expect(calls[2]).toMatchObject({ method: undefined, path: '\u0016\u0003\u0001', status: 400 });
  expect(calls[0]?.rawText).toContain(String.raw`\x22`);
  const warnings = issuesOf(items).filter((issue) => issue.code === 'JSON_ESCAPE');
  expect(warnings.every((warning) => warning.severity === 'warning' && warning.once)).toBe(true);
  expect(warnings.length).toBe(2);
});

test('members of members: pino and the Elastic Common Schema', async () => {
  expect(await first('pino-http.jsonl')).toMatchObject({
    method: 'GET',
    path: '/items/0',
    status: 200,
    durationMs: 3.5,
    clientIp: '::1',
    userAgent: 'agent/1',
    contentType: 'application/json',
    timeText: '1531171074631',
  });
  expect(await first('ecs.json')).toMatchObject({
    method: 'GET',
    host: 'shop.test',
    status: 200,
    durationMs: 2.5,
    reqBytes: 10,
    resBytes: 887,
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    consumer: 'frank',
  });
});

test('tables are read by the names of their columns, and the unit may stand in one', async () => {
  const items = callsOf(await readAll(jsonAccess, fixture('json-access/table.csv')));
  expect(items.map((item) => item.record)).toEqual([2, 3, 5]);
  expect(items[0]?.call).toMatchObject({
    timeText: '2025-10-10 13:55:36.5 UTC',
    zoneKnown: true,
    durationMs: 12,
    userAgent: 'agent "one"; x',
  });
  expect(items[1]?.call.userAgent).toBe('two\nlines');
});

test('the reason names the keys, and says that a unit is a guess', () => {
  const { why } = recognize(fixture('json-access/nginx.jsonl'), 'x');
  expect(why).toContain('status from status');
  expect(why).toContain('request_time: the name is a variable of nginx');
});

const NGINX = {
  time_iso8601: '2023-01-02T03:04:05+02:00',
  remote_addr: '1.2.3.4',
  request_method: 'POST',
  request_uri: '/a',
  status: 200,
};
const nginxLines = (...changes: readonly object[]): string =>
  changes.map((change) => `${JSON.stringify({ ...NGINX, ...change })}\n`).join('');
const fieldOf = async <Key extends keyof ImportedCall>(text: string, key: Key): Promise<readonly ImportedCall[Key][]> =>
  callsOf(await readAll(jsonAccess, text)).map(({ call }) => call[key]);

test.each([
  ['a number', nginxLines({ request_time: 1.5 }), [1500]],
  ['a text', nginxLines({ request_time: '1.500' }), [1500]],
  ['a whole number', nginxLines({ request_time: 2 }), [2000]],
  ['several', nginxLines({ request_time: 0.005 }, { request_time: 1.5 }, { request_time: 12 }), [5, 1500, 12_000]],
  ['a cell', 'time,remote_addr,method,uri,status,request_time\n2023-01-02T03:04:05Z,1.2.3.4,GET,/a,200,3.500\n', [3500]],
])("nginx's request_time is in seconds however long the call took: %s", async (_, text, expected) => {
  expect(recognize(toBytes(text), 'x').importer).toBe(jsonAccess);
  expect(await fieldOf(text, 'durationMs')).toEqual(expected);
});

test('whole numbers under request_time without anything else of nginx stay a guess', async () => {
  const text = '{"time":"2025-01-01T00:00:00Z","method":"GET","path":"/a","status":200,"request_time":350}\n';
  expect(await fieldOf(text, 'durationMs')).toEqual([350]);
});

test.each([0, '000', '-', null])('a call without an answer, status %j, is a call without a status', async (status) => {
  const text = nginxLines({ status });
  expect(recognize(toBytes(text), 'x').importer).toBe(jsonAccess);
  expect(await fieldOf(text, 'status')).toEqual([undefined]);
  expect(await fieldOf(text + nginxLines({ status: 404 }), 'status')).toEqual([undefined, 404]);
});

test('a status with its words is that status', async () => {
  const text = nginxLines({ status: '200 OK' }, { status: "418 I'm a teapot" });
  expect(recognize(toBytes(text), 'x').importer).toBe(jsonAccess);
  expect(await fieldOf(text, 'status')).toEqual([200, 418]);
});

test('objects that follow each other on one line are each a record', async () => {
  const text = nginxLines({}, { request_uri: '/b' }).replaceAll('\n', '');
  expect(recognize(toBytes(text), 'x').importer).toBe(jsonAccess);
  expect(await fieldOf(text, 'path')).toEqual(['/a', '/b']);
});

test.each([
  ['an application log', '{"time":"2025-01-01T00:00:00Z","level":"info","message":"GET /x failed","status":"ok"}\n'],
  [
    'an application log with a status and a path',
    '{"time":"2025-01-01T00:00:00Z","level":"info","path":"/var/log","code":200,"msg":"x"}\n',
  ],
  ['a table of files', 'time,path,size,status\n2025-01-01T00:00:00Z,/etc/passwd,12,200\n2025-01-01T00:00:01Z,/etc/hosts,12,200\n'],
])('%s is not claimed', (_, text) => {
  expect(recognize(toBytes(text.repeat(3)), 'x').importer).toBeUndefined();
});

test('few calls among the records of an application do not make an access log', () => {
  const call = '{"time":"2025-01-01T00:00:00Z","method":"GET","path":"/a","status":200}\n';
  const message = '{"time":"2025-01-01T00:00:00Z","msg":"started"}\n';
  expect(jsonAccess.recognize(toBytes(call + message.repeat(3)), 'x', {}).strength).toBe('none');
  expect(jsonAccess.recognize(toBytes(call.repeat(2) + message), 'x', {}).strength).toBe('shape');
});

test('on request records without names that are known are read by what their values look like', async () => {
  const text = '{"when":"2026-01-01T00:00:00Z","what":"GET","where":"/a"}\n'.repeat(3);
  expect(recognize(toBytes(text), 'x').importer).toBeUndefined();
  expect(callsOf(await readAll(jsonAccess, text)).map(({ call }) => [call.method, call.path])).toEqual(
    Array.from({ length: 3 }, () => ['GET', '/a']),
  );
});

test('a time in nanoseconds keeps the digits that it was written with', async () => {
  const text = nginxLines({}).replace('"2023-01-02T03:04:05+02:00"', '1672621445123456789');
  expect(await fieldOf(text, 'timeText')).toEqual(['1672621445123456789']);
});
