import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { otlpTraces } from '#shared/engine/importers/formats/otlp-traces.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, issuesOf, notesOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/otlp-traces/${name}`, import.meta.url)));
const items = await readAll(otlpTraces, fixture('lines.jsonl'));
const callOf = (record: number): ReturnType<typeof callsOf>[number]['call'] | undefined =>
  callsOf(items).find((item) => item.record === record)?.call;

const attribute = (key: string, value: string): object => ({ key, value: { stringValue: value } });
const GET = [attribute('http.method', 'GET'), attribute('http.target', '/a')];
const doc = (service: string | undefined, spans: readonly object[], resourceFirst = true): object => {
  const resource = service === undefined ? {} : { resource: { attributes: [attribute('service.name', service)] } };
  const scopes = { scopeSpans: [{ spans }] };
  return { resourceSpans: [resourceFirst ? { ...resource, ...scopes } : { ...scopes, ...resource }] };
};
const span = (more: object = {}): object => ({ kind: 2, startTimeUnixNano: '1767348000000000000', attributes: GET, ...more });

test('a server span in the new names: URL parts, sizes, headers, caller, user and ids', () => {
  expect(callOf(1)).toMatchObject({
    method: 'GET',
    scheme: 'https',
    host: 'api.acme.test',
    port: 8443,
    path: '/orders/7',
    query: 'expand=items',
    route: '/orders/{id}',
    status: 200,
    resBytes: 431,
    clientIp: '192.0.2.10',
    userAgent: 'python-httpx/0.27',
    consumer: 'alice',
    requestId: 'r-1',
    service: 'orders',
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: '00000000000000a1',
    parentSpanId: undefined,
    timeKind: 'start',
    zoneKnown: true,
    durationMs: 125,
  });
  expect(callOf(1)?.time && printTime(callOf(1)?.time ?? (0 as never))).toBe('2026-01-02T10:00:00.161000Z');
  expect(callOf(1)?.requestHeaders).toContainEqual(['authorization', 'Bearer made-up-token-1']);
  expect(callOf(1)?.extras).toContainEqual(['network.peer.address', '10.0.0.2']);
});

test('a client span in the old names keeps its side, its peer and how it ended', () => {
  expect(callOf(2)).toMatchObject({
    method: 'POST',
    scheme: 'https',
    host: 'pay.acme.test',
    path: '/v1/charges',
    query: 'dry=1',
    status: 502,
    reqBytes: 64,
    clientIp: undefined,
    upstream: '203.0.113.9:443',
    parentSpanId: '00000000000000a1',
  });
  expect(callOf(2)?.extras).toEqual(
    expect.arrayContaining([
      ['side', 'client'],
      ['outcome', 'error: bad gateway'],
      ['http.flavor', '1.1'],
    ]),
  );
});

test('spans that are no calls, and other signals in the same file, are passed over one by one', () => {
  expect(countOf(items)).toEqual({ accepted: 10, rejected: 0, skipped: 4, warnings: 0 });
  expect(issuesOf(items).map((issue) => `${String(issue.record)} ${issue.code} ${issue.message}`)).toEqual([
    '3 NOT_HTTP a span that is no call: neither HTTP, RPC, a model nor a tool',
    '4 NOT_HTTP a step inside of a process that repeats the HTTP call around it',
    '6 NOT_HTTP resourceLogs: another signal than traces',
    '10 NOT_HTTP a step of an agent, not a call: invoke_agent',
  ]);
});

test('a method that the conventions do not know is read from where they put it', () => {
  expect(callOf(5)).toMatchObject({ method: 'PROPFIND', path: '/dav' });
});

test('model calls, tools and MCP messages are calls, whichever vocabulary names them', () => {
  expect(callOf(7)).toMatchObject({ method: 'POST', path: '/chat', host: 'api.openai.test', route: 'gpt-x', requestId: 'resp-1' });
  expect(callOf(7)?.requestBody?.text).toContain('refund order 7');
  expect(callOf(7)?.extras).toContainEqual(['gen_ai.usage.input_tokens', '120']);
  expect(callOf(8)).toMatchObject({ path: '/execute_tool', tool: 'tool:issue_refund', route: 'issue_refund' });
  expect(callOf(8)?.responseBody?.text).toBe('{"ok":true}');
  expect(callOf(9)).toMatchObject({ path: '/mcp', tool: 'mcp:lookup', route: 'tools/call:lookup', requestId: '3' });
  expect(callOf(9)?.requestHeaders).toEqual([['mcp-session-id', 's-1']]);
  expect(callOf(11)).toMatchObject({ tool: 'tool:lookup_order' });
  expect(callOf(11)?.requestBody?.text).toBe('{"id":7}');
  expect(callOf(12)).toMatchObject({ tool: 'tool:issue_refund' });
  expect(callOf(13)?.requestBody?.text).toBe('{"0.role":"user","0.content":"hi"}');
  expect(callOf(14)).toMatchObject({
    method: 'POST',
    path: '/orders.v1.Orders/Get',
    host: 'orders.svc',
    port: 50051,
    clientIp: '10.0.0.7',
  });
});

