import { numberAt } from '../../../lib/numbers.ts';

/** Pseudo-days of the peers' rate. Source: science notes 3.3, 1. */
const KAPPA = 2;
/** Of a day. */
export const HOURS = 24;

/** Share of the calls that falls into each hour of the day, no hour without any. */
export function shapeOf(hours: Float64Array): Float64Array {
  const total = hours.reduce((sum, calls) => sum + calls, 0);
  return hours.map((own) => (own + 1) / (total + HOURS));
}

/** The shape of those who show none. */
export const flatShape = (): Float64Array => new Float64Array(HOURS).fill(1 / HOURS);

/**
 * Calls expected in each hour of the day: one's own, mixed with two days of one's level in the shape of one's peers.
 * Units: calls in an hour; `hours` are the calls of `days` days by hour of the day.
 * Example: 48 calls on two days, all at noon, among peers that call evenly: 24 · ½ + 1 · ½ = 12.5 at noon, 0.5 in every other hour.
 */
export function ratesOf(hours: Float64Array, shape: Float64Array, days: number): Float64Array {
  const level = hours.reduce((sum, calls) => sum + calls, 0) / days;
  return hours.map((own, hour) => (own + KAPPA * level * numberAt(shape, hour)) / (days + KAPPA));
}
