import { expect, test } from 'vitest';
import { closeNode, hideNode, openNode } from '#renderer/charts/graph/changes.ts';
import { UNTOUCHED, type GraphView } from '#renderer/charts/graph/groups.ts';
import { toGraph, type GraphNode } from '#renderer/charts/graph/model.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

const { calls, edges } = chainFromText(`
  root POST /run
  a GET /items/{id}
  b GET /items/{id}
  c GET /items/{id}
  root -trace-> a
  root -trace-> b
  root -trace-> c`);

function nodeOf(view: GraphView, id: string): GraphNode {
  const node = toGraph(calls, edges, view).nodes.find((each) => each.id === id);
  if (node === undefined) throw new Error(`no node ${id}`);
  return node;
}

test('a fold is opened, and closing one of its members folds it again', () => {
  const opened = openNode(UNTOUCHED, nodeOf(UNTOUCHED, 'fold a'));
  expect(opened?.opened).toEqual(new Set(['fold a']));
  if (opened === undefined) throw new Error('not opened');
  expect(closeNode(opened, nodeOf(opened, 'b'))).toEqual(UNTOUCHED);
});

test('effects are put away and shown again', () => {
  const closed = closeNode(UNTOUCHED, nodeOf(UNTOUCHED, 'root'));
  expect(closed?.closed).toEqual(new Set(['root']));
  if (closed === undefined) throw new Error('not closed');
  expect(openNode(closed, nodeOf(closed, 'root'))).toEqual(UNTOUCHED);
});

test('a single call without effects is neither opened nor closed, but can be hidden', () => {
  const opened = { ...UNTOUCHED, opened: new Set(['fold a']) };
  expect(openNode(opened, nodeOf(opened, 'b'))).toBeUndefined();
  expect(closeNode(UNTOUCHED, nodeOf(UNTOUCHED, 'fold a'))).toBeUndefined();
  expect(hideNode(opened, nodeOf(opened, 'b')).hidden).toEqual(new Set(['b']));
});
