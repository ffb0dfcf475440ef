import { expect, test } from 'vitest';

import { addCounts, countKind, f1Of, precisionOf, recallOf } from '#test/bench/truth-text/score.ts';

const decisions = [
  { truth: 'email', said: new Set(['email']) },
  { truth: 'email', said: new Set<string>() },
  { truth: 'phone', said: new Set(['email', 'phone']) },
  { truth: undefined, said: new Set(['phone']) },
];

test('right, wrong and missed decisions of a kind', () => {
  const counts = countKind(decisions, 'email');
  expect(counts).toEqual({ right: 1, wrong: 1, missed: 1 });
  expect([precisionOf(counts), recallOf(counts), f1Of(counts)]).toEqual([0.5, 0.5, 0.5]);
});

test('sums over kinds', () => {
  expect(addCounts([countKind(decisions, 'email'), countKind(decisions, 'phone')])).toEqual({ right: 2, wrong: 2, missed: 1 });
});

test('nothing said has no precision, nothing asked for no recall; nothing right is an F1 of nothing', () => {
  expect(precisionOf({ right: 0, wrong: 0, missed: 3 })).toBeUndefined();
  expect(recallOf({ right: 0, wrong: 3, missed: 0 })).toBeUndefined();
  expect(f1Of({ right: 0, wrong: 0, missed: 0 })).toBeUndefined();
  expect(f1Of({ right: 0, wrong: 0, missed: 3 })).toBe(0);
});
