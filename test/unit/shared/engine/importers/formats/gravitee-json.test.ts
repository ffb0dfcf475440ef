import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { graviteeJson } from '#shared/engine/importers/formats/gravitee-json.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const bytes = new Uint8Array(readFileSync(new URL('../../../../../fixtures/gravitee-json/bulk.jsonl', import.meta.url)));

test('methods are numbers, and keys have dashes', async () => {
  const [item, second] = callsOf(await readAll(graviteeJson, bytes));
  expect(item?.call).toMatchObject({
    timeText: '2024-01-23T21:31:57.266Z',
    timeKind: 'start',
    durationMs: 42,
    method: 'GET',
    host: 'gw.test',
    port: 8082,
    path: '/echo',
    query: 'x=1',
    status: 200,
    resBytes: 118,
    clientIp: '203.0.113.9',
    consumer: 'app-7',
    requestId: 'r-1',
    service: 'a-1',
    requestHeaders: [['x-gravitee-api-key', 'k-secret-1']],
  });
  expect(second?.call).toMatchObject({ method: 'POST', status: 401, userAgent: undefined });
});

test('the lines that tell Elasticsearch what to do are skipped', async () => {
  expect(countOf(await readAll(graviteeJson, bytes))).toMatchObject({ accepted: 2, skipped: 2, rejected: 0 });
});

test('an endpoint that is a URL gives host and port, and stays whole among the other fields', async () => {
  const record = { method: 3, uri: '/a', status: 200, 'response-time': 1, 'proxy-latency': 1, endpoint: 'http://b.test:81/x' };
  const [item] = callsOf(await readAll(graviteeJson, JSON.stringify(record)));
  expect(item?.call.upstream).toBe('b.test:81');
  expect(item?.call.extras).toContainEqual(['upstream-url', 'http://b.test:81/x']);
});
