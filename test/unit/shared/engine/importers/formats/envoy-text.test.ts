import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { envoyText } from '#shared/engine/importers/formats/envoy-text.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/envoy-text/${name}`, import.meta.url)));
const callIn = async (name: string, line: number): Promise<ReturnType<typeof callsOf>[number]['call'] | undefined> =>
  callsOf(await readAll(envoyText, fixture(name))).find((item) => item.record === line)?.call;

test("the documentation's default line: milliseconds, body sizes, start of the call, upstream without its scheme", async () => {
  const call = await callIn('envoy-default.log', 1);
  expect(call).toMatchObject({
    method: 'POST',
    path: '/api/v1/locations',
    host: 'locations',
    status: 204,
    reqBytes: 154,
    resBytes: 0,
    durationMs: 226,
    timings: [['upstream', 100]],
    forwardedFor: '10.0.35.28',
    userAgent: 'nsq2http',
    requestId: 'cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2',
    upstream: '10.0.2.1:80',
    timeKind: 'start',
    zoneKnown: true,
    extras: [['protocol', 'HTTP/2']],
  });
  expect(call?.time && printTime(call.time)).toBe('2016-04-15T20:17:00.310000Z');
  expect(call?.clientIp).toBeUndefined();
  expect(call?.route).toBeUndefined();
});

test("Istio's line: details, cluster, addresses, server name and route", async () => {
  expect(await callIn('istio.log', 1)).toMatchObject({
    host: 'httpbin',
    port: 8000,
    status: 418,
    clientIp: '10.44.1.23',
    upstream: '127.0.0.1:80',
    service: 'inbound|8000||',
    route: 'default',
    extras: [
      ['protocol', 'HTTP/1.1'],
      ['response_code_details', 'via_upstream'],
      ['upstream_local_address', '127.0.0.1:41854'],
      ['downstream_local_address', '10.44.1.27:80'],
      ['requested_server_name', 'outbound_.8000_._.httpbin.foo.svc.cluster.local'],
    ],
  });
  expect(await callIn('istio.log', 2)).toMatchObject({
    status: 429,
    service: 'orders.shop.svc.cluster.local',
    upstream: undefined,
    extras: expect.arrayContaining([['response_flags', 'RL']]) as unknown,
  });
});

test('lines of older Istio, with what Mixer said and without a route, read alike', async () => {
  expect(await callIn('istio.log', 4)).toMatchObject({
    status: 200,
    resBytes: 9,
    clientIp: '172.30.146.82',
    service: 'httpbin.foo.svc.cluster.local',
    route: undefined,
  });
  expect(await callIn('istio.log', 5)).toMatchObject({
    status: 503,
    route: 'default',
    extras: expect.arrayContaining([['upstream_transport_failure_reason', 'delayed connect error: 111']]) as unknown,
  });
});

test('a TCP connection and an application log line are no calls', async () => {
  const messages = [
    ...issuesOf(await readAll(envoyText, fixture('istio.log'))),
    ...issuesOf(await readAll(envoyText, fixture('envoy-default.log'))),
  ].map(({ severity, code, message }) => [severity, code, message]);
  expect(messages).toEqual([
    ['skip', 'NOT_HTTP', 'a TCP connection, which has no request'],
    ['skip', 'NOT_HTTP', "a message of a server's own log, not an access line"],
  ]);
});

test('a request that Envoy could not parse has neither method nor path, and status 0 is none', async () => {
  const malformed = await callIn('envoy-default.log', 4);
  expect([malformed?.method, malformed?.path, malformed?.status]).toEqual([undefined, undefined, 400]);
  expect(malformed?.extras).toContainEqual(['response_flags', 'DPE']);
  const gone = await callIn('envoy-default.log', 5);
  expect(gone?.status).toBeUndefined();
  expect(gone?.extras).toContainEqual(['response_flags', 'DC']);
});

test('quotes inside target and user agent stay in them', async () => {
  expect((await callIn('envoy-default.log', 3))?.query).toBe('a=1&b="x"');
  expect((await callIn('envoy-default.log', 5))?.userAgent).toBe('Mozilla/5.0 (X11; "quoted" Linux)');
  expect((await callIn('envoy-default.log', 3))?.upstream).toBe('[fd00:1234:5678::e18]:8080');
});

test("fields that somebody added behind Envoy's are kept as they stand", async () => {
  const line = `${new TextDecoder().decode(fixture('envoy-default.log')).split('\n', 1)[0] ?? ''} eu-1 blue`;
  const [item] = callsOf(await readAll(envoyText, `${line}\n`));
  expect(item?.call.extras).toContainEqual(['rest-of-line', 'eu-1 blue']);
});

test('host and port come from one place: the authority that Envoy routed by, not half of it from the target', async () => {
  const line =
    '[2016-04-15T20:17:00.310Z] "GET http://abs.example:81/x HTTP/1.1" 200 - 0 14 5 4 "-" "agent" "id-1" "auth.example" "10.0.0.1:80"\n';
  const [item] = callsOf(await readAll(envoyText, line));
  expect(item?.call).toMatchObject({ scheme: 'http', host: 'auth.example', path: '/x' });
  expect(item?.call.port).toBeUndefined();
  expect(item?.call.extras).toContainEqual(['target-authority', 'abs.example:81']);
});
