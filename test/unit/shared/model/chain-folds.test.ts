import { expect, test } from 'vitest';
import { foldTree, type FoldCall } from '#shared/model/chain-folds.ts';
import { ROOT } from '#shared/model/chain-tree.ts';
import { fc } from '#test/support/property.ts';

const call = (step: string, outcome: FoldCall['outcome'] = 'ok', target = step): FoldCall => ({ step, target, outcome });

test('alike calls under one cause are one fold, and what they led to is folded below it', () => {
  const calls = [call('list'), call('item'), call('db'), call('item'), call('db'), call('other')];
  expect(foldTree(calls, Int32Array.from([ROOT, 0, 1, 0, 3, 0]))).toEqual([
    { members: [0], kind: 'call' },
    { members: [1, 3], kind: 'loop', parent: 0 },
    { members: [2, 4], kind: 'loop', parent: 1 },
    { members: [5], kind: 'call', parent: 0 },
  ]);
});

test('a failure is a retry only when the same call came again under the same cause', () => {
  const roots = Int32Array.from([ROOT, ROOT]);
  expect(foldTree([call('a', 'failed', 'a/1'), call('a', 'ok', 'a/1')], roots)[0]?.kind).toBe('retry');
  expect(foldTree([call('a', 'failed', 'a/1'), call('a', 'ok', 'a/2')], roots)[0]?.kind).toBe('call');
  expect(foldTree([call('a', 'failed', 'a/1'), call('a', 'failed', 'a/1')], roots)[0]?.kind).toBe('loop');
});

test('every call of any tree is in exactly one fold, under the fold of its cause', () => {
  const trees = fc.array(
    fc.record({ step: fc.constantFrom('a', 'b', 'c'), outcome: fc.constantFrom('ok', 'failed', 'unknown'), back: fc.nat({ max: 5 }) }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(trees, (made) => {
      const cause = Int32Array.from(made, ({ back }, at) => (back === 0 || back > at ? ROOT : at - back));
      const folds = foldTree(
        made.map(({ step, outcome }) => ({ step, outcome, target: step })),
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
