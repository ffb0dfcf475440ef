import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apisixJson } from '#shared/engine/importers/formats/apisix-json.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const bytes = new Uint8Array(readFileSync(new URL('../../../../../fixtures/apisix-json/http-logger.jsonl', import.meta.url)));

test('epoch milliseconds, latencies in milliseconds, and the query as it was sent', async () => {
  const [item] = callsOf(await readAll(apisixJson, bytes));
  expect(item?.call).toMatchObject({
    timeKind: 'start',
    durationMs: 105.9,
    method: 'GET',
    scheme: 'http',
    host: 'shop.test',
    port: 9080,
    path: '/hello',
    query: 'name=a%20b',
    status: 200,
    reqBytes: 58,
    resBytes: 118,
    consumer: 'jack',
    upstream: '127.0.0.1:1982',
    route: 'hello',
    timings: [
      ['upstream', 98],
      ['apisix', 7.9],
    ],
  });
  expect(item?.call.time && printTime(item.call.time)).toBe('2020-10-15T02:46:40.123000Z');
  expect(item?.call.service).toBeUndefined();
});

test('bodies are kept, and a record of something else is skipped', async () => {
  const items = await readAll(apisixJson, bytes);
  expect(callsOf(items)[1]?.call).toMatchObject({
    requestBody: { text: '{"user":"jack"}', mime: 'application/json', encoding: 'text' },
    responseBody: { text: 'no' },
    upstream: undefined,
    service: 'shop.test',
  });
  expect(countOf(items)).toMatchObject({ accepted: 2, skipped: 1, rejected: 0 });
});

test('without a URL the query is made of its table', async () => {
  const record = { request: { method: 'GET', uri: '/a', querystring: { x: ['1', '2'], y: 'a b', z: true } }, response: {}, route_id: '1' };
  const [item] = callsOf(await readAll(apisixJson, JSON.stringify(record)));
  expect(item?.call).toMatchObject({ path: '/a', query: 'x=1&x=2&y=a%20b&z' });
});
