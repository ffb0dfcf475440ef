import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readChosen, recognize } from '#shared/engine/importers/recognize.ts';
import type { Imported } from '#shared/engine/importers/importer.ts';
import { callsOf, countOf, issuesOf, readContext, sourceOf, toBytes } from '#test/support/read-evidence.ts';

const fixture = (path: string): string =>
  readFileSync(new URL(`../../../../../fixtures/${path}`, import.meta.url), 'utf8').replace(/\n$/, '');

const docker = (line: string): string => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2025-12-31T17:37:40.493035218Z' });
const cri = (line: string): string => `2025-12-31T17:37:40.493035218+01:00 stdout F ${line}`;
const join = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

async function read(text: string, chunkSize?: number): Promise<{ id: string | undefined; items: readonly Imported[] }> {
  const bytes = toBytes(text);
  const { importer, layers, settings } = recognize(bytes.subarray(0, 64 * 1024), 'x');
  const items: Imported[] = [];
  if (importer === undefined) return { id: undefined, items };
  for await (const batch of readChosen({ importer, layers }, sourceOf(bytes, 'x', chunkSize), readContext({ settings })))
    items.push(...batch);
  return { id: importer.id, items };
}

const traces = fixture('otlp-traces/lines.jsonl').split('\n');
const plain = callsOf((await read(join(traces))).items).map(({ call }) => call);

test.each([
  ['docker', docker],
  ['CRI', cri],
  ['journald', (line: string) => JSON.stringify({ MESSAGE: line, __REALTIME_TIMESTAMP: '1767348000000000' })],
  ['Splunk', (line: string) => JSON.stringify({ preview: false, result: { _raw: line } })],
  ['Filebeat', (line: string) => JSON.stringify({ '@timestamp': '2026-01-02T10:00:00Z', message: line })],
  ['CloudWatch', (line: string) => JSON.stringify({ logEvents: [{ id: '1', timestamp: 1767348000000, message: line }] })],
])('traces in the lines of %s are the same calls, in chunks of any size', async (_what, wrap) => {
  const text = join(traces.map(wrap));
  const { id, items } = await read(text);
  expect(id).toBe('otlp-traces');
  expect(plain.length).toBeGreaterThan(0);
  expect(callsOf(items).map(({ call }) => call)).toEqual(plain);
  expect((await read(text, 7)).items).toEqual(items);
});

test('a call names the place of the whole line that its document stood in', async () => {
  const text = join(traces.map(cri));
  for (const { at } of callsOf((await read(text)).items)) {
    const slice = text.slice(at.start, at.start + at.length);
    expect(slice.startsWith('2025-12-31T')).toBe(true);
    expect(slice.endsWith('}')).toBe(true);
  }
});

test('a document over many lines of a container is read, and a line between whole documents costs only itself', async () => {
  const har = JSON.stringify(JSON.parse(fixture('har/dialects.har')), undefined, 1).split('\n');
  expect(callsOf((await read(join(har.map(cri)))).items).length).toBe(callsOf((await read(har.join('\n'))).items).length);
  const { items } = await read(join([...traces, 'exporter ready', '{"broken":', ...traces].map(docker)));
  expect(callsOf(items).length).toBe(2 * plain.length);
  expect(issuesOf(items).map(({ severity, code }) => `${severity} ${code}`)).toEqual(
    expect.arrayContaining(['skip NOT_HTTP', 'reject JSON_SYNTAX']),
  );
});

const event = (path: string): object => ({
  ClientIP: '192.0.2.1',
  ClientRequestHost: 'a.test',
  ClientRequestMethod: 'GET',
  ClientRequestURI: path,
  EdgeResponseStatus: 200,
  EdgeStartTimestamp: '2026-01-02T10:00:00Z',
  RayID: '9',
});

test.each([
  [
    'in the lines of a container',
    join([{ result: [event('/a'), event('/b')] }, { result: [event('/c')] }].map((doc) => docker(JSON.stringify(doc)))),
  ],
  ['in a list', JSON.stringify([{ result: [event('/a'), event('/b')] }, { result: [event('/c')] }])],
])('documents with a list %s give each element as a record with a number of its own', async (_what, text) => {
  const { items } = await read(text);
  expect(callsOf(items).map(({ record, call }) => [record, call.path])).toEqual([
    [1, '/a'],
    [2, '/b'],
    [3, '/c'],
  ]);
});

const LINE = '192.0.2.1 - - [02/Jan/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 49 "-" "curl/8.0"';

test('syslog inside of syslog is taken off', async () => {
  const relayed = join([`Jan  2 10:00:00 relay fwd: Jan  2 09:59:59 web-1 nginx[28]: ${LINE}`]);
  expect(callsOf((await read(relayed)).items)[0]?.call).toMatchObject({ clientIp: '192.0.2.1', path: '/a' });
});

test('a source that is claimed and gives nothing says so, a blank one does not', async () => {
  const { id, items } = await read('{"resourceSpans":[]}\n');
  expect(id).toBe('otlp-traces');
  expect(countOf(items)).toEqual({ accepted: 0, rejected: 0, skipped: 1, warnings: 0 });
  expect(issuesOf(items)[0]).toMatchObject({ code: 'NOT_HTTP', at: { start: 0, length: 21 } });
});

test('exports joined as a list of lists, or one in each line of a container, give the records of all', async () => {
  const network = JSON.parse(fixture('mcp-inspector-network/stateless.json')) as readonly object[];
  const count = callsOf((await read(JSON.stringify(network))).items).length;
  expect(count).toBeGreaterThan(0);
  expect(callsOf((await read(JSON.stringify([network, network]))).items).length).toBe(2 * count);
  expect(callsOf((await read(join([docker(JSON.stringify(network)), docker(JSON.stringify(network))]))).items).length).toBe(2 * count);
});

test('a hit whose message has no time beside it is read', async () => {
  const hits = JSON.stringify({ hits: { hits: [{ _source: { message: LINE } }, { _source: { message: LINE } }] } });
  expect(callsOf((await read(hits)).items).length).toBe(2);
});
