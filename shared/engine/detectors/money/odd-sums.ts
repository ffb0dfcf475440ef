import { medianAndMad, robustZ } from '../../../lib/stats.ts';
import type { Payment } from './payments.ts';

/** Robust deviations of the logarithm from what is usual. Source: detection 45. */
const MIN_Z = 5;
/** So many sums make a usual one. */
const MIN_SUMS = 10;
/** Below a limit means within this share of it. */
const NEAR = 0.05;
/** So many sums just below one round number are no chance. */
const MIN_NEAR = 3;
/** The same sum to the same receiver again within this is a repetition. Units: µs. */
const AGAIN = 10 * 60 * 1_000_000;
/** The least spread of logarithms: where all sums are alike, any other would be far off. */
const FLOOR = 0.15;

/** What is odd about a sum, in words. */
export interface OddSum {
  readonly payment: Payment;
  readonly why: string;
}

/** The round number just above a sum, where it is near: 1, 2, 2.5 or 5 times a power of ten. Example: 4,900 gives 5,000. */
export function roundAbove(sum: number): number | undefined {
  if (!(sum > 0)) return undefined;
  const power = 10 ** Math.floor(Math.log10(sum));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((limit) => sum < limit && sum >= limit * (1 - NEAR));
}

function outliers(own: readonly Payment[], all: readonly Payment[]): readonly OddSum[] {
  return own.flatMap((payment): OddSum[] => {
    if (payment.amount === undefined || payment.amount <= 0) return [];
    const rest = (own.length > MIN_SUMS ? own : all).flatMap((other) =>
      other !== payment && other.call.endpoint === payment.call.endpoint && other.amount !== undefined && other.amount > 0 ? [Math.log10(other.amount)] : [],
    );
    if (rest.length < MIN_SUMS) return [];
    const { median, mad } = medianAndMad(rest);
    const z = robustZ(Math.log10(payment.amount), median, mad, FLOOR);
    return z >= MIN_Z ? [{ payment, why: `${String(Math.round(payment.amount / 10 ** median))} times the usual sum` }] : [];
  });
} // prettier-ignore

function belowLimits(own: readonly Payment[]): readonly OddSum[] {
  const groups = new Map<number, Payment[]>();
  for (const payment of own) {
    const limit = payment.amount === undefined ? undefined : roundAbove(payment.amount);
    if (limit !== undefined) groups.set(limit, [...(groups.get(limit) ?? []), payment]);
  }
  const sums = own.filter(({ amount }) => amount !== undefined).length;
  return [...groups].flatMap(([limit, payments]) =>
    payments.length >= MIN_NEAR && payments.length * 2 >= sums ? payments.map((payment) => ({ payment, why: `just below ${String(limit)}, as ${String(payments.length)} of ${String(sums)}` })) : [],
  );
} // prettier-ignore

/** Sums of one caller that are far from usual, huddle below a limit, repeat, or are none. `own` in time order. */
export function oddSums(own: readonly Payment[], all: readonly Payment[]): readonly OddSum[] {
  const repeated = own.flatMap((payment, index): OddSum[] => {
    const earlier = own.slice(Math.max(0, index - 20), index).find((other) => payment.payee !== undefined && other.payee === payment.payee && other.amount === payment.amount && payment.amount !== undefined && payment.call.time - other.call.time <= AGAIN);
    return earlier === undefined ? [] : [{ payment, why: 'the same sum to the same receiver within ten minutes' }];
  });
  const none = own.flatMap((payment): OddSum[] => (payment.amount !== undefined && payment.amount <= 0 ? [{ payment, why: 'nothing or less than nothing, and taken' }] : []));
  return [...outliers(own, all), ...belowLimits(own), ...repeated, ...none];
} // prettier-ignore
