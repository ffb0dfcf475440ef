import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { langsmith } from '#shared/engine/importers/formats/langsmith.ts';
import { callsOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const readItems = async (name: string) =>
  readAll(langsmith, readFileSync(new URL(`../../../../../fixtures/langsmith/${name}`, import.meta.url), 'utf8'));
const read = async (name: string) => callsOf(await readItems(name)).map(({ call }) => call);

test('a run of a model has its answering model, tokens, thread and the tools it asked for; its times are UTC', async () => {
  const [model] = await read('runs.jsonl');
  expect(model).toMatchObject({
    time: Date.UTC(2026, 2, 1, 10, 0, 0, 100) * 1000,
    zoneKnown: true,
    durationMs: 1500,
    route: 'gpt-4.1-2025-04-14',
    service: 'openai',
    outcome: 'given',
    consumer: 'svc-mail',
    path: '/v1/chat/completions',
  });
  expect(model?.extras).toEqual(
    expect.arrayContaining([
      ['agent', 'mail-helper'],
      ['thread', 'th-9'],
      ['prompt-tokens', '11'],
      ['tools-called', 'get_ticket'],
    ]),
  );
});

test('what Python prints of arguments, and JSON inside of a result, are read as values', async () => {
  const [, tool] = await read('runs.jsonl');
  expect(tool).toMatchObject({ tool: 'tool:get_ticket', requestId: 'req-77', durationMs: 250 });
  expect(JSON.parse(tool?.requestBody?.text ?? '')).toEqual({ ticket: 'T-7', open: true, since: null });
  expect(JSON.parse(tool?.responseBody?.text ?? '')).toMatchObject({ output: { content: { from: 'kim@customer.example' } } });
  expect(tool?.extras).toContainEqual(['arguments', 'what Python prints of them, read as values']);
});

test('a retriever is a tool, a run that failed shows it, and arguments that are prose stay', async () => {
  const [, , retriever, failed] = await read('runs.jsonl');
  expect(retriever).toMatchObject({ tool: 'tool:search_manual', requestBody: { text: '{"query":"refund"}' } });
  expect(failed).toMatchObject({ outcome: 'failed', requestBody: { text: '{"input":"to kim, not a dict"}' } });
  expect(failed?.extras).toContainEqual(['error', "TimeoutError('smtp')"]);
});

test('chains are steps, and a trace is told once, as its outermost run says it', async () => {
  const items = await readItems('runs.jsonl');
  expect(issuesOf(items).map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    'skip: a run of type chain, not a call of a model or a tool',
  ]);
  expect(items.filter(({ kind }) => kind === 'trace')).toEqual([
    { kind: 'trace', trace: { traceId: '11111111-0000-4000-8000-000000000001', user: 'svc-mail', agent: 'mail-helper' } },
  ]);
});

test('runs that stand within a run are calls as well', async () => {
  const run = (id: string, type: string, inner: object) => ({
    id,
    trace_id: 't-1',
    run_type: type,
    name: id,
    start_time: '2026-03-01T10:00:00',
    ...inner,
  });
  const text = JSON.stringify(
    run('a', 'chain', { child_runs: [run('b', 'tool', { parent_run_id: 'a', child_runs: [run('c', 'llm', { parent_run_id: 'b' })] })] }),
  );
  const calls = callsOf(await readAll(langsmith, `${text}\n`)).map(({ call }) => call);
  expect(calls.map(({ spanId, parentSpanId, tool }) => [spanId, parentSpanId, tool])).toEqual([
    ['b', 'a', 'tool:b'],
    ['c', 'b', undefined],
  ]);
});

test('each call of a record that holds several has a name of its own, and that of the next record is no other', async () => {
  const run = (id: string, inner: object = {}): object => ({
    id,
    trace_id: id,
    run_type: 'tool',
    start_time: '2026-03-01T10:00:00',
    ...inner,
  });
  const lines = [run('a', { child_runs: [run('b'), run('c')] }), run('d'), run('e')].map((each) => JSON.stringify(each));
  const calls = callsOf(await readAll(langsmith, `${lines.join('\n')}\n`));
  expect(calls.map(({ record, call }) => `${String(record)} ${call.spanId ?? ''}`)).toEqual(['1 a', '2 b', '3 c', '4 d', '5 e']);
});

test('a run within a run is kept by itself, and it is said where a record has more than are read', async () => {
  const inner = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ id: `r${String(at)}`, run_type: 'tool', start_time: '2026-03-01T10:00:00' }));
  const trace = (count: number): string =>
    `${JSON.stringify({ id: 'a', run_type: 'chain', trace_id: 'a', start_time: '2026-03-01T10:00:00', child_runs: inner(count) })}\n`;
  const few = await readAll(langsmith, trace(2));
  expect(callsOf(few).map(({ call }) => call.rawText)).toEqual(inner(2).map((run) => JSON.stringify(run)));
  expect(issuesOf(few).filter(({ severity }) => severity === 'warning')).toEqual([]);
  const many = await readAll(langsmith, trace(10_000));
  expect(callsOf(many)).toHaveLength(9_999);
  expect(issuesOf(many).map(({ message }) => message)).toContain('more than 10000 runs within one; the others are not read');
});
