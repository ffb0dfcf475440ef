import { expect, test } from 'vitest';
import { heatPaths, heatStep } from '#renderer/charts/heat-steps.ts';

test('steps go by the logarithm: none, one, and the most', () => {
  expect([0, 1, 10, 100, 1000, 10_000].map((count) => heatStep(count, 10_000))).toEqual([0, 1, 2, 3, 4, 5]);
  expect(heatStep(1, 1)).toBe(5);
});

test('each cell that counts something is drawn once, on the path of its step', () => {
  const paths = heatPaths([[0, 1], [100, 0]], { width: 10, height: 8 }); // prettier-ignore
  expect(paths.map((d) => d.split('M').length - 1)).toEqual([1, 0, 0, 0, 1]);
  expect(paths[4]).toBe('M0 8h9v7h-9z');
});
