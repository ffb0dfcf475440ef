import { expect, test } from 'vitest';
import { oddSums, roundAbove } from '#shared/engine/detectors/money/odd-sums.ts';
import type { Payment } from '#shared/engine/detectors/money/payments.ts';

const call = {
  method: 'POST',
  host: 'api.acme.test',
  path: '/payouts',
  query: '',
  status: 201,
  bytes: NaN,
  duration: NaN,
  principal: 1,
  endpoint: 1,
  source: 1,
  flags: 0,
};
const payments = (sums: readonly number[], payee = 'a'): readonly Payment[] =>
  sums.map((amount, index) => ({
    call: { ...call, id: index, time: index * 3_600e6 },
    amount,
    currency: 'EUR',
    payee: `${payee}${String(index)}`,
  }));
const why = (list: readonly Payment[]): readonly string[] => oddSums(list, list).map((odd) => odd.why);

test('a limit is the round number just above', () => {
  expect([4_900, 9_800, 2_480, 4_000, 5_000].map(roundAbove)).toEqual([5_000, 10_000, 2_500, undefined, undefined]);
});

test('a sum far from the others stands out', () => {
  expect(why(payments([100, 120, 90, 110, 105, 95, 130, 80, 115, 100, 108, 250_000]))).toEqual(['2381 times the usual sum']);
});

test('three sums just below one number are meant to be', () => {
  expect(why(payments([4_900, 4_950, 4_990]))).toHaveLength(3);
  expect(why(payments([4_900, 4_950, 300]))).toEqual([]);
});

test('nothing, less than nothing and the same again are odd', () => {
  const twice = [0, 1].map((id): Payment => ({ call: { ...call, id, time: id * 60e6 }, amount: 70, currency: 'EUR', payee: 'x' }));
  expect(why(twice)).toEqual(['the same sum to the same receiver within ten minutes']);
  expect(why(payments([-5, 0]))).toHaveLength(2);
});
