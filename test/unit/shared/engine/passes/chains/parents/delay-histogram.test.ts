import { expect, test } from 'vitest';

import { countDelay, createDelayHistogram, density } from '#shared/engine/passes/chains/parents/delay-histogram.ts';

/** Units: µs. */
const seen = (...delays: readonly number[]) => {
  const histogram = createDelayHistogram();
  for (const delay of delays) countDelay(histogram, delay);
  return histogram;
};

test('a delay is the likelier the more often its like was seen, and none is impossible', () => {
  const often = seen(...Array.from({ length: 10 }, () => 1_000));
  expect(density(1_000, often, often)).toBeGreaterThan(50 * density(5_000, often, often));
  expect(density(5_000_000, often, often)).toBeGreaterThan(0);
});

test('what the own kind has not seen yet is taken from all kinds', () => {
  const usual = seen(2_000, 2_000, 2_000);
  expect(density(2_000, undefined, usual)).toBeGreaterThan(density(200_000, undefined, usual));
});

test('what began a little too early has a place of its own, which no short delay is', () => {
  const [early, short] = [seen(-300, -300, -300), seen(5, 5, 5)];
  expect(density(-900, early, early)).toBeGreaterThan(10 * density(-900, short, short));
  expect(density(5, short, short)).toBeGreaterThan(10 * density(5, early, early));
});

test('densities of all delays add up to one', () => {
  const histogram = seen(40, 700, 700, 90_000, -5);
  let sum = density(-1, histogram, histogram) * 2_000;
  for (let delay = 0; delay < 200; delay += 1) sum += density(delay, histogram, histogram);
  for (let delay = 200; delay < 120_000_000; delay *= 1.001) sum += density(delay, histogram, histogram) * delay * 0.001;
  expect(sum).toBeGreaterThan(0.95);
  expect(sum).toBeLessThan(1.05);
});
