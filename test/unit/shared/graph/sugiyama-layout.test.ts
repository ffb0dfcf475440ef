import { describe, expect, test } from 'vitest';
import { layoutGraph, layoutTowards, SUGIYAMA_NODES } from '#shared/graph/sugiyama-layout.ts';
import type { LayoutInput } from '#shared/graph/layered-layout.ts';

const graph = (count: number, edges: readonly (readonly [number, number])[]): LayoutInput => ({
  nodes: Array.from({ length: count }, () => ({ width: 180, height: 24 })),
  edges,
});
const chain = (count: number): LayoutInput =>
  graph(
    count,
    Array.from({ length: count - 1 }, (_, index) => [index, index + 1] as const),
  );
const fan = (count: number): LayoutInput =>
  graph(
    count,
    Array.from({ length: count - 1 }, (_, index) => [0, index + 1] as const),
  );

describe('which way the picture runs', () => {
  test('a deep chain runs down, where its names have room', () => {
    expect(layoutGraph(chain(8), true).direction).toBe('down');
  });

  test('a wide fan runs to the right', () => {
    expect(layoutGraph(fan(20), true).direction).toBe('right');
  });
});

test('up to 120 nodes are placed finely, more in the linear way', () => {
  expect(layoutGraph(chain(SUGIYAMA_NODES), true).by).toBe('sugiyama');
  expect(layoutGraph(chain(SUGIYAMA_NODES + 1), true).by).toBe('layers');
  expect(layoutGraph(chain(5), false).by).toBe('layers');
});

test.each(['right', 'down'] as const)('towards %s, effects come after causes, parallel edges and circles do no harm', (direction) => {
  const layout = layoutTowards(
    graph(5, [
      [0, 1],
      [0, 1],
      [1, 2],
      [2, 0],
      [3, 4],
    ]),
    direction,
    true,
  );
  const along = layout.points.map((point) => (direction === 'right' ? point.x : point.y));
  expect((along[0] ?? 0) < (along[1] ?? 0) && (along[1] ?? 0) < (along[2] ?? 0)).toBe(true);
  expect(layout.points).toHaveLength(5);
});

test('the same graph gives the same picture', () => {
  const input = graph(
    30,
    Array.from({ length: 29 }, (_, index) => [Math.floor(index / 3), index + 1] as const),
  );
  expect(layoutGraph(input, true)).toEqual(layoutGraph(input, true));
});
