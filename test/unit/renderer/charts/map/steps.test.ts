import { expect, test } from 'vitest';
import { mapLayout } from '#renderer/charts/map/layout.ts';
import { lineId } from '#renderer/charts/map/line.ts';
import { goOnAt, litBy, stepFrom } from '#renderer/charts/map/steps.ts';
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
const line = (from: string, to: string, calls = 1): GraphLine => ({ from, to, role: 'called', calls, failed: 0 });

const nodes = [node('bot', 'caller'), node('eve', 'caller'), node('host:a', 'operation', 'a'), node('host:b', 'operation', 'b')];
const lines = [line('bot', 'host:a', 3), line('bot', 'host:b', 9), line('eve', 'host:b')];
const boxes = mapLayout(nodes, lines).nodes;
const at = (id: string) => {
  const found = boxes.find((box) => box.node.id === id);
  if (found === undefined) throw new Error(`no box ${id}`);
  return found;
};

test('arrows go along the widest line, and within a column', () => {
  expect(stepFrom(boxes, lines, at('bot'), 'ArrowRight')?.node.id).toBe('host:b');
  expect(stepFrom(boxes, lines, at('host:a'), 'ArrowLeft')?.node.id).toBe('bot');
  const [first, second] = boxes.filter(({ column }) => column === 0);
  expect(first === undefined ? undefined : stepFrom(boxes, lines, first, 'ArrowDown')?.node.id).toBe(second?.node.id);
  expect(stepFrom(boxes, lines, at('bot'), 'x')).toBeUndefined();
});

test('what is chosen keeps its ink with its lines and their ends', () => {
  expect(litBy('eve', lines)).toEqual(new Set(['eve', 'host:b', lineId(line('eve', 'host:b'))]));
  expect(litBy(undefined, lines)).toBeUndefined();
});

test('the keyboard goes on at what a host was taken apart into, and beside a box that was hidden', () => {
  const apart = mapLayout(
    [...nodes.filter(({ id }) => id !== 'host:b'), node('b1', 'operation', 'b'), node('b2', 'operation', 'b')],
    lines,
  ).nodes;
  expect(goOnAt(apart, at('host:b'))?.node.host).toBe('b');
  const without = boxes.filter((box) => box.node.id !== 'bot');
  expect(goOnAt(without, at('bot'))?.node.id).toBe('eve');
  expect(goOnAt([], at('bot'))).toBeUndefined();
});
