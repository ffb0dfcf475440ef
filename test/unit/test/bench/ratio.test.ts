import { expect, test } from 'vitest';

import { ratioFigure, ratioOf, shareOf } from '#test/bench/ratio.ts';

test('where there is nothing to measure there is no ratio and no figure', () => {
  expect([ratioOf(0, 0), shareOf([], () => true)]).toEqual([undefined, undefined]);
  expect(ratioFigure('x', undefined, 'nothing')).toEqual([]);
});

test('a ratio of something is a figure, also when it is 0', () => {
  expect([ratioOf(1, 4), shareOf([1, 2], (item) => item > 1)]).toEqual([1 / 4, 1 / 2]);
  expect(ratioFigure('x', 0, 'none')).toEqual([{ id: 'x', value: 0, unit: 'ratio', what: 'none' }]);
});
