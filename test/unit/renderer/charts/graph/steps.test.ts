import { expect, test } from 'vitest';
import { UNTOUCHED } from '#renderer/charts/graph/groups.ts';
import { toGraph } from '#renderer/charts/graph/model.ts';
import { step, type GraphFocus } from '#renderer/charts/graph/steps.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

const { calls, edges } = chainFromText(`
  a GET /a
  b GET /b
  c GET /c
  a -trace-> b
  a -trace-> c`);
const model = toGraph(calls, edges, UNTOUCHED);
const right = new Map([
  ['a', { x: 0, y: 20 }],
  ['b', { x: 300, y: 0 }],
  ['c', { x: 310, y: 40 }],
]);
const down = new Map([...right].map(([id, { x, y }]) => [id, { x: y * 10, y: x }] as const));

function walk(keys: readonly string[], direction: 'right' | 'down'): string {
  let at: GraphFocus = { kind: 'node', id: 'a' };
  for (const key of keys) at = step(model, direction === 'right' ? right : down, at, key, direction) ?? at;
  return at.id;
}

test.each([
  [['ArrowRight'], 'a → b'],
  [['ArrowRight', 'ArrowDown'], 'a → c'],
  [['ArrowRight', 'ArrowDown', 'ArrowRight'], 'c'],
  [['ArrowRight', 'ArrowRight', 'ArrowDown'], 'c'],
  [['ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft'], 'a'],
  [['ArrowLeft'], 'a'],
  [['x'], 'a'],
])('to the right, %j leads to %s', (keys, id) => {
  expect(walk(keys, 'right')).toBe(id);
});

test('downwards the same steps are a quarter turn around', () => {
  expect(walk(['ArrowDown', 'ArrowRight', 'ArrowDown'], 'down')).toBe('c');
});
