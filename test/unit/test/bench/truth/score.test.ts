import { expect, test } from 'vitest';

import { bCubed, compareSets, pool, toRatios } from '#test/bench/truth/score.ts';

test('B-cubed as worked by hand: a a b said as x y y', () => {
  const { precision, recall } = bCubed([
    ['a', 'x'],
    ['a', 'y'],
    ['b', 'y'],
  ]);
  expect(precision).toEqual({ sum: 2, of: 3 });
  expect(recall).toEqual({ sum: 2, of: 3 });
});

test('items that a clustering leaves out are alone', () => {
  const { precision, recall } = bCubed([
    ['a', undefined],
    ['a', undefined],
    ['b', 'x'],
  ]);
  expect(precision.sum).toBe(3);
  expect(recall.sum).toBe(2);
});

test('scores of scenarios are added before they are divided', () => {
  const pooled = pool([{ x: { sum: 1, of: 1 } }, { x: { sum: 0, of: 3 } }]);
  expect(toRatios(pooled)).toEqual({ x: 0.25 });
});

test('F1 is the harmonic mean, and 0 where nothing was found', () => {
  const half = compareSets(new Set(['a', 'x', 'y', 'z']), new Set(['a']));
  expect(toRatios({ 'n.precision': half.precision, 'n.recall': half.recall })).toEqual({ 'n.precision': 0.25, 'n.recall': 1, 'n.f1': 0.4 });
  const none = compareSets(new Set<string>(), new Set(['a']));
  expect(toRatios({ 'n.precision': none.precision, 'n.recall': none.recall })).toEqual({ 'n.recall': 0, 'n.f1': 0 });
});

test('bins become one error: the mean distance, weighed by their size', () => {
  // Two edges at 0.9, both right; two at 0.5, none right: (0.2 + 1) ÷ 4.
  expect(toRatios({ 'c.bin9': { sum: -0.2, of: 2 }, 'c.bin5': { sum: 1, of: 2 } })['c.error']).toBeCloseTo(0.3);
});
