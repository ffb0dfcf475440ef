import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kongJson } from '#shared/engine/importers/formats/kong-json.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/kong-json/${name}`, import.meta.url)));
const one = async (record: object): Promise<ReturnType<typeof callsOf>[number]['call'] | undefined> =>
  callsOf(await readAll(kongJson, JSON.stringify(record)))[0]?.call;

test("the documentation's sample: sizes as texts, milliseconds since 1970, port of the URL", async () => {
  const [item] = callsOf(await readAll(kongJson, fixture('docs-sample.log')));
  expect(item?.call).toMatchObject({
    method: 'GET',
    scheme: 'http',
    host: 'httpbin.org',
    port: 8000,
    path: '/get',
    status: 200,
    reqBytes: 75,
    resBytes: 434,
    clientIp: '127.0.0.1',
    service: 's',
    durationMs: 515,
    timeKind: 'start',
    timings: [
      ['kong', 58],
      ['proxy', 457],
    ],
  });
  expect(item?.call.time && printTime(item.call.time)).toBe('2015-06-02T01:50:22.425000Z');
});

test('consumer, credential, last try, route and TLS are found, and repeated headers stay apart', async () => {
  const [item] = callsOf(await readAll(kongJson, fixture('lines.jsonl')));
  expect(item?.call).toMatchObject({
    consumer: 'svc-7',
    credentialId: 'k-1',
    upstream: '10.0.0.2:8080',
    route: 'users',
    service: 'users-svc',
    requestId: 'r-1',
    query: 'a=1',
    userAgent: 'python-httpx/0.27',
    contentType: 'application/json',
  });
  expect(item?.call.requestHeaders).toEqual(
    expect.arrayContaining([
      ['accept', 'text/html'],
      ['accept', '*/*'],
    ]),
  );
  expect(item?.call.extras).toContainEqual(['tls', 'TLSv1.3 TLS_AES_256_GCM_SHA384']);
});

test('line numbers count blank lines, and the {} of an empty Lua table is nothing', async () => {
  const items = callsOf(await readAll(kongJson, fixture('lines.jsonl')));
  expect(items.map((item) => item.record)).toEqual([1, 2, 3, 5, 6]);
  expect(items[3]?.call).toMatchObject({ status: 404, timings: [['kong', 2]] });
  expect(items[3]?.call.upstream).toBeUndefined();
  expect(items[3]?.call.consumer).toBeUndefined();
});

test('a list and objects one after the other are numbered by position', async () => {
  for (const name of ['batch.json', 'concatenated.log']) {
    expect(callsOf(await readAll(kongJson, fixture(name))).map((item) => item.record)).toEqual([1, 2, 3, 4, 5]);
  }
});

test('UTF-16 reads like UTF-8, and places are those of the file', async () => {
  const bytes = fixture('utf16-from-windows.log');
  const items = callsOf(await readAll(kongJson, bytes));
  for (const { at, call } of items) {
    expect(new TextDecoder('utf-16le').decode(bytes.subarray(at.start, at.start + at.length))).toBe(call.rawText);
    expect(call.extras).toContainEqual(['workspace', 'größe €😀']);
  }
});

test('one bad line is rejected with its number, place and character', async () => {
  const items = await readAll(
    kongJson,
    `{"request":{"method":"GET","uri":"/a"},"response":{}}\n{"request":{"method":\n{"request":{"method":"GET","uri":"/b"},"response":{}}`,
  );
  expect(countOf(items)).toMatchObject({ accepted: 2, rejected: 1 });
  expect(issuesOf(items).find((issue) => issue.severity === 'reject')).toMatchObject({
    code: 'JSON_SYNTAX',
    record: 2,
    at: { start: 54, length: 21 },
  });
});

test("an error's message never quotes the record", async () => {
  const items = await readAll(kongJson, '{"request":{"method":"GET","uri":"/a"}}\n{"token": s3cr3t-value}\n');
  expect(
    issuesOf(items)
      .filter((issue) => issue.severity === 'reject')
      .map((issue) => issue.message)
      .join(),
  ).not.toContain('s3cr');
});

test('objects glued together without line ends are one record each', async () => {
  const record = '{"request":{"method":"GET","uri":"/a"},"response":{}}';
  expect(countOf(await readAll(kongJson, record + record + record)).accepted).toBe(3);
});

