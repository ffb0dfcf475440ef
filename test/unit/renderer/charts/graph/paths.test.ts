import { describe, expect, test } from 'vitest';
import { chainWays } from '#renderer/charts/graph/chain-ways.ts';
import { UNTOUCHED } from '#renderer/charts/graph/groups.ts';
import { toGraph, type GraphModel } from '#renderer/charts/graph/model.ts';
import { findEarliestPath, listPaths, MAX_PATHS } from '#renderer/charts/graph/paths.ts';
import { mapWays, mapWayWords } from '#renderer/charts/map/ways.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

const graphOf = (text: string): GraphModel => {
  const { calls, edges } = chainFromText(text);
  return toGraph(calls, edges, UNTOUCHED);
};

const diamond = graphOf(`
  a GET /a
  b GET /b
  c GET /c
  d GET /d
  e GET /e
  a -value@80-> b
  b -trace-> c
  c -value@60-> e
  a -trace-> d
  d -trace-> e`);

describe('all ways', () => {
  test('the shortest first, each with the link that is least sure', () => {
    expect(listPaths(chainWays(diamond), 'a', 'e').map(({ nodes, weakest }) => `${nodes.join(' ')} ${String(weakest)}`)).toEqual([
      'a d e 0.9',
      'a b c e 0.6',
    ]);
  });

  test('none against the direction of cause and effect', () => {
    expect(listPaths(chainWays(diamond), 'e', 'a')).toEqual([]);
  });

  test('a graph with more ways than can be counted gives as many as are listed, and ends', () => {
    const layers = 12;
    const names = Array.from({ length: layers }, (_, layer) => [0, 1, 2, 3].map((each) => `n${String(layer)}x${String(each)}`));
    const lines = names.flat().map((name) => `${name} GET /${name}`);
    const links = names
      .slice(1)
      .flatMap((layer, index) => layer.flatMap((to) => (names[index] ?? []).map((from) => `${from} -trace-> ${to}`)));
    expect(listPaths(chainWays(graphOf([...lines, ...links].join('\n'))), 'n0x0', 'n11x3')).toHaveLength(MAX_PATHS);
  });
});

describe('the earliest way', () => {
  test('is the one that arrives first', () => {
    expect(findEarliestPath(diamond, 'a', 'e')?.nodes).toEqual(['a', 'b', 'c', 'e']);
  });

  test('never leaves a node before it was reached', () => {
    const back = graphOf(`
      a GET /a
      c GET /c
      b GET /b
      d GET /d
      a -value-> b
      b -value-> c
      c -value-> d`);
    expect(listPaths(chainWays(back), 'a', 'd')).toHaveLength(1);
    expect(findEarliestPath(back, 'a', 'd')).toBeUndefined();
  });
});

test('ways through the aggregate map are measured by the calls of their thinnest line', () => {
  const box = (id: string) => ({ id, layer: 'operation' as const, label: id, calls: 1, failed: 0, members: 1 });
  const line = (from: string, to: string, calls: number) => ({ from, to, role: 'called' as const, calls, failed: 0 });
  const ways = mapWays([box('a'), box('b'), box('c')], [line('a', 'b', 900), line('b', 'c', 7), line('c', 'a', 1)]);
  expect(listPaths(ways, 'a', 'c').map(({ nodes, weakest }) => [nodes.join(' '), weakest])).toEqual([['a b c', 7]]);
  expect(mapWayWords.weakest(7)).toBe('thinnest line 7 calls');
});
