import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { zipkin } from '#shared/engine/importers/formats/zipkin.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/zipkin/${name}`, import.meta.url)));

test('both sides of a call: who asked the server, whom the client asked', async () => {
  const [server, client] = callsOf(await readAll(zipkin, fixture('spans.json'))).map((item) => item.call);
  expect(server).toMatchObject({
    method: 'GET',
    path: '/api',
    status: 500,
    durationMs: 20.7,
    clientIp: '10.0.0.4',
    service: 'backend',
    time: 1767348000123456,
    timeKind: 'start',
  });
  expect(server?.extras).toEqual(
    expect.arrayContaining([
      ['side', 'server'],
      ['outcome', 'error: 500'],
      ['shared', 'true'],
    ]),
  );
  expect(client).toMatchObject({
    scheme: 'http',
    host: 'db-proxy',
    path: '/q',
    query: 'x=1',
    upstream: '10.0.0.9:80',
    parentSpanId: '00000000000000a1',
  });
});

test('a list of spans, a list of traces and spans in lines are the same records', async () => {
  for (const name of ['spans.json', 'traces.json', 'lines.jsonl'])
    expect(countOf(await readAll(zipkin, fixture(name)))).toEqual({ accepted: 2, rejected: 0, skipped: 1, warnings: 0 });
});

test('what is no span is rejected', async () => {
  expect(countOf(await readAll(zipkin, '[{"traceId":"1","id":"2","localEndpoint":{}},7]'))).toMatchObject({ rejected: 1, skipped: 1 });
});
