import { expect, test } from 'vitest';
import { niceTicks } from '#renderer/charts/time/nice-ticks.ts';

test.each([
  [950, 5, [0, 200, 400, 600, 800]],
  [34_000, 3, [0, 15_000, 30_000]],
  [1, 4, [0, 1]],
])('%d ms with room for %d', (span, count, ticks) => {
  expect(niceTicks(span, count)).toEqual(ticks);
});

test('even for years there are not more ticks than room', () => {
  expect(niceTicks(5 * 365 * 86_400_000, 6).length).toBeLessThanOrEqual(7);
});
