import { expect, test } from 'vitest';
import { openaiAgents } from '#shared/engine/importers/formats/openai-agents.ts';
import { issuesOf, readAll } from '#test/support/read-evidence.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

const items = await readAll(openaiAgents, fixture('openai-agents/items.jsonl'));
const calls = await readCalls(openaiAgents, fixture('openai-agents/items.jsonl'));
const bySpan = (spanId: string) => calls.find((call) => call.spanId === spanId);

test('a generation is a call of the model at its address, with messages, tokens and settings', () => {
  expect(bySpan('span_g')).toMatchObject({
    time: Date.UTC(2026, 2, 1, 10, 10, 0, 200) * 1000,
    zoneKnown: true,
    durationMs: 1500,
    host: 'llm.shop.example',
    path: '/v1/chat/completions',
    route: 'gpt-4.1',
    traceId: 'trace_5f0c2a',
  });
  expect(extrasOf(bySpan('span_g'))).toMatchObject({ 'prompt-tokens': '30', 'tools-called': 'get_order' });
});

test('a function is a call of a tool that follows from the answer that asked for it; what Python printed is read', () => {
  expect(bySpan('span_f')).toMatchObject({ tool: 'mcp:get_order', service: 'orders', parentSpanId: 'span_g', durationMs: 350 });
  expect(JSON.parse(bySpan('span_f')?.responseBody?.text ?? '')).toEqual({ type: 'text', text: '{"order": "O-4", "total": 80}' });
  expect(extrasOf(bySpan('span_f'))['within']).toBe('span_a');
});

test('a response has its id and tokens where its content was left out; a tool that failed says why', () => {
  expect(bySpan('span_r')).toMatchObject({ path: '/v1/responses', outcome: 'given', requestBody: undefined, parentSpanId: 'span_b' });
  expect(extrasOf(bySpan('span_r'))).toMatchObject({ 'response-id': 'resp_77', 'completion-tokens': '12' });
  expect(bySpan('span_x')).toMatchObject({ tool: 'tool:refund', outcome: 'failed', requestBody: { text: '{"order":"O-4","amount":80}' } });
});

test('a list of a server’s tools is no use of one', () => {
  expect(bySpan('span_l')).toMatchObject({ tool: 'rpc:tools/list', service: 'orders', responseBody: { text: '["get_order","refund"]' } });
});

test('agents, hand-offs and guardrails are steps; the run is the agent’s that began first, for the user of its metadata', () => {
  expect(issuesOf(items).map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    'skip: a trace, not a call of a model or a tool',
    'skip: a span of type handoff, not a call of a model or a tool',
    'skip: a span of type agent, not a call of a model or a tool',
    'skip: a span of type guardrail, not a call of a model or a tool',
    'skip: a span of type agent, not a call of a model or a tool',
  ]);
  expect(items.filter(({ kind }) => kind === 'trace')).toEqual([
    { kind: 'trace', trace: { traceId: 'trace_5f0c2a', user: 'kim', agent: 'Triage' } },
  ]);
});

test('the bodies that the exporter posts, one a line or in a document, hold the same spans', async () => {
  const posted = await readCalls(openaiAgents, fixture('openai-agents/posted.json'));
  expect(posted.map(({ spanId }) => spanId)).toEqual(['span_l', 'span_g', 'span_f']);
  const body = JSON.stringify(JSON.parse(new TextDecoder().decode(fixture('openai-agents/posted.json'))));
  expect((await readCalls(openaiAgents, `${body}\n${body}\n`)).map(({ spanId }) => spanId)).toEqual([
    'span_l', 'span_g', 'span_f', 'span_l', 'span_g', 'span_f',
  ]); // prettier-ignore
});
