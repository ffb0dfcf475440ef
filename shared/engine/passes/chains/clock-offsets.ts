import { numberAt } from '../../../lib/numbers.ts';
import { setMeta } from '../../store/meta.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { CLOCK_OFFSETS } from '../../store/read/clock-offsets.ts';
import type { ClockOffsets } from '../../../model/clock-offsets.ts';
import type { CallColumns } from './call-columns.ts';

/** Smaller differences are the rounding of a log that writes milliseconds. Units: µs. */
const MIN_SAID = 2_000;

/** How far the clock that stamped a call ran ahead of the common one, as it was corrected; 0 where nothing was. Units: µs. */
function offsetOf(calls: CallColumns, at: number): number {
  const offset = numberAt(calls.offset, at);
  return Math.abs(offset) >= MIN_SAID ? offset : 0;
}

const spoken = (offset: number): string => {
  const ms = Math.round(Math.abs(offset) / 1000);
  const length = ms < 1000 ? `${String(ms)} ms` : `${(ms / 1000).toFixed(ms < 120_000 ? 2 : 0)} s`;
  return `${length} ${offset > 0 ? 'ahead' : 'behind'}`;
};

/**
 * What was corrected before two calls were compared in time, as the end of a sentence; empty where nothing was.
 * Example: `; clocks corrected: that of the cause ran 14.50 s ahead`.
 */
export function correctionOf(calls: CallColumns, from: number, to: number): string {
  const parts = [
    ['the cause', offsetOf(calls, from)],
    ['the effect', offsetOf(calls, to)],
  ] as const;
  const said = parts.flatMap(([whose, offset]) => (offset === 0 ? [] : [`that of ${whose} ran ${spoken(offset)}`]));
  return said.length === 0 ? '' : `; clocks corrected: ${said.join(', ')}`;
}

/** Keeps what was corrected, for all who speak of clocks: the least and the most by which a call of any source was moved. */
export function keepOffsets(db: SqlDriver, calls: CallColumns): ClockOffsets {
  const corrected = new Set<number>();
  let [least, most] = [Infinity, 0];
  for (let at = 0; at < calls.count; at += 1) {
    const offset = Math.abs(offsetOf(calls, at));
    if (offset === 0 || Number.isNaN(offset)) continue;
    corrected.add(numberAt(calls.source, at));
    least = Math.min(least, offset);
    most = Math.max(most, offset);
  }
  const offsets: ClockOffsets = {
    corrected: corrected.size,
    ...(corrected.size === 0 ? {} : { leastMs: Math.round(least / 1000), mostMs: Math.round(most / 1000) }),
  };
  setMeta(db, CLOCK_OFFSETS, JSON.stringify(offsets));
  return offsets;
}
