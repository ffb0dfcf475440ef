import { expect, test } from 'vitest';
import { createHistogram } from '#shared/engine/passes/inventory/histogram.ts';

test('quantiles are right within half a percent, whatever the order', () => {
  const histogram = createHistogram();
  for (let value = 1000; value >= 1; value -= 1) histogram.add(value);
  expect(histogram.count).toBe(1000);
  expect(Math.abs((histogram.quantile(0.5) ?? 0) - 500)).toBeLessThanOrEqual(3);
  expect(histogram.max).toBe(1000);
});

test('nothing has no quantile', () => {
  expect(createHistogram().quantile(0.5)).toBeUndefined();
});
