import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { haproxyHttp } from '#shared/engine/importers/formats/haproxy-http.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

type Call = ReturnType<typeof callsOf>[number]['call'];

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/haproxy-http/${name}`, import.meta.url)));
const callAt = async (line: number): Promise<Call | undefined> =>
  callsOf(await readAll(haproxyHttp, fixture('httplog.log'))).find((item) => item.record === line)?.call;

test("the manual's line: start in local time, total time, frontend, backend and server", async () => {
  const call = await callAt(1);
  expect(call).toMatchObject({
    timeText: '06/Feb/2009:12:14:14.655',
    timeKind: 'start',
    zoneKnown: false,
    durationMs: 109,
    method: 'GET',
    scheme: undefined,
    path: '/index.html',
    status: 200,
    resBytes: 2750,
    clientIp: '10.0.1.2',
    route: 'http-in',
    service: 'static',
    upstream: 'srv1',
    timings: [
      ['request', 10],
      ['queue', 0],
      ['connect', 30],
      ['response', 69],
    ],
    extras: [
      ['termination-state', '----'],
      ['connections', '1/1/1/1/0'],
      ['queues', '0/0'],
      ['protocol', 'HTTP/1.1'],
      ['client-port', '33317'],
      ['captured-request-header-1', '1wt.eu'],
    ],
  });
});

test('times are read in the zone that the analyst gives', async () => {
  const [item] = callsOf(await readAll(haproxyHttp, fixture('httplog.log'), { zoneOffsetMinutes: 120 }));
  expect(item?.call.time && printTime(item.call.time)).toBe('2009-02-06T10:14:14.655000Z');
});

test('a bad request has no method, no server and no steps; a tilde means TLS', async () => {
  expect(await callAt(3)).toMatchObject({
    method: undefined,
    path: '<BADREQ>',
    status: 408,
    durationMs: 5001,
    scheme: 'https',
    route: 'https-in',
    service: 'app',
    upstream: undefined,
    timings: undefined,
    extras: expect.arrayContaining([['termination-state', 'cR--']]) as unknown,
  });
});

test('escapes are undone once, status −1 is none, an unnamed server is none, and cookies are headers', async () => {
  expect(await callAt(4)).toMatchObject({
    path: '/a#b',
    query: 'q={1}',
    status: undefined,
    upstream: undefined,
    resBytes: undefined,
    requestHeaders: [['cookie', 'sid=0123456789abcdef0123456789abcdef']],
    responseHeaders: [['set-cookie', 'sid=fedcba9876543210fedcba9876543210']],
    extras: expect.arrayContaining([
      ['bytes-at-least', '0'],
      ['captured-request-header-2', 'café "x"'],
      ['captured-response-header-1', 'gzip'],
      ['connections', '2/2/0/0/+2'],
    ]) as unknown,
  });
});

test('cookies do not leave intake in clear, neither as headers nor in the line', async () => {
  const call = await callAt(4);
  if (call === undefined) throw new Error('no call');
  const stored = JSON.stringify(createIntake(nodeCrypto, new Uint8Array(32).fill(9)).maskCall(call));
  expect(stored).not.toContain('0123456789abcdef0123456789abcdef');
  expect(stored).not.toContain('fedcba9876543210fedcba9876543210');
});

test('captured headers get the names that the analyst gives, in order of the configuration', async () => {
  const settings = { headerNames: ['Host', 'X-Note', 'Content-Encoding'] };
  const item = callsOf(await readAll(haproxyHttp, fixture('httplog.log'), { settings })).find(({ record }) => record === 4);
  expect(item?.call.requestHeaders).toEqual([
    ['Host', 'shop.example'],
    ['X-Note', 'café "x"'],
    ['cookie', 'sid=0123456789abcdef0123456789abcdef'],
  ]);
  expect(item?.call.responseHeaders?.[0]).toEqual(['Content-Encoding', 'gzip']);
});

test('an HTTP/2 request names scheme and host; a plus marks what was still growing; fields behind the request are kept', async () => {
  expect(await callAt(8)).toMatchObject({
    scheme: 'https',
    host: 'api.example',
    port: 8443,
    path: '/v1/items',
    query: 'id=7',
    clientIp: '2001:db8::7',
    durationMs: undefined,
    resBytes: undefined,
    extras: expect.arrayContaining([
      ['duration-at-least', '9'],
      ['bytes-at-least', '512'],
      ['rest-of-line', 'TLSv1.2 ECDHE'],
    ]) as unknown,
  });
});

test('a request that the log cuts off keeps what is there', async () => {
  expect(await callAt(9)).toMatchObject({
    method: 'GET',
    path: '/very/long/path/that/the/log/cuts',
    query: 'token=abc',
    extras: expect.arrayContaining([['request-line', 'cut off']]) as unknown,
  });
});

test('notices, TCP lines, TLS failures and bare connections are skipped with their reason', async () => {
  const skipped = issuesOf(await readAll(haproxyHttp, fixture('httplog.log'))).filter((issue) => issue.severity === 'skip');
  expect(skipped.map(({ record, message }) => [record, message])).toEqual([
    [2, 'a notice of HAProxy about itself'],
    [5, 'a TCP connection, which has no request'],
    [6, 'a connection without a request: SSL handshake failure (error:0A0000C1:SSL routines::no shared cipher)'],
    [7, 'a notice of HAProxy about itself'],
  ]);
});

test('the HTTPS log adds server name, version, cipher and error codes', async () => {
  const [first, second] = callsOf(await readAll(haproxyHttp, fixture('httpslog.log')));
  expect(first?.call.extras).toEqual(
    expect.arrayContaining([
      ['tls-errors', '0/0/0/0/0'],
      ['tls-server-name', '1wt.eu'],
      ['tls', 'TLSv1.3 TLS_AES_256_GCM_SHA384'],
    ]),
  );
  expect(second?.call.extras?.map(([name]) => name)).not.toContain('tls-server-name');
});

const REST = '[06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 "GET /a HTTP/1.1"';

test.each([
  ['::ffff:10.0.1.2:33317', '::ffff:10.0.1.2', '33317'],
  ['2001:db8::1:8080', '2001:db8::1', '8080'],
  ['10.0.1.2:33317', '10.0.1.2', '33317'],
  ['[2001:db8::1]:8080', '2001:db8::1', '8080'],
])('the client %s is an address and, behind the last colon, its port', async (client, clientIp, port) => {
  const [call] = callsOf(await readAll(haproxyHttp, `${client} ${REST}\n`)).map((item) => item.call);
  expect(call?.clientIp).toBe(clientIp);
  expect(call?.extras).toContainEqual(['client-port', port]);
});

const HANDSHAKE = '10.0.1.2:33317 [06/Feb/2009:12:14:14.655] https-in/1: SSL handshake failure';
const TCP = '10.0.1.2:33313 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0';
const recognized = (text: string): { strength: string; why: string } =>
  haproxyHttp.recognize(new TextEncoder().encode(text), 'haproxy.log', {});

test('one HTTP line is enough, even as the last one of a file that does not end its lines', () => {
  expect(recognized(`${HANDSHAKE}\n10.0.1.2:33317 ${REST}\n`).strength).toBe('shape');
  expect(recognized(`${HANDSHAKE}\n10.0.1.2:33317 ${REST}`).strength).toBe('shape');
});

test('a file of TCP lines alone is claimed, and every line skipped with its reason', async () => {
  expect(recognized(`${TCP}\n${HANDSHAKE}\n`)).toEqual({
    strength: 'shape',
    why: "2 of the first 2 lines are connections in HAProxy's log, none of them an HTTP request (option tcplog)",
  });
  const issues = issuesOf(await readAll(haproxyHttp, `${TCP}\n${TCP}\n`));
  expect(issues.map(({ severity, message }) => `${severity} ${message}`)).toEqual(
    Array(2).fill('skip a TCP connection, which has no request'),
  );
  expect(recognized('Proxy http-in started.\nProxy https-in started.\n').strength).toBe('none');
});

test('a line of a call that is cut, behind a syslog header too, is rejected as damaged; lines of other programs are skipped', async () => {
  const head = 'Sep 28 07:56:57 lb-bo-01 haproxy[2211]: ';
  const whole =
    '10.8.4.22:58621 [28/Sep/2026:07:56:57.459] fe_bo~ be_bo/bo-app02 0/0/1/129/131 200 7878 - - --VN 18/18/9/6/0 0/0 "GET /bo/api/me HTTP/1.1"';
  const cut = [20, 60, 100, whole.indexOf(' "') - 2].map((end) => head + whole.slice(0, end));
  const lines = [...cut, `${head}something else entirely`, ...Array<string>(20).fill(head + whole)];
  const items = await readAll(haproxyHttp, new TextEncoder().encode(`${lines.join('\n')}\n`));
  expect(callsOf(items)).toHaveLength(20);
  expect(
    issuesOf(items)
      .filter((issue) => issue.severity !== 'warning')
      .map(({ severity, code, record }) => `${severity} ${code} ${String(record)}`),
  ).toEqual(['reject LINE_SHAPE 1', 'reject LINE_SHAPE 2', 'reject LINE_SHAPE 3', 'reject LINE_SHAPE 4', 'skip NOT_HTTP 5']);
});

const PEOPLE = ['j.steen', 'w.drost', 'a.mertens', 'k.bouzid'];
const captured = (place: number, user: string): string =>
  `10.8.4.${String(place)}:51640 [29/Sep/2026:07:57:${String(10 + place)}.371] fe~ be/app01 0/0/1/56/58 200 4810 - - ---- 15/15/7/5/0 0/0 {desk.acme.test|${user}|Mozilla/5.0 (X11)} "GET /queue HTTP/1.1"`;

test('a captured header that holds names of users gives the user, and says that its own name is not known', async () => {
  const lines = Array.from({ length: 16 }, (_, place) => captured(place, PEOPLE[place % 4] ?? ''));
  const text = [...lines, captured(20, "x' OR '1'='1")].join('\n');
  const { importer, settings, why } = recognize(new TextEncoder().encode(text), 'haproxy.log');
  expect(importer?.id).toBe('haproxy-http');
  expect(why).toContain("host from captured header 1, the user's name from captured header 2, user-agent from captured header 3");
  const calls = callsOf(await readAll(haproxyHttp, text, { settings })).map(({ call }) => call);
  expect(calls[1]).toMatchObject({
    consumer: 'w.drost',
    requestHeaders: [
      ['host', 'desk.acme.test'],
      ['user-agent', 'Mozilla/5.0 (X11)'],
    ],
  });
  expect(calls[1]?.extras).toEqual(
    expect.arrayContaining([
      ['user', 'taken from an unnamed captured header'],
      ['captured-request-header-2', 'w.drost'],
    ]),
  );
  expect(calls.at(-1)?.consumer).toBeUndefined();
  expect(calls.at(-1)?.extras).toContainEqual(['captured-request-header-2', "x' OR '1'='1"]);
});

test('names that the analyst gives go before what the values look like', () => {
  const text = Array.from({ length: 16 }, (_, place) => captured(place, PEOPLE[place % 4] ?? '')).join('\n');
  const given = { headerNames: ['host', 'x-team', 'user-agent'] };
  expect(recognize(new TextEncoder().encode(text), 'haproxy.log', undefined, given).settings).toEqual(given);
});
