import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { langfuse } from '#shared/engine/importers/formats/langfuse.ts';
import { callsOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const readItems = async (name: string) =>
  readAll(langfuse, readFileSync(new URL(`../../../../../fixtures/langfuse/${name}`, import.meta.url), 'utf8'));
const read = async (name: string) => callsOf(await readItems(name)).map(({ call }) => call);

test('zones may differ within one batch, even between the two ends of a call', async () => {
  const [first] = await read('batch.json');
  expect(first).toMatchObject({
    time: Date.UTC(2025, 0, 16, 19, 28, 54) * 1000 + 796_360,
    timeKind: 'start',
    zoneKnown: true,
    durationMs: 328,
    host: 'api.openai.com',
    route: 'gpt-3.5-turbo',
    traceId: 't-1',
    spanId: 'gen-1',
    consumer: 'anna',
  });
  expect(first?.extras).toEqual(
    expect.arrayContaining([
      ['session', 's-1'],
      ['prompt-tokens', '10'],
      ['cost-usd', '0.000055'],
      ['tools-called', 'search_tickets'],
    ]),
  );
  expect(first?.status).toBeUndefined();
});

test('an update completes the event that began the call, and takes nothing away', async () => {
  const [, second] = await read('batch.json');
  expect(second).toMatchObject({ durationMs: 1500, route: 'gpt-4o', requestBody: { text: 'plan' }, responseBody: { text: 'done' } });
  expect(second?.extras).toContainEqual(['total-tokens', '11']);
});

test('traces and spans are steps around calls, and skipped', async () => {
  expect(issuesOf(await readItems('batch.json')).map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    'skip: an event of type trace, not a call of a model or a tool',
    'skip: an event of type span, not a call of a model or a tool',
  ]);
});

test('observations: a tool is a call like a model, and errors show', async () => {
  const [model, tool, failed] = await read('observations.jsonl');
  expect(model).toMatchObject({ route: 'claude-sonnet-4', durationMs: 500 });
  expect(tool).toMatchObject({ tool: 'tool:search_tickets', route: 'search_tickets', spanId: 'o-2', parentSpanId: 'o-0' });
  expect([model?.outcome, failed?.outcome]).toEqual([undefined, 'failed']);
  expect(failed?.extras).toEqual(
    expect.arrayContaining([
      ['level', 'ERROR'],
      ['error', 'overloaded'],
    ]),
  );
});

test('a trace of the API holds its observations', async () => {
  const calls = callsOf(await readItems('traces.json'));
  expect(calls.map(({ record, call: { consumer, spanId, traceId } }) => [record, consumer, spanId, traceId])).toEqual([
    [1, 'anna', 'o-0', 't-1'],
  ]);
});
