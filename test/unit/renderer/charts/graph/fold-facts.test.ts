import { describe, expect, test } from 'vitest';
import { foldFacts, foldNodes, foldTemplate } from '#renderer/charts/graph/fold-facts.ts';
import { toForest } from '#renderer/charts/graph/chain-tree.ts';
import type { TreeNode } from '#renderer/charts/graph/tree-node.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

/** Alike calls, each at its second of one hour, as siblings. */
const callsAt = (
  seconds: readonly number[],
  change: (call: CallRow, index: number) => Partial<CallRow> = () => ({}),
): readonly TreeNode[] => {
  const { calls } = chainFromText(seconds.map((_, index) => `c${String(index)} GET /items/{id}`).join('\n'));
  const timed = calls.map((call, index) => ({
    ...call,
    path: '/items/7',
    time: new Date(Date.UTC(2026, 9, 1) + (seconds[index] ?? 0) * 1000).toISOString().replace('Z', '000Z'),
    ...change(call, index),
  }));
  return toForest(timed, []);
};
const factsOf = (members: readonly TreeNode[]) => foldFacts({ members });
const sizes = (nodes: readonly TreeNode[]): readonly number[] => foldNodes(nodes).map(({ members }) => members.length);

describe('what is folded together in a picture', () => {
  test('alike calls that follow each other', () => {
    expect(sizes(callsAt([0, 1, 2, 3]))).toEqual([4]);
  });

  test('a pause of over a minute, and ten times the usual one, begins another fold', () => {
    expect(sizes(callsAt([0, 1, 2, 3, 600, 601, 602]))).toEqual([4, 3]);
  });

  test('a regular pause of minutes does not, nor does a short one that is long beside the others', () => {
    expect(sizes(callsAt([0, 300, 600, 900]))).toEqual([4]);
    expect(sizes(callsAt([0, 1, 2, 50]))).toEqual([4]);
  });

  test('calls without a time stay where they are', () => {
    const nodes = toForest(
      callsAt([0, 1, 2]).map(({ call: { time: _time, ...call } }) => call),
      [],
    );
    expect(sizes(nodes)).toEqual([3]);
  });
});

describe('what a fold says of its calls', () => {
  test('the same request at regular times is a poll, as fast as can be a loop, of different things neither', () => {
    expect(factsOf(callsAt([0, 2, 4, 6])).kind).toBe('poll');
    expect(factsOf(callsAt([0, 0.1, 0.2, 0.3])).kind).toBe('loop');
    expect(factsOf(callsAt([0, 1, 9, 11])).kind).toBe('loop');
    expect(factsOf(callsAt([0, 2, 4], (_, index) => ({ path: `/items/${String(index)}` }))).kind).toBe('alike');
  });

  test('what is sent more than asked is never called a poll: its body may differ', () => {
    expect(factsOf(callsAt([0, 2, 4, 6], () => ({ method: 'POST' })))).toMatchObject({ kind: 'alike', addresses: 1 });
  });

  test('another query is another address', () => {
    expect(factsOf(callsAt([0, 2, 4], (_, index) => ({ query: `page=${String(index)}` })))).toMatchObject({
      kind: 'alike',
      addresses: 3,
    });
  });

  test('what follows by a link to the next page is pages', () => {
    const { calls, edges } = chainFromText(`
      p1 GET /items
      p2 GET /items
      p3 GET /items
      p1 -pagination-> p2
      p2 -pagination-> p3`);
    expect(factsOf(toForest(calls, edges)).kind).toBe('pages');
  });

  test('first, last, statuses, slowest and the middle pause', () => {
    const facts = factsOf(callsAt([0, 2, 5], (_, index) => ({ status: index === 1 ? 201 : 200, durationMs: index * 10 })));
    expect(facts.first).toBe('2026-10-01T00:00:00.000000Z');
    expect(facts.last).toBe('2026-10-01T00:00:05.000000Z');
    expect(facts.answers).toEqual([
      ['200', 2],
      ['201', 1],
    ]);
    expect(facts.failed).toBe(0);
    expect(facts.slowest?.ref).toBe('c2');
    expect(facts.pause).toBe(3000);
  });

  test('calls whose records say that they failed count as failed, and are no fold with those of which nothing is known', () => {
    const answers = (outcome: 'denied' | undefined) =>
      callsAt([0, 1, 2], () => ({ status: 0, ...(outcome === undefined ? {} : { outcome }) }));
    expect(factsOf(answers('denied'))).toMatchObject({ answers: [['denied', 3]], failed: 3 });
    expect(factsOf(answers(undefined))).toMatchObject({ answers: [['', 3]], failed: 0 });
  });
});

describe('rounds of several calls', () => {
  const rounds = chainFromText(['a1', 'a2', 'a3'].map((id) => `${id} GET /list\n${id}x POST /items/{id}`).join('\n'));

  test('are one fold that names the calls of one round', () => {
    const [fold, ...others] = foldNodes(toForest(rounds.calls, []));
    expect(others).toEqual([]);
    if (fold === undefined) throw new Error('nothing was folded');
    expect(foldTemplate(fold, ({ path = '' }) => path)).toBe('/list → POST /items/{id}');
    expect(foldFacts(fold)).toMatchObject({ kind: 'rounds', calls: 6, round: 2 });
  });
});
