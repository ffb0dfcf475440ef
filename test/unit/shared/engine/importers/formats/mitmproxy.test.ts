import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { har } from '#shared/engine/importers/formats/har.ts';
import { mitmproxy } from '#shared/engine/importers/formats/mitmproxy.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, issuesOf, notesOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const fixtures = new URL('../../../../../fixtures/', import.meta.url);
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, fixtures)));
const bytes = read('mitmproxy/format-21.mitm');
const items = await readAll(mitmproxy, bytes);
const calls = callsOf(items).map((item) => item.call);

test('a flow: start, duration and phases, both ends, headers, and a gzip body unpacked', () => {
  expect(calls[0]).toMatchObject({
    method: 'POST',
    scheme: 'https',
    host: 'api.acme.test',
    port: 443,
    path: '/orders',
    query: 'dry=1',
    status: 201,
    reqBytes: 8,
    resBytes: 43,
    clientIp: '192.0.2.7',
    upstream: '203.0.113.5:443',
    userAgent: 'python-httpx/0.27',
    durationMs: 150,
    timeKind: 'start',
    zoneKnown: true,
    timings: [
      ['send', 5],
      ['wait', 45],
      ['receive', 100],
    ],
    requestBody: { text: '{"id":7}', encoding: 'text' },
    responseBody: { text: '{"id":7,"card":"made-up"}', encoding: 'text', bytes: 43 },
  });
  expect(calls[0]?.time && printTime(calls[0].time)).toBe('2026-01-02T10:00:00.250000Z');
  expect(calls[0]?.requestHeaders).toContainEqual(['authorization', 'Bearer made-up-token-1']);
  expect(calls[0]?.extras).toContainEqual(['tls', 'TLSv1.3 TLS_AES_128_GCM_SHA256']);
});

test('a name is preferred to the address of transparent mode, and a body that cannot be unpacked says so', () => {
  expect(calls[1]).toMatchObject({ host: 'api.acme.test', path: '/logo' });
  expect(calls[1]?.responseBody).toEqual({
    text: 'CwKA//4A',
    mime: 'image/png',
    encoding: 'base64',
    bytes: 6,
    note: 'compressed body (br), not decoded',
  });
});

test('flows that are not HTTP are passed over; messages of a WebSocket are bodies', () => {
  expect(countOf(items)).toEqual({ accepted: 5, rejected: 0, skipped: 1, warnings: 0 });
  expect(issuesOf(items)[0]).toMatchObject({ record: 3, code: 'NOT_HTTP', message: 'a flow of tcp' });
  expect(calls[2]?.requestBody).toMatchObject({ text: '{"subscribe":"orders"}', note: '1 WebSocket message' });
  expect(calls[2]?.responseBody).toMatchObject({ text: '{"order":7}', note: '2 WebSocket messages, 1 of them binary and not kept' });
});

test('a streamed body, a flow changed in the proxy and one without an answer are said to be so', () => {
  expect(calls[3]?.responseBody).toMatchObject({ text: undefined, note: 'the body was streamed and not stored' });
  expect(calls[3]?.extras).toContainEqual(['changed-in-proxy', 'true']);
  expect(calls[4]).toMatchObject({ status: undefined, durationMs: undefined });
  expect(calls[4]?.extras).toContainEqual(['error', 'connection refused']);
  expect(notesOf(items)).toEqual(["Flows of mitmproxy's format 21."]);
});

test('certificates of the connection are not kept anywhere', () => {
  expect(JSON.stringify(items)).not.toContain('CERTIFICATE');
});

test('old dumps: members of 0.10, flow 7 with WebSocket messages as a flow of their own', async () => {
  const [oldest] = callsOf(await readAll(mitmproxy, read('corpus/mitm/v0.10.mitm')));
  expect(oldest?.call).toMatchObject({ method: 'GET', host: 'example.com', status: 200, clientIp: '127.0.0.1', resBytes: 606 });
  expect(oldest?.call.responseBody?.text).toMatch(/^<!doctype html>/);
  const sockets = callsOf(await readAll(mitmproxy, read('corpus/mitm/flow-v7-websocket.mitm'))).map((item) => item.call);
  expect(sockets.map((call) => [call.scheme, call.host, call.status])).toEqual([
    ['http', 'echo.websocket.org', 101],
    ['ws', 'echo.websocket.org', undefined],
    ['ws', 'echo.websocket.org', undefined],
    ['https', 'echo.websocket.org', 101],
    ['wss', 'echo.websocket.org', undefined],
    ['https', 'echo.websocket.org', 101],
  ]);
  expect(sockets[1]?.requestBody?.text).toBe('Rock it with HTML5 WebSocket');
});

test.each(['success', 'error', 'incomplete', 'badgzip'])('saved-%s says the same as the HAR that mitmproxy saved of it', async (name) => {
  const pick = (found: ReturnType<typeof callsOf>): unknown =>
    found.map(({ call }) => [
      call.method,
      call.scheme,
      call.host,
      call.path,
      call.query,
      call.status,
      call.time,
      call.responseBody?.text?.slice(0, 80),
    ]);
  const dump = callsOf(await readAll(mitmproxy, read(`corpus/mitm/saved-${name}.mitm`)));
  const capture = callsOf(await readAll(har, read(`corpus/har/mitm-saved-${name}.har`)));
  expect(dump.length).toBeGreaterThan(0);
  expect(pick(dump)).toEqual(pick(capture));
});

test('a dump that is cut off or goes on with something else keeps its flows and says where it stops', async () => {
  const cut = await readAll(mitmproxy, bytes.subarray(0, bytes.length - 10));
  expect(countOf(cut)).toMatchObject({ accepted: 4, rejected: 1, skipped: 1 });
  expect(issuesOf(cut).at(-1)).toMatchObject({ code: 'DUMP_SYNTAX', record: 6 });
  const followed = await readAll(mitmproxy, Buffer.concat([bytes, Buffer.from('{"not":"a flow"}')]));
  expect(countOf(followed)).toMatchObject({ accepted: 5, rejected: 1 });
  expect(issuesOf(followed).at(-1)).toMatchObject({ code: 'DUMP_SYNTAX', at: { start: bytes.length, length: 16 } });
});

test('a broken flow costs only itself, whatever is wrong inside', async () => {
  for (const broken of ['3:abc}', '6:3:key,}', '9:3:key,1:x}', '0:}', '6:0:~0:~]', `${'1'.repeat(12)}:x}`]) {
    const found = await readAll(mitmproxy, Buffer.concat([Buffer.from(broken), bytes]));
    expect(countOf(found).rejected).toBe(1);
    if (!broken.startsWith('111')) expect(countOf(found).accepted).toBe(5);
  }
});

test('lists inside of each other without end are refused, not followed', async () => {
  let nested = '0:]';
  for (let depth = 0; depth < 5000; depth += 1) nested = `${String(nested.length)}:${nested}]`;
  expect(issuesOf(await readAll(mitmproxy, nested)).map((issue) => issue.code)).toEqual(['DUMP_SYNTAX']);
});

test('digits and a colon alone are no dump', () => {
  for (const text of ['10:30:15 GET /a', '5:hello,', '12:7:version is old', '2024:10:12 log'])
    expect(mitmproxy.recognize(toBytes(text)).strength).toBe('none');
});
