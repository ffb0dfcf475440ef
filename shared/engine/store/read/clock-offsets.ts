import type { ClockOffsets } from '../../../model/clock-offsets.ts';
import type { SqlDriver } from '../driver.ts';
import { getMeta } from '../meta.ts';

/** Where the case keeps what was corrected. */
export const CLOCK_OFFSETS = 'clock_offsets';

/** What was corrected when the chains were made; undefined before that. */
export function readClockOffsets(db: SqlDriver): ClockOffsets | undefined {
  const text = getMeta(db, CLOCK_OFFSETS);
  // Written by the chains pass.
  return text === undefined ? undefined : (JSON.parse(text) as ClockOffsets);
}

/** Where the case keeps by how much the clock of each source ran ahead of the common one. */
export const SOURCE_CLOCKS = 'source_clocks';

/** By how much the clock of each source ran ahead of the common one, by row id; sources that agree with it are left out. Units: µs. */
export function readSourceClocks(db: SqlDriver): ReadonlyMap<number, number> {
  const text = getMeta(db, SOURCE_CLOCKS);
  // Written by the chains pass: row ids of sources, and µs.
  return new Map(text === undefined ? [] : (JSON.parse(text) as readonly (readonly [source: number, ahead: number])[]));
}

/**
 * Moves the time of a call onto the clock that all sources were linked on, by the middle of what its source was moved by: enough to say
 * what came first where two sources differ by seconds; a clock that drifts is off by half its drift. Units: µs. Before chains were made, times stay.
 */
export function readCommonClock(db: SqlDriver): (source: number, time: number) => number {
  const clocks = readSourceClocks(db);
  return (source, time) => time - (clocks.get(source) ?? 0);
}
