import { expect, test } from 'vitest';
import { BOX } from '#renderer/charts/map/layout.ts';
import { arrangeMap, placeMap, type MapPlaces } from '#renderer/charts/map/places.ts';
import type { GraphLayer, GraphLine, GraphNode } from '#shared/contract/graph.ts';

const node = (id: string, layer: GraphLayer, host?: string): GraphNode => ({
  id,
  layer,
  label: id,
  calls: 1,
  failed: 0,
  members: 1,
  ...(host === undefined ? {} : { host }),
});
const line = (from: string, to: string): GraphLine => ({ from, to, role: 'called', calls: 1, failed: 0 });
const placeOf = ({ layout }: MapPlaces, id: string): string | undefined => {
  const found = layout.nodes.find((placed) => placed.node.id === id);
  return found === undefined ? undefined : `${String(found.x)} ${String(found.y)}`;
};

const callers = ['bot', 'eve', 'job'].map((id) => node(id, 'caller'));
const hosts = ['a', 'b', 'c'].map((id) => node(`host:${id}`, 'operation', id));
const lines = [line('bot', 'host:a'), line('eve', 'host:b'), line('job', 'host:c')];
const folded = arrangeMap([...callers, ...hosts], lines);
const parts = ['b1', 'b2', 'b3'].map((id) => node(id, 'operation', 'b'));
const apart = placeMap(
  folded,
  [...callers, ...hosts.filter(({ id }) => id !== 'host:b'), ...parts],
  [line('bot', 'host:a'), line('eve', 'b1'), line('job', 'host:c')],
);

test('a host that is taken apart moves nobody else, and its endpoints stand where it stood and around', () => {
  for (const id of ['bot', 'eve', 'job', 'host:a', 'host:c']) expect(placeOf(apart, id)).toBe(placeOf(folded, id));
  const stood = placeOf(folded, 'host:b');
  expect(parts.map(({ id }) => placeOf(apart, id))).toContain(stood);
  expect(new Set(apart.layout.nodes.map(({ x, y }) => `${String(x)} ${String(y)}`)).size).toBe(8);
  expect(apart.arrangement).toBe(folded.arrangement);
});

test('folded again, everything stands as before', () => {
  const again = placeMap(apart, folded.nodes, folded.lines);
  for (const { id } of folded.nodes) expect(placeOf(again, id)).toBe(placeOf(folded, id));
  expect(again.layout.height).toBe(folded.layout.height);
});

test('another picture is laid out from nothing', () => {
  const other = placeMap(folded, [node('bot', 'caller'), node('x', 'caller'), node('y', 'caller'), node('host:z', 'operation', 'z')], []);
  expect(other.arrangement).toBe(folded.arrangement + 1);
  expect(other.layout.height).toBe(BOX.head + 3 * (BOX.height + BOX.gap) + BOX.margin);
  expect(placeMap(folded, [], []).layout.nodes).toEqual([]);
});
