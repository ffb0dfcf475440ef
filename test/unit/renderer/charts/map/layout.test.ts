import { expect, test } from 'vitest';
import type { GraphLayer, GraphLine, GraphNode } from '#shared/contract/graph.ts';
import { BOX, mapLayout } from '#renderer/charts/map/layout.ts';

const node = (id: string, layer: GraphLayer, calls = 1): GraphNode => ({ id, layer, label: id, calls, failed: 0, members: 1 });
const line = (from: string, to: string): GraphLine => ({ from, to, role: 'called', calls: 1, failed: 0 });

test('columns stand from left to right, without those that nothing stands in; what endpoints call is further right', () => {
  const { nodes, heads } = mapLayout(
    [node('bot', 'caller'), node('gw', 'operation'), node('up', 'operation'), node('db', 'operation')],
    [line('bot', 'gw'), line('gw', 'up'), line('up', 'db'), line('db', 'gw')],
  );
  expect(nodes.map(({ node: { id }, column }) => [id, column])).toEqual([
    ['bot', 0],
    ['gw', 1],
    ['up', 2],
    ['db', 3],
  ]);
  expect(heads.map((head) => head.title)).toEqual(['Principals', 'Endpoints', 'Called by endpoints', 'Called by endpoints']);
});

test('boxes never overlap, and the same map gives the same picture', () => {
  const nodes = [...Array(40).keys()].map((index) => node(`n${String(index)}`, index % 3 === 0 ? 'caller' : 'operation', index));
  const lines = [...Array(39).keys()].map((index) => line(`n${String(index - (index % 3))}`, `n${String(index + 1)}`));
  const first = mapLayout(nodes, lines);
  expect(mapLayout([...nodes].reverse(), [...lines].reverse()).nodes).toHaveLength(40);
  expect(mapLayout(nodes, lines)).toEqual(first);
  const places = first.nodes.map(({ x, y }) => `${String(x)} ${String(y)}`);
  expect(new Set(places).size).toBe(40);
  for (const { x, y } of first.nodes) {
    expect(x + BOX.width).toBeLessThanOrEqual(first.width);
    expect(y + BOX.height).toBeLessThanOrEqual(first.height);
  }
});

test('an empty map is empty', () => {
  expect(mapLayout([], [])).toMatchObject({ nodes: [], heads: [], width: 0 });
});
