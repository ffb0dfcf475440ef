import { expect, test } from 'vitest';
import { combineRarities, falseDiscoveryRates, rarityOf, toReference } from '#shared/lib/rarity.ts';

test('the p-value is the rank among the reference, the score itself counted', () => {
  const reference = toReference(Array.from({ length: 99 }, (_, index) => index / 100));
  expect(rarityOf(5, reference)).toBeCloseTo(1 / 100);
  expect(rarityOf(-1, reference)).toBe(1);
  expect(rarityOf(0.5, reference)).toBeCloseTo(50 / 100);
});

test('beyond the highest score of a large reference the fitted tail goes on', () => {
  const exponential = Array.from({ length: 5_000 }, (_, index) => -Math.log((index + 0.5) / 5_000));
  const p = rarityOf(13, toReference(exponential));
  expect(p).toBeLessThan(1e-5);
  expect(p).toBeGreaterThan(1e-7);
});

test('without a reference nothing is rare', () => {
  expect(rarityOf(3, toReference([]))).toBe(1);
});

test('one p-value stays itself, and a small one is watered down by the number of others', () => {
  expect(combineRarities([0.2])).toBeCloseTo(0.2);
  expect(combineRarities([0.001, 0.5])).toBeCloseTo(0.002, 4);
  expect(combineRarities([])).toBe(1);
});

test('rates of false discovery rise with the number of tests and never fall with the rank', () => {
  expect([...falseDiscoveryRates([0.01, 0.04, 0.03])].map((rate) => Math.round(rate * 1000) / 1000)).toEqual([0.03, 0.04, 0.04]);
  expect(falseDiscoveryRates([0.01], 10)[0]).toBeCloseTo(0.1);
});
