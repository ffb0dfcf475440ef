import { expect, test } from 'vitest';
import { readCallColumns, readSources } from '#shared/engine/passes/chains/call-columns.ts';
import { setBySiblings } from '#shared/engine/passes/chains/clocks/siblings.ts';
import { viewSources } from '#shared/engine/passes/chains/twins/source-views.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const breathe = (): Promise<void> => Promise.resolve();

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
