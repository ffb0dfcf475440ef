import { expect, test } from 'vitest';
import { toForest, toRows, UNFOLDED } from '#renderer/charts/graph/chain-tree.ts';
import { leavesOutShort, waysToFindings } from '#renderer/charts/graph/left-out.ts';
import type { TreeNode } from '#renderer/charts/graph/tree-node.ts';
import { timedChain } from '#test/support/timed-chain.ts';

const forestOf = (text: string): readonly TreeNode[] => {
  const { calls, edges } = timedChain(text);
  return toForest(calls, edges);
};

/** The calls that stay in sight of a chain of a second, and how many were left out. */
function shortOf(text: string): string {
  const forest = forestOf(text);
  const short = leavesOutShort(forest, 1000);
  let out = 0;
  const rows = toRows(forest, UNFOLDED, (fold) => {
    if (!short.leavesOut(fold)) return false;
    out += short.callsIn(fold);
    return true;
  });
  return `${rows.map(({ calls }) => calls.map(({ ref }) => ref).join('+')).join(' ')} | ${String(out)}`;
}

test.each([
  ['what takes under one in a hundred is left out', 'a 0-1000 > b 10-19, a > c 30-41', 'a c | 1'],
  ['with all that it led to', 'a 0-1000 > b 10-19, b > c 11-12', 'a | 2'],
  ['not what led to something longer', 'a 0-1000 > b 10-12, b > c 20-60', 'a b c | 0'],
  ['not what a finding names, nor what led to it', 'a 0-1000 > b 10-19, b > c 11-12!', 'a b c | 0'],
  ['not what has no known length', 'a 0-1000 > b ?', 'a b | 0'],
])('%s', (_name, text, expected) => {
  expect(shortOf(text)).toBe(expected);
});

test('alike calls count together: pages that are short each are long as one', () => {
  const forest = forestOf('a 0-1000 > b 10-14, a > c 15-19, a > d 20-24');
  const [root] = forest;
  const alike = {
    ...root,
    children: (root?.children ?? []).map((node) => ({ ...node, call: { ...node.call, endpoint: 'GET api.test/p' } })),
  };
  const nodes = [alike as TreeNode];
  const rows = toRows(nodes, UNFOLDED, leavesOutShort(nodes, 1000).leavesOut);
  expect(rows.map(({ calls }) => calls.length)).toEqual([1, 3]);
  const opened = new Set(rows.flatMap((row) => (row.kind === 'fold' ? [row.key] : [])));
  expect(toRows(nodes, { ...UNFOLDED, toggled: opened }, leavesOutShort(nodes, 1000).leavesOut)).toHaveLength(5);
});

test('ways to findings are the calls that are named and those above them', () => {
  const print = (nodes: readonly TreeNode[]): string =>
    nodes.map(({ call, children }) => call.ref + (children.length === 0 ? '' : `(${print(children)})`)).join(' ');
  expect(print(waysToFindings(forestOf('a 0-9 > b 1-2, b > c 1-2!, a > d 3-4, e 5-6 > f 6-7')))).toBe('a(b(c))');
  expect(waysToFindings(forestOf('a 0-9 > b 1-2'))).toEqual([]);
});
