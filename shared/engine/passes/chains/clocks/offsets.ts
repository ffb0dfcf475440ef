import { addTo } from '../../../../lib/group-values.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import { quantileOfSorted, sortNumbers } from '../../../../lib/stats.ts';
import { setMeta } from '../../../store/meta.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { CLOCK_OFFSETS, SOURCE_CLOCKS } from '../../../store/read/clock-offsets.ts';
import type { ClockOffsets } from '../../../../model/clock-offsets.ts';
import type { CallColumns } from '../call-columns.ts';

/** Smaller differences are the rounding of a log that writes milliseconds. Units: µs. */
const MIN_SAID = 2_000;

/** Calls of a source, spread over all of it, whose middle offset is that of its clock. */
const LOOKED_AT = 1_000;

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

/** By how much the clock of each source ran ahead, in the middle; none where it did not. Units: µs. */
function middleOffsets(calls: CallColumns): readonly (readonly [source: number, ahead: number])[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < calls.count; at += 1) {
    const source = numberAt(calls.source, at);
    counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  const seen = new Map<number, number>();
  const offsets = new Map<number, number[]>();
  for (let at = 0; at < calls.count; at += 1) {
    const source = numberAt(calls.source, at);
    const place = seen.get(source) ?? 0;
    seen.set(source, place + 1);
    if (place % Math.ceil((counts.get(source) ?? 1) / LOOKED_AT) === 0) addTo(offsets, source, offsetOf(calls, at));
  }
  return [...offsets].flatMap(([source, values]) => {
    const ahead = Math.round(quantileOfSorted(sortNumbers(values.filter((value) => !Number.isNaN(value))), 0.5));
    return ahead === 0 || Number.isNaN(ahead) ? [] : [[source, ahead] as const];
  });
}

/**
 * Keeps what was corrected: for all who speak of clocks the least and the most by which a call of any source was moved, for all who compare
 * times of several sources the middle of each.
 */
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
  setMeta(db, SOURCE_CLOCKS, JSON.stringify(middleOffsets(calls)));
  return offsets;
}
