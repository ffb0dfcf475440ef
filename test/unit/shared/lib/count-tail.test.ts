import { expect, test } from 'vitest';
import { betaBinomialTail, countSurprise, logGamma } from '#shared/lib/count-tail.ts';

test('the logarithm of the gamma function is that of factorials', () => {
  expect(logGamma(1)).toBeCloseTo(0, 10);
  expect(logGamma(6)).toBeCloseTo(Math.log(120), 10);
  expect(logGamma(101)).toBeCloseTo(363.7393755555635, 6);
});

test('ten events where one is expected are a one-in-ten-million count', () => {
  expect(countSurprise(10, 1, Infinity)).toBeCloseTo(-Math.log10(1.1142547e-7), 4);
});

test('a rate that varies makes the same count less surprising', () => {
  expect(countSurprise(10, 1, 1)).toBeCloseTo(10 * Math.log10(2), 6);
});

test('what is expected, or less, surprises nobody', () => {
  expect(countSurprise(3, 3, 5)).toBe(0);
  expect(countSurprise(0, 0, 5)).toBe(0);
});

test('the surprise grows with the count and stays finite for very large ones', () => {
  const [small, large] = [countSurprise(100, 5, 2), countSurprise(100_000, 5, 2)];
  expect(large).toBeGreaterThan(small);
  expect(Number.isFinite(large)).toBe(true);
});

test('a share of which one hit and one miss are known makes every count as likely', () => {
  expect(betaBinomialTail(3, 4, { hits: 1, misses: 1 })).toBeCloseTo(0.4, 12);
  expect(betaBinomialTail(0, 4, { hits: 1, misses: 1 })).toBeCloseTo(1, 12);
});

test('what is known for sure makes it the binomial tail', () => {
  expect(betaBinomialTail(2, 2, { hits: 1e9, misses: 9e9 })).toBeCloseTo(0.01, 6);
});