test('the AI SDK: the call of the provider and tools are calls, what they stand in is a step', async () => {
  const of = (id: string, spanId: string, ...attributes: readonly object[]): object =>
    span({ kind: 1, spanId, attributes: [attribute('ai.operationId', id), attribute('operation.name', id), ...attributes] });
  const asked = [{ type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: '{"city":"Oslo"}' }];
  const read = await readAll(
    otlpTraces,
    `${JSON.stringify(
      doc('web', [
        of('ai.generateText', 'aaaaaaaaaaaaaaa1', attribute('ai.model.id', 'gpt-x'), attribute('ai.prompt', '{"prompt":"Oslo?"}')),
        of(
          'ai.generateText.doGenerate',
          'aaaaaaaaaaaaaaa2',
          attribute('gen_ai.request.model', 'gpt-x'),
          attribute('ai.prompt.messages', '[{"role":"user","content":[{"type":"text","text":"Oslo?"}]}]'),
          attribute('ai.response.text', 'I look.'),
          attribute('ai.response.toolCalls', JSON.stringify(asked)),
          attribute('ai.telemetry.metadata.userId', 'kim'),
        ),
        of(
          'ai.toolCall',
          'aaaaaaaaaaaaaaa3',
          attribute('ai.toolCall.name', 'weather'),
          attribute('ai.toolCall.id', 'c1'),
          attribute('ai.toolCall.args', '{"city":"Oslo"}'),
          attribute('ai.toolCall.result', '"4 C"'),
        ),
      ]),
    )}\n`,
  );
  const [model, tool] = callsOf(read).map(({ call }) => call);
  expect(model).toMatchObject({ path: '/chat', route: 'gpt-x', consumer: 'kim', spanId: 'aaaaaaaaaaaaaaa2' });
  expect(model?.requestBody?.text).toContain('Oslo?');
  expect(JSON.parse(model?.responseBody?.text ?? '')).toEqual({
    role: 'assistant',
    content: 'I look.',
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
  });
  expect(tool).toMatchObject({
    tool: 'tool:weather',
    requestBody: { text: '{"city":"Oslo"}' },
    responseBody: { text: '"4 C"' },
    requestId: 'c1',
  });
  expect(issuesOf(read).map(({ message }) => message)).toEqual(['a step of an agent, not a call: workflow']);
});

test("Tempo's spelling: base64 ids, names of kinds, and nanoseconds as numbers, exact to the microsecond", async () => {
  const [item] = callsOf(await readAll(otlpTraces, fixture('tempo.json')));
  expect(item?.call).toMatchObject({
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: '00000000000000c1',
    timeText: '1767348000123456789',
    durationMs: 100,
    host: 'shop.test',
    port: 8080,
    path: '/v1/items',
    query: 'page=2',
    status: 404,
    service: 'shop',
  });
  expect(item?.call.time && printTime(item.call.time)).toBe('2026-01-02T10:00:00.123456Z');
});

test('snake case and instrumentation libraries are read; a resource that is missing is not the one before', async () => {
  const calls = callsOf(await readAll(otlpTraces, fixture('old-names.json'))).map((item) => item.call);
  expect(calls.map((call) => [call.path, call.service, call.durationMs])).toEqual([
    ['/a', 'old', 10],
    ['/b', undefined, undefined],
  ]);
});

test('a resource behind its spans, in lines that repeat the same places, belongs to its own line', async () => {
  const text = [doc('one', [span()]), doc(undefined, [span()]), doc('three', [span()], false)]
    .map((line) => JSON.stringify(line))
    .join('\n');
  const calls = callsOf(await readAll(otlpTraces, text));
  expect(calls.map((item) => item.call.service)).toEqual(['one', undefined, 'three']);
});

test.each([1, 7, 1 << 20])('a line that was cut off costs itself, and the lines after it are read, in chunks of %d', async (size) => {
  const lines = ['one', 'two', 'three', 'four'].map((name) => JSON.stringify(doc(name, [span()])));
  for (const keep of [5, 40, 90, 150]) {
    const text = lines.map((line, index) => (index === 1 ? line.slice(0, keep) : line)).join('\n');
    const read = await readAll(otlpTraces, text, { chunkSize: size });
    expect(callsOf(read).map((item) => [item.record, item.call.service])).toEqual([
      [1, 'one'],
      [3, 'three'],
      [4, 'four'],
    ]);
    expect(issuesOf(read).map(({ code, record }) => [code, record])).toEqual([['JSON_SYNTAX', 2]]);
  }
});

test('a span that is no object is rejected, one without a time is kept with a warning', async () => {
  const broken = await readAll(otlpTraces, JSON.stringify(doc('x', [[1], span({ startTimeUnixNano: '0' })])));
  expect(countOf(broken)).toMatchObject({ accepted: 1, rejected: 1 });
  expect(issuesOf(broken).map((issue) => issue.code)).toEqual(['FIELD_TYPE', 'TIME_RANGE']);
});

test('logs and metrics alone are not claimed', () => {
  for (const list of ['resourceLogs', 'resourceMetrics']) {
    expect(recognize(toBytes(`{"${list}":[{"resource":{}}]}`), 'traces.json').importer).toBeUndefined();
  }
  expect(otlpTraces.recognize(toBytes('{"batches":[{"id":1}]}')).strength).toBe('none');
});

test('a list of ids that are zero is no id, and notes say nothing by themselves', async () => {
  const [item] = callsOf(await readAll(otlpTraces, JSON.stringify(doc('x', [span({ traceId: '0'.repeat(32), parentSpanId: '' })]))));
  expect([item?.call.traceId, item?.call.parentSpanId]).toEqual([undefined, undefined]);
  expect(notesOf(items)).toEqual([]);
});
