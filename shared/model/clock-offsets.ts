import { durationText } from '../lib/duration.ts';

/** What linking corrected of the clocks of the sources: the one account of it, which method, limits and proofs repeat. Units: ms. */
export interface ClockOffsets {
  /** Sources some of whose calls were moved. */
  readonly corrected: number;
  /** The least and the most by which one call was moved, either way; absent where none was. */
  readonly leastMs?: number;
  readonly mostMs?: number;
}

/** From here on a difference is told in minutes and hours: that of two zones is read off so, and no fraction of it matters. Units: ms. */
const IN_WORDS = 120_000;

/** A difference of clocks in words. Units: ms. Examples: 41504 gives `41.5 s`, 7200000 gives `2 hours`. */
export function skewText(ms: number): string {
  if (ms < 1000) return `${String(ms)} ms`;
  return ms < IN_WORDS ? `${String(Math.round(ms / 10) / 100)} s` : durationText(ms / 1000);
}

/** The same in words, as a clause. Example: `3 sources were moved onto a common clock, by 12 ms to 14.5 s`. */
export function clockWords({ corrected, leastMs = 0, mostMs = 0 }: ClockOffsets): string {
  if (corrected === 0) return 'no clock needed correction';
  const by = leastMs === mostMs ? skewText(mostMs) : `${skewText(leastMs)} to ${skewText(mostMs)}`;
  return `${String(corrected)} ${corrected === 1 ? 'source was' : 'sources were'} moved onto a common clock, by ${by}`;
}
