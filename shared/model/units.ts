import type { Brand } from '../lib/brand.ts';

/** Microseconds since 1970-01-01T00:00:00Z; an integer, exact in a double until the year 2255. */
export type EpochMicros = Brand<number, 'EpochMicros'>;
/** A length of time in milliseconds; may have a fraction. */
export type DurationMs = Brand<number, 'DurationMs'>;

/** Marks a number as epoch microseconds. */
export const epochMicros = (value: number): EpochMicros => value as EpochMicros;
/** Marks a number as milliseconds. */
export const durationMs = (value: number): DurationMs => value as DurationMs;

/** Prints `2026-10-01T00:00:00.000000Z`: UTC, six digits, as every export spells a time. */
export function printTime(time: EpochMicros): string {
  const millis = Math.floor(time / 1000);
  const micros = time - millis * 1000;
  return `${new Date(millis).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}
