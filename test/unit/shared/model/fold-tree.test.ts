import { expect, test } from 'vitest';
import { foldTree, type FoldCall } from '#shared/model/fold-tree.ts';
import { ROOT } from '#shared/model/chain-tree.ts';
import { fc } from '#test/support/property.ts';

const call = (step: string, outcome: 'ok' | 'failed' = 'ok', target = step): FoldCall => ({
  alike: `${outcome} ${step}`,
  target,
  hasFailed: outcome === 'failed',
  start: NaN,
});

test('alike calls under one cause are one fold, and what they led to is folded below it', () => {
  const calls = [call('list'), call('item'), call('db'), call('item'), call('db'), call('item'), call('db'), call('other')];
  expect(foldTree(calls, Int32Array.from([ROOT, 0, 1, 0, 3, 0, 5, 0]))).toEqual([
    { members: [0], kind: 'call' },
    { members: [1, 3, 5], kind: 'loop', parent: 0 },
    { members: [2, 4, 6], kind: 'loop', parent: 1 },
    { members: [7], kind: 'call', parent: 0 },
  ]);
});

test('a failure is a retry only when the same call came again under the same cause', () => {
  const roots = Int32Array.from([ROOT, ROOT]);
  expect(foldTree([call('a', 'failed', 'a/1'), call('a', 'ok', 'a/1')], roots)[0]?.kind).toBe('retry');
  expect(foldTree([call('a', 'failed', 'a/1'), call('a', 'ok', 'a/2')], roots)[0]?.kind).toBe('call');
  expect(foldTree([call('a', 'failed', 'a/1'), call('a', 'failed', 'a/1')], roots)[1]?.kind).toBe('call');
});

test('calls that came in rounds are one fold', () => {
  const calls = ['ask', 'wait', 'ask', 'wait', 'ask', 'wait', 'done'].map((step) => call(step));
  expect(foldTree(calls, new Int32Array(7).fill(ROOT))).toEqual([
    { members: [0, 1, 2, 3, 4, 5], kind: 'rounds', round: 2 },
    { members: [6], kind: 'call' },
  ]);
});

test('every call of any tree is in exactly one fold, under the fold of its cause', () => {
  const trees = fc.array(
    fc.record({
      step: fc.constantFrom('a', 'b', 'c'),
      outcome: fc.constantFrom('ok' as const, 'failed' as const),
      back: fc.nat({ max: 5 }),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(trees, (made) => {
      const cause = Int32Array.from(made, ({ back }, at) => (back === 0 || back > at ? ROOT : at - back));
      const folds = foldTree(
        made.map(({ step, outcome }) => call(step, outcome)),
        cause,
      );
      const foldOf = new Map(folds.flatMap(({ members }, place) => members.map((at) => [at, place] as const)));
      expect(folds.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual(made.map((_, at) => at));
      for (const [place, { members, parent }] of folds.entries()) {
        expect(parent ?? -1).toBeLessThan(place);
        for (const at of members) expect(foldOf.get(cause[at] ?? ROOT)).toBe(parent);
      }
    }),
  );
});
