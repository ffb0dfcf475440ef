import { expect, test } from 'vitest';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { callsOf, countOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const LINE = '192.0.2.1 - - [10/Oct/2023:13:55:36 +0000] "GET /a HTTP/1.1" 200 49 "-" "curl/8.0"';
const KONG = {
  request: { method: 'GET', uri: '/a' },
  response: { status: 200 },
  latencies: { request: 5 },
  started_at: 1433209822425,
  client_ip: '192.0.2.1',
};

async function read(
  text: string,
): Promise<{ format: string | undefined; layers: readonly string[]; accepted: number; paths: readonly unknown[] }> {
  const { importer, layers } = recognize(toBytes(text), 'evidence');
  const items = importer === undefined ? [] : await readAll(importer, text);
  return {
    format: importer?.id,
    layers: layers.map((layer) => layer.id),
    accepted: countOf(items).accepted,
    paths: callsOf(items).map((item) => item.call.path),
  };
}

const lines = (...records: readonly object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');

test("Elasticsearch: a search's answer, pretty printed, and one hit a line", async () => {
  const hit = { _index: 'kong', _id: '1', _source: KONG };
  const answer = JSON.stringify({ took: 3, hits: { total: { value: 2 }, hits: [hit, hit] } }, null, 2);
  expect(await read(answer)).toEqual({ format: 'kong-json', layers: ['elastic-hits', 'elastic-source'], accepted: 2, paths: ['/a', '/a'] });
  expect(await read(lines(hit, hit))).toMatchObject({ format: 'kong-json', layers: ['elastic-source'], accepted: 2 });
});

test('documents of Filebeat carry the line as message, or as event.original where a pipeline changed it', async () => {
  const shipped = { '@timestamp': '2023-10-10T13:55:36.000Z', message: LINE, agent: { type: 'filebeat' }, host: { name: 'web-1' } };
  const parsed = { '@timestamp': '2023-10-10T13:55:36.000Z', message: 'GET /a', event: { original: LINE } };
  expect(await read(lines({ _source: shipped }, { _source: parsed }))).toEqual({
    format: 'access-combined',
    layers: ['elastic-source', 'shipped-message'],
    accepted: 2,
    paths: ['/a', '/a'],
  });
});

test('Splunk: export lines, lists of results, and events for its collector', async () => {
  const result = { _raw: LINE, _time: '2023-10-10 13:55:36.000 UTC', host: 'web-1', sourcetype: 'access_combined' };
  expect(await read(lines({ preview: false, offset: 0, result }, { preview: false, offset: 1, lastrow: true, result }))).toMatchObject({
    format: 'access-combined',
    layers: ['splunk-export'],
    accepted: 2,
  });
  expect(await read(JSON.stringify({ preview: false, init_offset: 0, results: [result] }))).toMatchObject({
    format: 'access-combined',
    layers: ['splunk-results', 'splunk-raw'],
    accepted: 1,
  });
  expect(await read(lines({ time: 1433209822.4, host: 'h', sourcetype: 'kong', event: KONG }))).toMatchObject({
    format: 'kong-json',
    layers: ['splunk-hec'],
    accepted: 1,
  });
});

test("lists in answers of REST interfaces: value, result, entries, and Azure's and AWS's records", async () => {
  for (const name of ['value', 'result', 'entries', 'records', 'Records']) {
    expect(await read(JSON.stringify({ [name]: [KONG, KONG], next: null }))).toMatchObject({ format: 'kong-json', accepted: 2 });
  }
});

test('an application log with time stamps and messages stays unclaimed', async () => {
  expect((await read(lines({ '@timestamp': '2023-10-10T13:55:36.000Z', message: 'started', level: 'info' }))).format).toBeUndefined();
});
