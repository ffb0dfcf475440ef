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
