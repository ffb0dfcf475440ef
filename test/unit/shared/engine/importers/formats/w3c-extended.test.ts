import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { w3cExtended } from '#shared/engine/importers/formats/w3c-extended.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, issuesOf, notesOf, readAll } from '#test/support/read-evidence.ts';

type Call = ReturnType<typeof callsOf>[number]['call'];

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/w3c-extended/${name}`, import.meta.url)));
const callAt = async (name: string, line: number): Promise<Call | undefined> =>
  callsOf(await readAll(w3cExtended, fixture(name))).find((item) => item.record === line)?.call;
const callsIn = async (text: string): Promise<Call[]> => callsOf(await readAll(w3cExtended, text)).map((item) => item.call);

test('IIS: UTC, the end of the call, milliseconds, and a plus for every blank of the user agent', async () => {
  const call = await callAt('iis.log', 5);
  expect(call).toMatchObject({
    timeText: '2024-05-02 17:42:15',
    timeKind: 'end',
    zoneKnown: true,
    durationMs: 283,
    method: 'GET',
    host: 'shop.example',
    port: 443,
    path: '/images/picture.jpg',
    query: undefined,
    status: 200,
    resBytes: 1405,
    reqBytes: 242,
    clientIp: '172.22.255.255',
    consumer: undefined,
    userAgent: 'Mozilla/4.0 (compatible;MSIE 5.5; Windows 2000 Server)',
    referer: 'https://shop.example/?a=b',
    requestHeaders: [['Cookie', 'ASP.NET_SessionId=qm2vzyu3ajt1xw3xkzd0lrbe; theme=dark']],
    service: 'W3SVC1',
    extras: [
      ['s-ip', '10.0.0.5'],
      ['sc-substatus', '0'],
      ['sc-win32-status', '0'],
    ],
  });
  expect(call?.time && printTime(call.time)).toBe('2024-05-02T17:42:15.000000Z');
});

test('IIS: what ASP appends to the query stands apart; absent is not 0; users and zone ids are kept', async () => {
  const call = await callAt('iis.log', 6);
  expect(call).toMatchObject({
    query: 'id=7',
    consumer: 'CORP\\anna b',
    clientIp: 'fe80::1%4',
    host: 'shop.example',
    port: 8443,
    resBytes: undefined,
    reqBytes: 0,
    durationMs: 0,
    extras: expect.arrayContaining([['asp-error', '26|80040e14|[Microsoft][ODBC]_Syntax_error']]) as unknown,
  });
});

test('IIS: columns change in the file, and the date of a header serves rows without one', async () => {
  const call = await callAt('iis.log', 12);
  expect(call).toMatchObject({ path: '/admin', status: 401, forwardedFor: '203.0.113.7, 10.0.0.1', extras: [['sc-substatus', '2']] });
  expect(call?.time && printTime(call.time)).toBe('2024-05-03T00:00:02.000000Z');
});

test('IIS: a command of its FTP service is no call', async () => {
  expect(issuesOf(await readAll(w3cExtended, fixture('iis.log'))).map(({ record, severity, code }) => [record, severity, code])).toEqual([
    [7, 'skip', 'NOT_HTTP'],
  ]);
});

test('a session cookie of IIS does not leave intake in clear', async () => {
  const call = await callAt('iis.log', 5);
  if (call === undefined) throw new Error('no call');
  expect(JSON.stringify(createIntake(nodeCrypto, new Uint8Array(32).fill(9)).maskCall(call))).not.toContain('qm2vzyu3ajt1xw3xkzd0lrbe');
});

test('CloudFront: seconds, the host that was asked for, and percent-encoded blanks', async () => {
  expect(await callAt('cloudfront.log', 3)).toMatchObject({
    durationMs: 1,
    timings: [['first-byte', 1]],
    zoneKnown: true,
    timeKind: 'end',
    scheme: 'https',
    host: 'www.example.com',
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
    contentType: 'text/html; charset=utf-8',
    requestId: 'SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==',
    extras: expect.arrayContaining([
      ['x-edge-location', 'LAX1'],
      ['cs(Host)', 'd111111abcdef8.cloudfront.net'],
    ]) as unknown,
  });
});

test('CloudFront: a row that is encoded twice is decoded once, and its user agent wholly', async () => {
  expect(await callAt('cloudfront.log', 4)).toMatchObject({
    path: '/a%20b/%252e',
    query: 'q=%27',
    userAgent: 'Mozilla/5.0 (Windows NT)',
    durationMs: 1237,
    forwardedFor: '203.0.113.4, 198.51.100.2',
    requestHeaders: [['Cookie', 'theme=dark; sid=0123456789abcdef0123456789abcdef']],
  });
});

test('a writer that is not known: local time, seconds, quotes inside quotes, headers as headers, and a note', async () => {
  const items = await readAll(w3cExtended, fixture('unknown-writer.log'), { zoneOffsetMinutes: 120 });
  const [call, bare] = callsOf(items).map((item) => item.call);
  expect(call).toMatchObject({
    zoneKnown: false,
    durationMs: 250,
    scheme: 'https',
    host: 'shop.example',
    port: 8443,
    path: '/a',
    query: 'b=1',
    userAgent: 'Mozilla/5.0 ("x" y)',
    requestHeaders: [['Authorization', 'Bearer abc123def456ghi789jkl012']],
    responseHeaders: [['Server', 'nginx']],
  });
  expect(call?.time && printTime(call.time)).toBe('2012-08-15T15:00:00.363000Z');
  expect(bare).toMatchObject({ host: 'shop.example', path: '/c', query: 'd=2', durationMs: undefined });
  expect(notesOf(items).join(' ')).toContain('seconds');
});

test('a token in a header column keeps its plus signs', async () => {
  const [call] = await callsIn(
    '#Software: Microsoft Internet Information Services 10.0\n#Fields: date time cs-method cs-uri-stem sc-status cs(Authorization)\n' +
      '2024-05-02 17:42:15 GET /a 200 Bearer+abc+def/ghi==\n',
  );
  expect(call?.requestHeaders).toEqual([['Authorization', 'Bearer abc+def/ghi==']]);
});

test('rows that do not fit their header are rejected, rows before any header too', async () => {
  const text = '2024-05-02 GET\n#Fields: date cs-method sc-status\n2024-05-02 GET\n2024-05-02 GET 200\nyesterday GET 200\n';
  expect(countOf(await readAll(w3cExtended, text))).toMatchObject({ accepted: 1, rejected: 3, skipped: 0 });
});

test('a connection without a request is skipped', async () => {
  const text =
    '#Software: Microsoft HTTP API 2.0\n#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason\n' +
    '2024-05-02 17:42:15 10.0.0.9 4242 10.0.0.5 80 - - - - - Timer_ConnectionIdle\n';
  expect(countOf(await readAll(w3cExtended, text))).toMatchObject({ accepted: 0, skipped: 1 });
});

test('extended logs of other services are not claimed', () => {
  const dns = '#Software: x\n#Fields: date time c-ip s-operation\n2024-05-02 17:42:15 10.0.0.9 QUERY\n';
  expect(w3cExtended.recognize(new TextEncoder().encode(dns), 'x', {}).strength).toBe('none');
});

test('a header that the analyst gives serves a file that lost its own', async () => {
  const text = '2024-05-02 17:42:15 10.0.0.9 GET /a 200 31\n2024-05-02 17:42:16 10.0.0.9 GET /b 404 9\n';
  const bytes = new TextEncoder().encode(text);
  const settings = { logFormat: '#Software: Microsoft IIS\n#Fields: date time c-ip cs-method cs-uri-stem sc-status time-taken' };
  expect(w3cExtended.recognize(bytes, 'x', {}).strength).toBe('none');
  expect(recognize(bytes, 'x', undefined, settings).importer?.id).toBe('w3c-extended');
  const [call] = callsOf(await readAll(w3cExtended, text, { settings })).map((item) => item.call);
  expect(call).toMatchObject({ path: '/a', status: 200, durationMs: 31, zoneKnown: true });
  expect(w3cExtended.recognize(new TextEncoder().encode('2024-05-02 something else\n'), 'x', settings).strength).toBe('none');
});

test.each([
  ['#Software: Microsoft Internet Information Services 10.0', 'ControlChannelOpened - - 0'],
  ['#Software: Microsoft Internet Information Services 10.0', 'RETR /pub/a.txt - 226'],
  ['#Software: Microsoft Internet Information Services 10.0', 'USER anonymous - 331'],
  ['#Software: Microsoft Internet Information Services 10.0', 'EHLO - +mail.example 250'],
  ['#Software: Microsoft Internet Information Services 10.0', 'MAIL - +FROM:<a@b.example> 250'],
])('a command of an FTP or SMTP service is skipped: %s %s', async (software, values) => {
  const text = `${software}\n#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status\n2024-05-02 17:42:15 10.0.0.9 ${values}\n`;
  const issues = issuesOf(await readAll(w3cExtended, text));
  expect(issues.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['skip NOT_HTTP']);
});

test('a query stands without its question mark, which Blue Coat writes along', async () => {
  const head = '#Software: SGOS 6.7\n#Fields: date time c-ip cs-method cs-host cs-uri-path cs-uri-query sc-status\n';
  const calls = await callsIn(
    `${head}2024-05-02 17:42:15 10.0.0.9 GET h.example /a ?a=1 200\n2024-05-02 17:42:15 10.0.0.9 GET h.example /a ? 200\n`,
  );
  expect(calls.map(({ query }) => query)).toEqual(['a=1', '']);
});

test('a port behind the client is no part of its address', async () => {
  const head = '#Fields: date time c-ip cs-method cs-uri-stem sc-status\n';
  const rows = ['1.2.3.4:5555', '[2001:db8::1]:5555', '2001:db8::1'].map((client) => `2024-05-02 17:42:15 ${client} GET /a 200\n`);
  const calls = await callsIn(head + rows.join(''));
  expect(calls.map(({ clientIp, extras }) => [clientIp, extras])).toEqual([
    ['1.2.3.4', [['client-port', '5555']]],
    ['2001:db8::1', [['client-port', '5555']]],
    ['2001:db8::1', undefined],
  ]);
});
