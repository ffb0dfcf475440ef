import { expect, test } from 'vitest';
import { NONE } from '#shared/engine/passes/chains/call-columns.ts';
import { createEdgeList } from '#shared/engine/passes/chains/edges/edge-list.ts';
import { createParents } from '#shared/engine/passes/chains/parents/parents.ts';
import { noBreath } from '#test/support/call-search.ts';

test('better evidence replaces a parent, and what agrees adds a kind', async () => {
  const parents = createParents(3);
  parents.set(2, 0, 'trace', 0.9, false);
  parents.set(2, 1, 'trace', 0.9, false);
  parents.confirm(2, 0.95);
  const edges = createEdgeList();
  await parents.addTo(edges, () => 0, noBreath);
  const merged = await edges.merge(noBreath);
  expect(merged.count).toBe(1);
  expect(merged.at(0)).toMatchObject({ from: 1, to: 2, kinds: ['trace', 'nesting'] });
});

test('a parent that would close a circle is not taken', () => {
  const parents = createParents(3);
  parents.set(1, 0, 'trace', 0.9, false);
  parents.set(2, 1, 'trace', 0.9, false);
  parents.set(0, 2, 'trace', 0.9, false);
  parents.set(1, 1, 'trace', 0.9, false);
  expect([...parents.of]).toEqual([NONE, 0, 1]);
  expect([parents.leadsTo(0, 2), parents.leadsTo(2, 0)]).toEqual([true, false]);
});
