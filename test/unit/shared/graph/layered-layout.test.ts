import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { GAPS, layeredLayout, longestPathLayers, withoutCircles, type LayoutInput } from '#shared/graph/layered-layout.ts';

const sized = (count: number, edges: readonly (readonly [number, number])[]): LayoutInput => ({
  nodes: Array.from({ length: count }, (_, index) => ({ width: 80 + (index % 5) * 30, height: 24 })),
  edges,
});

test('a node stands one column after the last of its causes', () => {
  expect(
    longestPathLayers(4, [
      [0, 1],
      [1, 2],
      [0, 2],
      [0, 3],
    ]),
  ).toEqual([0, 1, 2, 1]);
});

test('a circle loses one edge and the rest stays', () => {
  expect(
    withoutCircles(
      sized(3, [
        [0, 1],
        [1, 2],
        [2, 0],
        [1, 1],
      ]),
    ),
  ).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

const graphs = fc
  .integer({ min: 1, max: 60 })
  .chain((count) => fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 120 }).map((edges) => sized(count, edges)));

test('no two nodes overlap, all are inside, and the same graph gives the same picture', () => {
  fc.assert(
    fc.property(graphs, (input) => {
      const layout = layeredLayout(input, GAPS.right);
      expect(layeredLayout(input, GAPS.right)).toEqual(layout);
      const boxes = layout.points.map((point, index) => ({
        ...point,
        width: input.nodes[index]?.width ?? 0,
        height: input.nodes[index]?.height ?? 0,
      }));
      for (const [index, a] of boxes.entries()) {
        expect(a.x - a.width / 2).toBeGreaterThanOrEqual(-0.001);
        expect(a.x + a.width / 2).toBeLessThanOrEqual(layout.width + 0.001);
        expect(a.y - a.height / 2).toBeGreaterThanOrEqual(-0.001);
        expect(a.y + a.height / 2).toBeLessThanOrEqual(layout.height + 0.001);
        for (const b of boxes.slice(index + 1)) {
          const apart = Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - 0.001 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2 - 0.001;
          expect(apart).toBe(true);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('every edge that closes no circle points forward', () => {
  fc.assert(
    fc.property(graphs, (input) => {
      const { points } = layeredLayout(input, GAPS.right);
      for (const [from, to] of withoutCircles(input)) expect((points[from]?.x ?? 0) < (points[to]?.x ?? 0)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('a straight chain of 5,000 calls and a fan of 5,000 are placed', () => {
  const chain = sized(
    5000,
    Array.from({ length: 4999 }, (_, index) => [index, index + 1] as const),
  );
  const fan = sized(
    5000,
    Array.from({ length: 4999 }, (_, index) => [0, index + 1] as const),
  );
  expect(layeredLayout(chain, GAPS.right).width).toBeGreaterThan(500_000);
  expect(layeredLayout(fan, GAPS.right).height).toBeGreaterThan(200_000);
});

test('nothing gives an empty picture', () => {
  expect(layeredLayout(sized(0, []), GAPS.right)).toEqual({ bends: [], points: [], width: 0, height: 0 });
});
