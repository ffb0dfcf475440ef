import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { traefikClf } from '#shared/engine/importers/formats/traefik-clf.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

const bytes = new Uint8Array(readFileSync(new URL('../../../../../fixtures/traefik-clf/access.log', import.meta.url)));
const calls = async (): Promise<ReturnType<typeof callsOf>[number]['call'][]> =>
  callsOf(await readAll(traefikClf, bytes)).map((item) => item.call);

test('count, router, server and milliseconds follow the combined form, and the start is stamped', async () => {
  const [call] = await calls();
  expect(call).toMatchObject({
    method: 'GET',
    path: '/index',
    query: 'toto=tata',
    status: 200,
    resBytes: 352,
    clientIp: '172.17.0.1',
    userAgent: 'Nikto',
    referer: undefined,
    consumer: undefined,
    durationMs: 1,
    timeKind: 'start',
    route: 'test@docker',
    upstream: '172.17.0.3:80',
    extras: [
      ['request-count', '242'],
      ['service-url', 'http://172.17.0.3:80'],
    ],
  });
  expect(call?.time && printTime(call.time)).toBe('2021-12-08T13:59:39.000000Z');
});

test('a call without an answer has neither status, size nor route, and its user is known', async () => {
  const call = (await calls())[1];
  expect([call?.status, call?.resBytes, call?.route, call?.upstream]).toEqual([undefined, undefined, undefined, undefined]);
  expect(call).toMatchObject({ consumer: 'svc-7', durationMs: 0, timeText: '28/Sep/2022:13:38:04 +0200' });
});

test('a chain of routers, an IPv6 server, a missing last field and the bare dash of v1 are read', async () => {
  const [, , chain, unmeasured, old] = await calls();
  expect(chain).toMatchObject({ route: 'root@docker -> leaf@docker', upstream: '[fd00::3]:8080', durationMs: 42 });
  expect(unmeasured).toMatchObject({
    durationMs: undefined,
    upstream: '172.17.0.9:8080',
    referer: 'https://shop.example/form',
    resBytes: 0,
  });
  expect(old).toMatchObject({ route: 'Host-whoami-docker-localhost-0', referer: undefined, durationMs: 2 });
});

test('combined lines without what Traefik adds are not claimed', () => {
  const line = '1.2.3.4 - - [08/Dec/2021:13:59:39 +0000] "GET / HTTP/1.1" 200 352 "-" "curl"\n';
  expect(traefikClf.recognize(new TextEncoder().encode(line)).strength).toBe('none');
});
