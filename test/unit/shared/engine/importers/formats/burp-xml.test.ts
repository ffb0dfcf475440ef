import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { burpXml } from '#shared/engine/importers/formats/burp-xml.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, issuesOf, notesOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const bytes = new Uint8Array(readFileSync(new URL('../../../../../fixtures/burp-xml/items.xml', import.meta.url)));
const items = await readAll(burpXml, bytes);
const calls = callsOf(items).map((item) => item.call);

test('an item: messages out of base64, headers and bodies, address, comment', () => {
  expect(calls[0]).toMatchObject({
    method: 'POST',
    scheme: 'https',
    host: 'app.acme.test',
    port: 443,
    path: '/login',
    query: 'next=%2F',
    status: 200,
    reqBytes: 16,
    resBytes: 11,
    upstream: '203.0.113.8:443',
    userAgent: 'Mozilla/5.0',
    contentType: 'application/json',
    timeKind: 'start',
    zoneKnown: true,
    requestBody: { text: '{"user":"alice"}', encoding: 'text' },
    responseBody: { text: '{"ok":true}', encoding: 'text' },
  });
  expect(calls[0]?.time && printTime(calls[0].time)).toBe('2026-01-02T10:00:00.000000Z');
  expect(calls[0]?.requestHeaders).toContainEqual(['Cookie', 'session=made-up']);
  expect(calls[0]?.responseHeaders).toContainEqual(['Set-Cookie', 'session=made-up-2']);
  expect(calls[0]?.extras).toEqual(
    expect.arrayContaining([
      ['comment', 'seen & kept é'],
      ['response-length', '91'],
      ['http-version', 'HTTP/2'],
    ]),
  );
});

test('the end of an item inside of CDATA ends nothing, and an item without an answer has no status', () => {
  expect(calls[1]).toMatchObject({
    path: '/a</item>b',
    status: undefined,
    resBytes: undefined,
    upstream: undefined,
    responseBody: undefined,
  });
});

test("Java's names of zones are not certain, GMT and offsets from it are", async () => {
  expect(calls.map((call) => call.zoneKnown)).toEqual([true, false, true]);
  expect(calls[2]?.time && printTime(calls[2].time)).toBe('2026-01-02T09:00:06.000000Z');
  expect(issuesOf(items).map((issue) => issue.code)).toEqual(['TIME_AMBIGUOUS']);
  const east = callsOf(await readAll(burpXml, bytes, { zoneOffsetMinutes: 480 }))[1]?.call;
  expect(east?.time && printTime(east.time)).toBe('2026-01-02T02:00:05.000000Z');
});

test('chunks are put together', () => {
  expect(calls[2]).toMatchObject({ resBytes: 11, responseBody: { text: 'hello world' } });
});

test('the version of Burp is noted', () => {
  expect(notesOf(items)).toEqual(['Saved by Burp 2023.12.1.']);
});

const list = (inner: string, before = ''): string => `<?xml version="1.0"?>${before}<items burpVersion="1" exportTime="">${inner}</items>`;
const good = '<item><url>https://a.test/good</url><method>GET</method></item>';
const paths = (text: string): Promise<(string | undefined)[]> =>
  readAll(burpXml, text).then((found) => callsOf(found).map((item) => item.call.path));

test('an item that is not closed, or says nothing, costs only itself', async () => {
  const found = await readAll(burpXml, list(`${good}<item><url>https://a.test/open</url>${good}<item></item>${good}`));
  expect(countOf(found)).toMatchObject({ accepted: 3, rejected: 2 });
  expect(
    issuesOf(found)
      .filter((issue) => issue.severity === 'reject')
      .map((issue) => `${String(issue.record)} ${issue.code}`),
  ).toEqual(['2 XML_SYNTAX', '4 FIELD_MISSING']);
});

test('a file that ends inside an item keeps the ones before', async () => {
  const found = await readAll(burpXml, list(good + good).slice(0, -20));
  expect(countOf(found)).toMatchObject({ accepted: 1, rejected: 1 });
});

test('base64 that is none, text that is no request and an answer without an empty line do not stop the read', async () => {
  const odd =
    '<item><url>https://a.test/x</url><request base64="true">%%%</request><response base64="false">HTTP/1.1 418 no\nA: b</response></item>';
  const [item] = callsOf(await readAll(burpXml, list(odd)));
  expect(item?.call).toMatchObject({ path: '/x', status: 418, responseHeaders: [['A', 'b']], requestHeaders: undefined });
});

test('XML of something else is not claimed', () => {
  for (const text of [
    '<?xml version="1.0"?><items><item/></items>',
    '<html><body>burpVersion="1"</body></html>',
    '<issues burpVersion="1"></issues>',
  ])
    expect(burpXml.recognize(toBytes(text)).strength).toBe('none');
});

test('items are found in any size of chunk, wherever the cut falls', async () => {
  for (const chunkSize of [1, 2, 3, 5, 64]) expect(await readAll(burpXml, bytes, { chunkSize })).toEqual(items);
});

test('attributes with brackets, comments with items, and instructions are passed over', async () => {
  const text = list(`<!-- ${good} --><?x ${good} ?><item a="></item>"><url>https://a.test/one</url><!-- </url> --></item>${good}`);
  expect(await paths(text)).toEqual(['/one', '/good']);
});
