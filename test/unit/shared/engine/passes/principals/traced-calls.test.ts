import { expect, test } from 'vitest';
import { principalsPass } from '#shared/engine/passes/principals.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';
import { passContext } from '#test/support/seed-calls.ts';

const times = { startTime: '2026-11-17T13:02:09.000Z', endTime: '2026-11-17T13:02:10.000Z', completionStartTime: null };
const agent = (traceId: string, name: string) =>
  ({ id: `${traceId}-0`, traceId, type: 'AGENT', name, ...times, parentObservationId: null }) as const;
const tool = (traceId: string) =>
  ({ id: `${traceId}-1`, traceId, type: 'TOOL', name: 'fetch_url', ...times, parentObservationId: `${traceId}-0` }) as const;
const trace = (id: string, userId: string) =>
  ({ id, timestamp: times.startTime, name: 'chat', userId, sessionId: 's-1', htmlPath: `/t/${id}`, observations: [`${id}-0`] }) as const;

const OBSERVATIONS = JSON.stringify({
  data: [agent('t-1', 'dispatch'), tool('t-1'), agent('t-2', 'dispatch'), tool('t-2'), tool('t-3'), tool('t-4')],
});
const TRACES = JSON.stringify({ data: [trace('t-1', 'u-7741'), trace('t-2', 'u-9'), trace('t-3', 'u-7741')] });

/** Callers of the calls after the pass, by trace. */
async function callers(...files: readonly (readonly [name: string, text: string])[]) {
  const db = memoryCase();
  for (const [name, text] of files) await importText(db, name, text);
  await principalsPass.run(passContext(db));
  return db
    .prepare(
      `SELECT c.trace_id AS trace, p.label, p.kind FROM call c JOIN call_fact f ON f.call_id = c.id JOIN principal p ON p.id = f.principal_id
        WHERE c.tool_id IS NOT NULL ORDER BY 1`,
    )
    .all();
}

const TOLD = [
  { trace: 't-1', label: 'dispatch for u-7741', kind: 'agent' },
  { trace: 't-2', label: 'dispatch for u-9', kind: 'agent' },
  { trace: 't-3', label: 'u-7741', kind: 'agent' },
];

test.each([
  {
    read: 'first',
    files: [
      ['traces.json', TRACES],
      ['observations.json', OBSERVATIONS],
    ],
  },
  {
    read: 'last',
    files: [
      ['observations.json', OBSERVATIONS],
      ['traces.json', TRACES],
    ],
  },
] as const)('a file of traces, read $read, says whose the calls of another file are', async ({ files }) => {
  const found = await callers(...files);
  expect(found.slice(0, 3)).toEqual(TOLD);
  expect(found[3]).toMatchObject({ trace: 't-4', label: expect.stringContaining('unknown principal') as string });
});

test('without traces the agent alone is known', async () => {
  const found = await callers(['observations.json', OBSERVATIONS]);
  expect(found.slice(0, 2)).toEqual([
    { trace: 't-1', label: 'dispatch', kind: 'agent' },
    { trace: 't-2', label: 'dispatch', kind: 'agent' },
  ]);
});

test('two users of one trace leave open whose it is', async () => {
  const found = await callers(['observations.json', OBSERVATIONS], ['a.json', TRACES], ['b.json', TRACES.replace('u-7741', 'u-8')]);
  expect(found[0]).toEqual({ trace: 't-1', label: 'dispatch', kind: 'agent' });
});

const attributes = (pairs: Readonly<Record<string, string>>): object[] =>
  Object.entries(pairs).map(([key, stringValue]) => ({ key, value: { stringValue } }));
const span = (spanId: string, parentSpanId: string | undefined, kind: number, more: Readonly<Record<string, string>>): object => ({
  traceId: '5b8efff798038103d269b633813fc60c', spanId: `00000000000000${spanId}`, kind, startTimeUnixNano: '1767348000000000000',
  ...(parentSpanId === undefined ? {} : { parentSpanId: `00000000000000${parentSpanId}` }),
  attributes: attributes(more),
}); // prettier-ignore
const ofService = (name: string, spans: readonly object[]): object => ({
  resource: { attributes: attributes({ 'service.name': name }) },
  scopeSpans: [{ spans }],
});
const http = (path: string): Readonly<Record<string, string>> => ({ 'http.request.method': 'POST', 'url.full': `https://x.test${path}` });
const step = (operation: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  'gen_ai.operation.name': operation,
  ...more,
});

/** Who made each call of these spans, by path. */
async function callersBySpan(...resources: readonly object[]): Promise<Readonly<Record<string, string>>> {
  const db = memoryCase();
  await importText(db, 'spans.jsonl', JSON.stringify({ resourceSpans: resources }));
  await principalsPass.run(passContext(db));
  const rows = db
    .prepare('SELECT c.path, p.label FROM call c JOIN call_fact f ON f.call_id = c.id JOIN principal p ON p.id = f.principal_id')
    .all<{ path: string; label: string }>();
  return Object.fromEntries(rows.map(({ path, label }) => [path, label]));
}

const ASKED = span('a1', undefined, 2, { ...http('/ask'), 'user.id': 'kim' });
const DESK = span('a2', 'a1', 1, step('invoke_agent', { 'gen_ai.agent.name': 'desk' }));

test('what an agent calls in its run is the agent’s, for whoever asked; the question stays the person’s', async () => {
  const spans = [
    span('a4', 'a3', 3, http('/rates')),
    span('a3', 'a2', 1, step('execute_tool', { 'gen_ai.tool.name': 'rate' })),
    DESK,
    ASKED,
  ];
  expect(await callersBySpan(ofService('desk-svc', spans))).toEqual({
    '/ask': 'kim',
    '/execute_tool': 'desk for kim',
    '/rates': 'desk for kim',
  });
});

test('steps without a name lead up to the agent, and of two agents the inner one has the call', async () => {
  const spans = [
    ASKED,
    DESK,
    span('a3', 'a2', 1, step('chain')),
    span('a4', 'a3', 3, http('/outer')),
    span('a5', 'a3', 1, step('invoke_agent', { 'gen_ai.agent.name': 'pricer' })),
    span('a6', 'a5', 3, http('/inner')),
  ];
  expect(await callersBySpan(ofService('desk-svc', spans))).toMatchObject({ '/outer': 'desk for kim', '/inner': 'pricer for kim' });
});

test('what another service calls on in answer to an agent is not the agent’s', async () => {
  const found = await callersBySpan(
    ofService('desk-svc', [ASKED, DESK, span('a3', 'a2', 3, http('/rates'))]),
    ofService('rates-svc', [span('b1', 'a3', 3, http('/store'))]),
  );
  expect(found).toMatchObject({ '/rates': 'desk for kim', '/store': expect.stringContaining('unknown principal') as string });
});

test('an agent without a request around it acts for nobody that is known', async () => {
  const alone = span('a2', undefined, 1, step('invoke_agent', { 'gen_ai.agent.name': 'desk' }));
  expect(await callersBySpan(ofService('desk-svc', [alone, span('a3', 'a2', 3, http('/rates'))]))).toEqual({ '/rates': 'desk' });
});
