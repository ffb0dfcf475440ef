import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { squid } from '#shared/engine/importers/formats/squid.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const bytes = new Uint8Array(readFileSync(new URL('../../../../../fixtures/squid/access.log', import.meta.url)));
const callAt = async (line: number): Promise<ReturnType<typeof callsOf>[number]['call'] | undefined> =>
  callsOf(await readAll(squid, bytes)).find((item) => item.record === line)?.call;

test("the wiki's line: the end is stamped, in milliseconds, and the result is kept", async () => {
  const call = await callAt(1);
  expect(call).toMatchObject({
    timeText: '1286536308.779',
    timeKind: 'end',
    zoneKnown: true,
    durationMs: 180,
    method: 'GET',
    scheme: 'http',
    host: 'liveupdate.symantecliveupdate.com',
    path: '/minitri.flg',
    query: undefined,
    status: 200,
    resBytes: 411,
    clientIp: '192.168.0.224',
    consumer: undefined,
    upstream: '125.23.175.88',
    contentType: 'text/plain',
    extras: [
      ['result', 'TCP_MISS'],
      ['hierarchy', 'DIRECT'],
    ],
  });
  expect(call?.time && printTime(call.time)).toBe('2010-10-08T11:11:48.779000Z');
});

test('a tunnel has host and port but no path, and its user is decoded once', async () => {
  const call = await callAt(2);
  expect(call).toMatchObject({ method: 'CONNECT', host: 'api.example.com', port: 443, consumer: 'anna b' });
  expect(call?.path).toBeUndefined();
});

test('a refusal keeps its reason, and has no next hop', async () => {
  const call = await callAt(3);
  expect(call).toMatchObject({ status: 407, path: '/a', query: 'b=1', upstream: undefined });
  expect(call?.extras).toContainEqual(['result', 'TCP_DENIED']);
});

test('text that was no request has no method; status 000 is none', async () => {
  const [nothing, invalid] = [await callAt(4), await callAt(5)];
  expect(nothing).toMatchObject({ path: 'error:transaction-end-before-headers', status: undefined, resBytes: 0 });
  expect(invalid).toMatchObject({ path: 'error:invalid-request', status: 400 });
  expect([nothing?.method, invalid?.method]).toEqual([undefined, undefined]);
});

test('a question between caches is no call', async () => {
  expect(issuesOf(await readAll(squid, bytes)).map(({ record, severity, code }) => [record, severity, code])).toEqual([
    [6, 'skip', 'NOT_HTTP'],
  ]);
});

test('headers of log_mime_hdrs are headers, and a credential in them is masked everywhere', async () => {
  const call = await callAt(7);
  expect(call?.requestHeaders).toContainEqual(['Authorization', 'Basic c3ZjLTc6aHVudGVyMg==']);
  expect(call?.responseHeaders).toEqual([['Server', 'nginx']]);
  if (call === undefined) throw new Error('no call');
  expect(JSON.stringify(createIntake(nodeCrypto, new Uint8Array(32).fill(9)).maskCall(call))).not.toContain('c3ZjLTc6aHVudGVyMg');
});
