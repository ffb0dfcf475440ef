import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jaeger } from '#shared/engine/importers/formats/jaeger.ts';
import { otlpTraces } from '#shared/engine/importers/formats/otlp-traces.ts';
import type { Imported } from '#shared/engine/importers/importer.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, readAll } from '#test/support/read-evidence.ts';

const fixtures = new URL('../../../../../fixtures/', import.meta.url);
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, fixtures)));

test('a server span: path, status as text, peer, service out of the processes', async () => {
  const items = await readAll(jaeger, read('jaeger/api.json'));
  expect(countOf(items)).toMatchObject({ accepted: 3, skipped: 1 });
  const [first, second, last] = callsOf(items).map((item) => item.call);
  expect(first).toMatchObject({
    method: 'GET',
    path: '/route',
    query: 'pickup=4',
    status: 200,
    clientIp: '10.1.1.1',
    durationMs: 61.5,
    service: 'frontend',
    spanId: '00000000000000e1',
    timeKind: 'start',
  });
  expect(first?.time && printTime(first.time)).toBe('2026-01-02T10:00:00.123456Z');
  expect(first?.extras).toContainEqual(['side', 'server']);
  expect(second).toMatchObject({ scheme: 'http', host: '10.2.0.4', port: 8083, service: 'customer', parentSpanId: '00000000000000e1' });
  expect(second?.extras).toContainEqual(['outcome', 'error']);
  expect(last).toMatchObject({ service: 'first', traceId: '0000000000000001' });
});

test('documents of Elasticsearch: tags in a map with @ for dots, the process inline, with and without their hit', async () => {
  const [call] = callsOf(await readAll(jaeger, read('jaeger/documents.jsonl'))).map((item) => item.call);
  expect(call).toMatchObject({ method: 'GET', scheme: 'http', host: 'nginx.test', path: '/a', status: 201, service: 'nginx' });
  expect(call?.extras).toContainEqual(['side', 'server']);
});

test('the answer of a search is a list of documents', async () => {
  const document = {
    traceID: '1',
    spanID: '2',
    operationName: 'GET',
    startTime: 1767348000000000,
    duration: 7,
    tag: { 'http@method': 'GET', 'http@url': '/x' },
  };
  const text = JSON.stringify({ took: 1, hits: { total: 1, hits: [{ _id: 'a', _source: document }] } });
  expect(callsOf(await readAll(jaeger, text)).map((item) => item.call.path)).toEqual(['/x']);
});

test('the same trace as OTLP and as Jaeger is read alike', async () => {
  // The corpus pair has no calls in it, so the same tags are added to both.
  const otlp = new TextDecoder()
    .decode(read('corpus/jaeger/otlp2jaeger-in.json'))
    .replaceAll(
      '"attributes": [\n                {\n                  "key": "net.peer.ip"',
      '"attributes": [{"key":"http.method","value":{"stringValue":"GET"}},{"key":"http.target","value":{"stringValue":"/a"}},\n                {\n                  "key": "net.peer.ip"',
    );
  const ui = new TextDecoder()
    .decode(read('corpus/jaeger/otlp2jaeger-out.json'))
    .replaceAll(
      '"tags": [\n            {',
      '"tags": [{"key":"http.method","type":"string","value":"GET"},{"key":"http.target","type":"string","value":"/a"},\n            {',
    );
  const pick = (items: readonly Imported[]): unknown =>
    callsOf(items).map(({ record, call }) => {
      const { rawText: _text, timeText: _time, extras, ...rest } = call;
      return { record, rest, extras: extras?.filter(([name]) => name !== 'otel.scope.name') };
    });
  const [first, second] = [await readAll(otlpTraces, otlp), await readAll(jaeger, ui)];
  expect(countOf(first).accepted).toBe(2);
  expect(pick(first)).toEqual(pick(second));
});
