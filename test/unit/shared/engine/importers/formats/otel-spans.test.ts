import { expect, test } from 'vitest';
import { otelSpans } from '#shared/engine/importers/formats/otel-spans.ts';
import { readAll } from '#test/support/read-evidence.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

test('spans as a console prints them are calls of models, tools and HTTP; ids, times, outcome and service are read', async () => {
  const [model, tool, http] = await readCalls(otelSpans, fixture('otel-spans/console.json'));
  expect(model).toMatchObject({
    path: '/chat',
    route: 'gpt-4.1',
    durationMs: 1200,
    traceId: '7f1c0a9b2d3e4f5061728394a5b6c7d8',
    consumer: 'kim',
    service: 'desk-crew',
  });
  expect(tool).toMatchObject({ tool: 'tool:get_order', outcome: 'failed', requestBody: { text: '{"order": "O-4"}' } });
  expect(extrasOf(tool)['outcome']).toBe('error: ValueError: no such order');
  expect(http).toMatchObject({ method: 'GET', host: 'orders.shop.example', status: 404, parentSpanId: tool?.spanId });
});

test('columns that Phoenix exports are the same spans; messages with dotted names are put together', async () => {
  const [model, tool] = await readCalls(otelSpans, fixture('otel-spans/phoenix.jsonl'));
  expect(model).toMatchObject({
    time: 1_772_362_860_100_000,
    durationMs: 1200,
    requestBody: { text: '[{"role":"user","content":"Where is O-5?"}]' },
  });
  expect(JSON.parse(model?.responseBody?.text ?? '')).toEqual([
    { role: 'assistant', tool_calls: [{ id: 'call_p1', function: { name: 'track', arguments: '{"order": "O-5"}' } }] },
  ]);
  expect(tool).toMatchObject({ tool: 'tool:track', parentSpanId: model?.spanId, responseBody: { text: 'on its way' } });
});

test('steps of an agent are passed over, one by one', async () => {
  expect(await readIssues(otelSpans, fixture('otel-spans/phoenix.jsonl'))).toEqual(['3: NOT_HTTP a step of an agent, not a call: agent']);
});

test('the step in which an agent works names it for the calls below', async () => {
  const span = { name: 'run', span_kind: 'AGENT', parent_id: null, start_time: 1_772_362_860_000, 'context.trace_id': '0af7651916cd43dd8448eb211c80319c', 'context.span_id': 'b7ad6b7169203331', 'attributes.agent.name': 'dispatch' }; // prettier-ignore
  const items = await readAll(otelSpans, new TextEncoder().encode(`${JSON.stringify(span)}\n`));
  expect(items.filter(({ kind }) => kind === 'trace')).toMatchObject([
    { trace: { agent: 'dispatch', step: { spanId: 'b7ad6b7169203331' } } },
  ]);
});

test('names that objects inherit are plain data in attributes and messages', async () => {
  const attributes =
    '{"openinference.span.kind":"LLM","llm.output_messages":[{"__proto__":{"a":1},"message.role":"assistant"}],"__proto__":{"b":2}}';
  const span = `{"context":{"trace_id":"0x01","span_id":"0x02"},"start_time":"2026-03-01T11:00:00Z","attributes":${attributes}}`;
  const [call] = await readCalls(otelSpans, `${span}\n`);
  expect(call?.responseBody?.text).toContain('__proto__');
  expect({}).not.toHaveProperty('b');
});
