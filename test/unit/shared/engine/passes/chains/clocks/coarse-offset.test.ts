import { expect, test } from 'vitest';
import { readCallColumns, readSources } from '#shared/engine/passes/chains/call-columns.ts';
import { findCoarseOffset } from '#shared/engine/passes/chains/clocks/coarse-offset.ts';
import { viewSources } from '#shared/engine/passes/chains/twins/source-views.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const breathe = (): Promise<void> => Promise.resolve();

test('a path that a million calls share is walked along for a few thousand of them', async () => {
  const { db } = caseFromText(`
    00:00.0 - GET api.test/search 404 in=kong
    01:00.0 - GET api.test/search 200 in=alb`);
  const sources = readSources(db);
  const calls = await readCallColumns(db, sources, breathe);
  const [view, other] = await viewSources(calls, sources, breathe);
  if (view === undefined || other === undefined) throw new Error('two files make two views');
  let visited = 0;
  // None of them may be the same request: its status is another.
  const index = {
    near(_at: number, _from: number, _to: number, take: (call: number) => boolean): void {
      for (visited = 1; visited < 1_000_000 && take(0); visited += 1);
    },
  };
  expect(await findCoarseOffset(calls, { view, index }, other, 60_000_000, breathe)).toBeUndefined();
  expect(visited).toBeLessThan(10_000);
});
