import { expect, test } from 'vitest';

import { readCallColumns, readSources } from '#shared/engine/passes/chains/call-columns.ts';
import { createKeyIndex } from '#shared/engine/passes/chains/values/key-index.ts';
import { clustersIn, parted } from '#shared/engine/passes/chains/twins/pair-clusters.ts';
import { viewSources } from '#shared/engine/passes/chains/twins/source-views.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const breathe = () => Promise.resolve();

test('candidates that share a record are one cluster, in whatever order they meet', () => {
  const pairs = [
    [1, 10],
    [2, 20],
    [1, 11],
    [2, 10],
    [3, 30],
  ] as const;
  const clusters = [...parted(pairs.map(([a, b]) => ({ a, b, distance: 0 })))];
  expect(clusters.map((cluster) => cluster.map(({ a, b }) => `${String(a)}-${String(b)}`))).toEqual([
    ['1-10', '2-10', '1-11', '2-20'],
    ['3-30'],
  ]);
  expect([...parted([])]).toEqual([]);
});

test('a sweep in time finds the clusters that all records at once have, and forgets none too early', async () => {
  const lines = Array.from(
    { length: 2_200 },
    (_, step) =>
      `00:${String(Math.floor(step / 600) % 60).padStart(2, '0')}:${String(Math.floor(step / 10) % 60).padStart(2, '0')}.${String(step % 10)}  agent:a  GET  api.test/${String(step % 7)}  200`,
  );
  const { db } = caseFromText(lines.join('\n'));
  const sources = readSources(db);
  const calls = await readCallColumns(db, sources, breathe);
  const [view] = await viewSources(calls, sources, breathe);
  if (view === undefined) throw new Error('no source');
  const index = await createKeyIndex(calls, view.timed, breathe);
  const swept: string[] = [];
  const owner = new Map<number, number>();
  let [number, torn] = [0, 0];
  for await (const cluster of clustersIn({ calls, a: view, b: view, index, tolerance: 750_000 }, breathe)) {
    number += 1;
    for (const { a, b } of cluster) {
      swept.push(`${String(a)} ${String(b)}`);
      if ((owner.get(a) ?? number) !== number) torn += 1;
      owner.set(a, number);
    }
  }
  expect(torn).toBe(0);
  const all: string[] = [];
  for (const b of view.timed)
    for (let a = Math.max(0, b - 10); a < Math.min(calls.count, b + 11); a += 1)
      if (calls.path[a] === calls.path[b] && Math.abs((calls.start[a] ?? 0) - (calls.start[b] ?? 0)) <= 750_000)
        all.push(`${String(a)} ${String(b)}`);
  expect(swept.sort()).toEqual(all.sort());
});
