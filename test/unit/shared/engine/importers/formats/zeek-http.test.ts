import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { zeekHttp } from '#shared/engine/importers/formats/zeek-http.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/zeek-http/${name}`, import.meta.url)));
const callAt = async (name: string, line: number): Promise<ReturnType<typeof callsOf>[number]['call'] | undefined> =>
  callsOf(await readAll(zeekHttp, fixture(name))).find((item) => item.record === line)?.call;

test("the documentation's row: start, body sizes, server's port, and what no column holds", async () => {
  const call = await callAt('http.log', 9);
  expect(call).toMatchObject({
    timeText: '1591367999.305988',
    timeKind: 'start',
    zoneKnown: true,
    method: 'GET',
    scheme: 'http',
    host: 'testmyids.com',
    port: 80,
    path: '/',
    status: 200,
    reqBytes: 0,
    resBytes: 39,
    clientIp: '192.168.4.76',
    userAgent: 'curl/7.47.0',
    referer: undefined,
    consumer: undefined,
    contentType: 'text/plain',
  });
  expect(call?.durationMs).toBeUndefined();
  expect(call?.time && printTime(call.time)).toBe('2020-06-05T14:39:59.305988Z');
  expect(call?.extras).toEqual([
    ['uid', 'CMdzit1AMNsmfAIiQc'],
    ['id.orig_p', '36844'],
    ['id.resp_h', '31.3.245.133'],
    ['id.resp_p', '80'],
    ['trans_depth', '1'],
    ['version', '1.1'],
    ['status_msg', 'OK'],
    ['resp_fuids', 'FEEsZS1w0Z0VJIb5x4'],
    ['resp_mime_types', 'text/plain'],
  ]);
});

test('escapes are undone once: UTF-8 becomes text, other bytes and control characters stay as written', async () => {
  expect(await callAt('http.log', 10)).toMatchObject({
    path: '/café/\\xfc/a\\x09b\\c',
    query: 'q=x y',
    host: '31.3.245.133',
    port: 8080,
    consumer: 'anna',
    forwardedFor: '203.0.113.7',
    requestHeaders: [
      ['via', '1.1 proxy, x'],
      ['x-forwarded-for', '203.0.113.7'],
      ['origin', 'http://a.example'],
    ],
    extras: expect.arrayContaining([
      ['tags', 'HTTP::URI_SQLI,HTTP::COOKIE_SQLI'],
      ['orig_mime_types', 'text/plain,text/html'],
    ]) as unknown,
  });
});

test('a password does not leave intake in clear, though a row has no names beside its cells', async () => {
  const call = await callAt('http.log', 10);
  if (call === undefined) throw new Error('no call');
  expect(call.extras).toContainEqual(['password', 'S3cret-Passw0rd']);
  const stored = createIntake(nodeCrypto, new Uint8Array(32).fill(9)).maskCall(call);
  expect(JSON.stringify(stored)).not.toContain('S3cret-Passw0rd');
  expect(stored.call.consumer).toBe('anna');
});

test('an answer without its request and a request without its answer are calls', async () => {
  const answer = await callAt('http.log', 11);
  expect(answer).toMatchObject({ method: undefined, status: 400, host: '31.3.245.133' });
  expect(answer?.path).toBeUndefined();
  const tunnel = await callAt('http.log', 12);
  expect(tunnel).toMatchObject({ method: 'CONNECT', host: 'shop.example', port: 443, status: undefined, scheme: undefined });
  expect(tunnel?.path).toBeUndefined();
});

test('columns go by name, a masked time is none, and rows of another log are skipped', async () => {
  const items = await readAll(zeekHttp, fixture('odd-header.log'));
  expect(countOf(items)).toMatchObject({ accepted: 1, rejected: 0, skipped: 1 });
  expect(callsOf(items)[0]?.call).toMatchObject({
    timeText: 'XXXXXXXXXX.XXXXXX',
    timeKind: 'unknown',
    host: 'shop.example',
    port: 8080,
    path: '/p',
    query: 'q=1',
    extras: [
      ['uid', 'C5'],
      ['site', 'berlin'],
    ],
  });
  expect(callsOf(items)[0]?.call.time).toBeUndefined();
  expect(issuesOf(items).map(({ code, message }) => [code, message])).toEqual([
    ['TIME_RANGE', 'not a time between 1970 and 2254: XXXXXXXXXX.XXXXXX'],
    ['NOT_HTTP', "a row of Zeek's conn log"],
  ]);
});

test('a separator of another kind is used as the header says', async () => {
  const text =
    '#separator \\x7c\n#unset_field|NULL\n#path|http\n#fields|ts|uid|id.orig_h|method|uri|status_code\n1.5|C1|10.0.0.1|GET|/a|NULL\n';
  expect(callsOf(await readAll(zeekHttp, text))[0]?.call).toMatchObject({ method: 'GET', path: '/a', status: undefined });
});

test("Zeek's other logs are not claimed", () => {
  const conn = '#separator \\x09\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tproto\n1.5\tC1\t10.0.0.1\ttcp\n';
  expect(zeekHttp.recognize(new TextEncoder().encode(conn)).strength).toBe('none');
});
