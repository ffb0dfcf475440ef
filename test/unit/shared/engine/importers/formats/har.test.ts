import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { har } from '#shared/engine/importers/formats/har.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, issuesOf, notesOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const dialects = new Uint8Array(readFileSync(new URL('../../../../../fixtures/har/dialects.har', import.meta.url)));
const calls = callsOf(await readAll(har, dialects)).map((item) => item.call);

const withEntries = (...entries: readonly unknown[]): string => JSON.stringify({ log: { version: '1.2', entries } });
const request = (changes: object = {}): object => ({ method: 'GET', url: 'https://h.test/p', ...changes });
const codes = async (text: string): Promise<string[]> =>
  issuesOf(await readAll(har, text)).map((issue) => `${issue.severity} ${issue.code}`);

test('a plain entry becomes a call with each part as it was written', () => {
  const [call] = calls;
  expect(call).toMatchObject({
    timeKind: 'start',
    zoneKnown: true,
    durationMs: 12.5,
    method: 'GET',
    scheme: 'https',
    host: 'api.acme.test',
    port: 8443,
    path: '/v1/o/0',
    query: 'q=a%20b',
    status: 200,
    reqBytes: 0,
    resBytes: 11,
    userAgent: 'Mozilla/5.0',
    referer: 'https://shop.acme.test/',
    contentType: 'application/json',
    responseBody: { text: '{"id": 42}\n', mime: 'application/json', encoding: 'text', bytes: 11 },
  });
  expect(call?.time && printTime(call.time)).toBe('2026-10-01T00:00:00.123456Z');
});

test('pseudo-headers of HTTP/2 are no headers, and timings of -1 do not apply', () => {
  expect(calls[0]?.requestHeaders).toEqual([
    ['User-Agent', 'Mozilla/5.0'],
    ['Referer', 'https://shop.acme.test/'],
  ]);
  expect(calls[0]?.timings).toEqual([
    ['send', 0.5],
    ['wait', 11],
    ['receive', 1],
  ]);
});

test("the script at the bottom of Chrome's initiator stack is the initiator, and a bracketed address loses its brackets", () => {
  expect(calls[1]).toMatchObject({ initiatorUrl: 'https://shop.acme.test/app.js', upstream: '::1' });
  expect(calls[1]?.extras).toContainEqual(['resource-type', 'fetch']);
});

test("status 0 is no status; Fiddler's seven digits and an offset without colon are a time", () => {
  expect(calls[2]?.status).toBeUndefined();
  expect(calls[2]?.resBytes).toBe(0);
  expect(calls[2]?.extras).toContainEqual(['error', 'net::ERR_INTERNET_DISCONNECTED']);
  expect(calls[2]?.time && printTime(calls[2].time)).toBe('2020-06-23T11:44:02.596184Z');
});

test('a data: URL has no host, and its data is not its path', () => {
  expect(calls[3]).toMatchObject({ scheme: 'data', path: 'image/png;base64' });
  expect(calls[3]?.host).toBeUndefined();
});

test('a date of NaN is no time: the call stays, with a warning and without a duration that is missing', async () => {
  expect(calls[4]?.time).toBeUndefined();
  expect(calls[4]?.durationMs).toBeUndefined();
  const issues = issuesOf(await readAll(har, dialects)).filter((issue) => issue.record === 5);
  expect(issues.map((issue) => issue.code).sort()).toEqual(['HAR_ADVICE', 'TIME_RANGE']);
});

test('credentials of a URL and cookies that stand in the list only become the headers that they are sent as', () => {
  expect(calls[5]?.requestHeaders).toContainEqual(['cookie', 'sid=s3cret']);
  expect(calls[5]?.requestHeaders).toContainEqual(['authorization', `Basic ${btoa('user:pa ss')}`]);
  expect(calls[5]?.host).toBe('api.acme.test');
  expect(calls[5]?.requestBody).toMatchObject({ text: 'a+b=1%262', note: 'rebuilt from postData.params' });
});

test('WebSocket messages are the bodies of their call', () => {
  expect(calls[6]).toMatchObject({ status: 101, requestBody: { text: 'ping' }, responseBody: { text: '{"x":1}' } });
});

test('text that is wrongly declared as base64 is read as text, with a warning', async () => {
  expect(calls[7]?.responseBody).toMatchObject({ text: 'not base64!', encoding: 'text' });
  expect(await codes(new TextDecoder().decode(dialects))).toContain('warning FIELD_TYPE');
});

test('what the capture says about itself is a note, even when it stands after the entries', async () => {
  expect(notesOf(await readAll(har, dialects))).toEqual(['HAR 1.2, written by WebInspector 537.36, 2 pages.']);
  expect(notesOf(await readAll(har, `{"log":{"entries":[],"creator":{"name":"Late","version":"2"}}}`))).toEqual([
    'HAR, written by Late 2.',
  ]);
});