test('a stream of TCP is not about HTTP, a record without a request lacks it', async () => {
  const items = await readAll(kongJson, '{"session":{"received":1}}\n{"response":{"status":200}}\n[1]\n{"request":{}}\n');
  expect(issuesOf(items).map((issue) => `${issue.severity} ${issue.code}`)).toEqual([
    'skip NOT_HTTP',
    'reject FIELD_MISSING',
    'reject FIELD_TYPE',
    'reject FIELD_MISSING',
  ]);
});

test('a body that a plugin added is kept, as text or as JSON', async () => {
  const call = await one({
    request: { method: 'POST', uri: '/x', headers: { 'content-type': 'application/json' }, body: { a: 1 } },
    response: { status: 200, body: 'ok' },
  });
  expect(call?.requestBody).toMatchObject({ text: '{"a":1}', mime: 'application/json' });
  expect(call?.responseBody?.text).toBe('ok');
});

test('a query that stands in the table only is put together again', async () => {
  expect(
    (await one({ request: { method: 'GET', uri: '/x', querystring: { a: ['1', '2'], flag: true, 'b c': 'd&e' } }, response: {} }))?.query,
  ).toBe('a=1&a=2&flag&b%20c=d%26e');
});

test('negative latencies, an unknown method and absurd times are absent', async () => {
  const call = await one({
    request: { uri: '/x', url: 'https://h/x' },
    response: { status: 0 },
    latencies: { request: -1, proxy: -1 },
    started_at: 1e30,
    tries: [{ ip: '::1', port: 80 }],
  });
  expect(call?.durationMs).toBeUndefined();
  expect(call?.status).toBeUndefined();
  expect(call?.time).toBeUndefined();
  expect(call?.upstream).toBe('[::1]:80');
});

const withUser = (headers: object) => ({
  request: {
    method: 'GET',
    uri: '/orders',
    headers: { 'x-consumer-username': 'desk', 'x-authenticated-userid': 'ann@acme.test', ...headers },
  },
  response: { status: 200 },
  latencies: { request: 3 },
  started_at: 1_772_359_200_000,
  client_ip: '192.0.2.1',
  consumer: { username: 'desk' },
  authenticated_entity: { id: 'entity-1' },
});

test.each([
  ['the user of a program, whose key is the program’s', { authorization: 'REDACTED' }, 'ann@acme.test', undefined],
  ['beside a token', { authorization: 'Bearer abc.def' }, 'ann@acme.test', undefined],
  ['beside no credential', { authorization: '' }, 'desk', 'entity-1'],
  ['beside another scheme', { authorization: 'Basic REDACTED' }, 'desk', 'entity-1'],
  ['beside a key that stands for itself', { authorization: 'k3y0fdesk' }, 'desk', 'entity-1'],
  ['beside a key under another name', { authorization: 'REDACTED', 'X-Api-Key': 'REDACTED' }, 'desk', 'entity-1'],
  ['a header that a client with a key could send itself', { apikey: 'REDACTED' }, 'desk', 'entity-1'],
  ['a header beside another consumer’s name', { authorization: 'REDACTED', 'x-consumer-username': 'other' }, 'desk', 'entity-1'],
])('x-authenticated-userid: %s', async (_, headers, consumer, credentialId) => {
  expect(await one(withUser(headers))).toMatchObject({ consumer, credentialId });
});

test.each([
  ['a type of log-in that has no users', { auth_type: 'basic-auth' }, 'desk'],
  ['plugins of keys', { plugins: [{ name: 'key-auth' }] }, 'desk'],
  ['a type of log-in that has users', { auth_type: 'openid-connect' }, 'ann@acme.test'],
  ['plugins of tokens among them', { plugins: ['key-auth', 'oauth2'] }, 'ann@acme.test'],
])('x-authenticated-userid where the record tells %s', async (_, more, consumer) => {
  expect((await one({ ...withUser({ authorization: 'REDACTED' }), ...more }))?.consumer).toBe(consumer);
});

test('x-authenticated-userid: a key in the query is a key, and a user that a header tells is marked so', async () => {
  const record = withUser({ authorization: 'REDACTED' });
  const keyed = await one({ ...record, request: { ...record.request, querystring: { apikey: 'REDACTED' } } });
  expect(keyed?.consumer).toBe('desk');
  expect(keyed?.extras?.map(([name]) => name)).not.toContain('user-told-by');
  expect((await one(record))?.extras).toEqual(
    expect.arrayContaining([
      ['program', 'desk'],
      ['user-told-by', 'x-authenticated-userid'],
    ]),
  );
});
