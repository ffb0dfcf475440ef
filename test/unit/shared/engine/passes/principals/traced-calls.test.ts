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
