import { expect, test } from 'vitest';
import { readCallColumns, readSources } from '#shared/engine/passes/chains/call-columns.ts';
import { setBySiblings } from '#shared/engine/passes/chains/clocks/siblings.ts';
import { viewSources } from '#shared/engine/passes/chains/twins/source-views.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const breathe = (): Promise<void> => Promise.resolve();

/** How far ahead each file is said to run once those without an offset were set by the others. Units: s. */
async function settle(text: string, seconds: Readonly<Record<string, number>>): Promise<Readonly<Record<string, number>>> {
  const { db } = caseFromText(text);
  const sources = readSources(db);
  const calls = await readCallColumns(db, sources, breathe);
  const views = await viewSources(calls, sources, breathe);
  for (const { name, timed } of views) for (const at of timed) calls.offset[at] = (seconds[name] ?? 0) * 1_000_000;
  setBySiblings(calls, views.filter(({ name }) => !(name in seconds)), views.filter(({ name }) => name in seconds)); // prettier-ignore
  return Object.fromEntries(views.map(({ name, timed }) => [name, (calls.offset[timed[0] ?? 0] ?? 0) / 1_000_000]));
}

test('a file whose last call runs into the next one is a file of the same log', async () => {
  const text = `
    00:00.0 - GET api.test/a 200 in=kong-1
    50:00.0 - GET api.test/a 200 in=kong-1
    59:59.0 - GET api.test/feed 200 in=kong-1 dur=90000
    60:00.0 - GET api.test/b 200 in=kong-2
    99:00.0 - GET api.test/b 200 in=kong-2`;
  expect(await settle(text, { 'kong-1': 4 })).toEqual({ 'kong-1': 4, 'kong-2': 4 });
});

test('files of two hosts that lie side by side, be they short, say nothing of each other', async () => {
  const text = `
    00:00.0 - GET api.test/a 200 in=kong-1
    04:00.0 - GET api.test/a 200 in=kong-1
    00:10.0 - GET api.test/b 200 in=kong-2
    04:10.0 - GET api.test/b 200 in=kong-2`;
  expect(await settle(text, { 'kong-1': 4 })).toEqual({ 'kong-1': 4, 'kong-2': 0 });
});

test('a file between two others is set by what lies between their offsets, in whole microseconds', async () => {
  const { db } = caseFromText(`
    00:00.0 - GET api.test/a 200 in=kong-1
    01:00.0 - GET api.test/b 200 in=kong-2
    02:00.0 - GET api.test/c 200 in=kong-3`);
  const sources = readSources(db);
  const calls = await readCallColumns(db, sources, breathe);
  const [first, between, last] = await viewSources(calls, sources, breathe);
  if (first === undefined || between === undefined || last === undefined) throw new Error('three files make three views');
  calls.offset.set([4_000_000, 0, 4_000_005]);
  expect(setBySiblings(calls, [between], [first, last])).toBe(1);
  expect([...calls.offset]).toEqual([4_000_000, 4_000_003, 4_000_005]);
});