test('a Chrome capture without any credential may have been sanitised, and the note says so', async () => {
  const text = JSON.stringify({ log: { creator: { name: 'WebInspector', version: '537.36' }, entries: [{ request: request() }] } });
  expect(notesOf(await readAll(har, text)).join()).toContain('sanitised');
});

test('har-validator advises once an entry and refuses nothing', async () => {
  const items = await readAll(har, withEntries({ request: request() }, { request: request({ url: 'not a url' }) }));
  expect(countOf(items).accepted).toBe(2);
  const advice = issuesOf(items).filter((issue) => issue.code === 'HAR_ADVICE');
  expect(advice.map((issue) => issue.record)).toEqual([1, 2]);
  expect(advice[1]?.message).toMatch(/request\.url should match format "uri"|entry should have|more/);
});

test('an entry without URL and method is rejected, with one of them it is not', async () => {
  const items = await readAll(har, withEntries({ request: {} }, {}, 7, { request: { method: 'GET' } }, { request: { url: '/x' } }));
  expect(countOf(items)).toMatchObject({ accepted: 2, rejected: 3 });
  expect(
    issuesOf(items)
      .filter((issue) => issue.severity === 'reject')
      .map((issue) => issue.code),
  ).toEqual(['FIELD_MISSING', 'FIELD_MISSING', 'FIELD_TYPE']);
});

test('a missing start is a warning, and a start without a zone is one for the whole source', async () => {
  const items = await readAll(
    har,
    withEntries(
      { request: request() },
      { startedDateTime: '2026-10-01T00:00:00', request: request() },
      { startedDateTime: '2026-10-01T00:00:01', request: request() },
    ),
  );
  const times = issuesOf(items).filter((issue) => issue.code.startsWith('TIME_'));
  expect(times.map((issue) => [issue.record, issue.code])).toEqual([
    [1, 'TIME_MISSING'],
    [2, 'TIME_AMBIGUOUS'],
  ]);
});

test('a file that ends inside an entry gives the ones before it and one reject with the byte', async () => {
  const text = withEntries({ request: request() }, { request: request() });
  const cut = text.slice(0, -20);
  const items = await readAll(har, cut);
  expect(countOf(items)).toMatchObject({ accepted: 1, rejected: 1 });
  const [reject] = issuesOf(items).filter((issue) => issue.severity === 'reject');
  expect(reject).toMatchObject({
    code: 'HAR_TRUNCATED',
    record: 2,
    message: `the file ends at byte ${String(cut.length)}, inside entry 2`,
  });
  expect(reject?.at.start).toBe(cut.lastIndexOf('{"request"'));
});

test.each([
  ['[1,2]', 'the file holds a list instead of an object'],
  ['{"a":1}', 'there is no log'],
  ['{"log":[]}', 'log is a list'],
  ['{"log":{}}', 'log has no entries'],
  ['{"log":{"entries":{}}}', 'log.entries is an object'],
])('%s is refused: %s', async (text, said) => {
  await expect(readAll(har, text)).rejects.toMatchObject({
    code: 'damaged-file',
    details: { code: 'HAR_NO_LOG' },
    message: expect.stringContaining(said) as string,
  });
});

test('keys like __proto__ are plain data', async () => {
  const items = await readAll(
    har,
    '{"log":{"entries":[{"__proto__":{"polluted":1},"request":{"method":"GET","url":"/x","headers":[{"name":"__proto__","value":"1"}]}}]}}',
  );
  expect(countOf(items).accepted).toBe(1);
  expect(Object.prototype).not.toHaveProperty('polluted');
});

test('a repeated key and a number beyond doubles are warnings', async () => {
  const text = `{"log":{"entries":[{"connection":9007199254740993,"request":{"method":"GET","method":"POST","url":"/x"}}]}}`;
  const items = await readAll(har, text);
  expect(callsOf(items)[0]?.call.method).toBe('POST');
  expect(issuesOf(items).map((issue) => issue.code)).toEqual(expect.arrayContaining(['JSON_DUP_KEY', 'NUM_RANGE']));
});

test('where the body has no size, what was transferred is the size, and the decoded one is kept beside it', async () => {
  const response = { status: 200, bodySize: -1, content: { size: 1000 }, _transferSize: 300 };
  const [item] = callsOf(await readAll(har, withEntries({ startedDateTime: '2026-01-02T10:00:00Z', request: request(), response })));
  expect(item?.call.resBytes).toBe(300);
  expect(item?.call.extras).toContainEqual(['content-size', '1000']);
});

test('entries without a log are read: one, a list, one a line', async () => {
  const entry = { startedDateTime: '2026-01-02T10:00:00Z', time: 5, request: request(), response: { status: 200 } };
  for (const text of [JSON.stringify(entry), JSON.stringify([entry], undefined, 2), `${JSON.stringify(entry)}\n`]) {
    expect(recognize(toBytes(text), 'x').importer?.id).toBe('har');
    expect(callsOf(await readAll(har, text)).map(({ call }) => [call.path, call.status])).toEqual([['/p', 200]]);
  }
});
