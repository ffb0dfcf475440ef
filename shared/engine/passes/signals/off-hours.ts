import { numberAt } from '../../../lib/numbers.ts';
import { principalRanges } from './columns.ts';
import type { Signal, SignalInput, SignalKind } from './signal.ts';

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
const HOURS_OF_DAY = 24;
/** Evidence below this has no rhythm of days to speak of. Source: detection 35. Units: µs. */
const MIN_RHYTHM = 14 * DAY;
/** Normalised entropy of the hours above which a caller has no rhythm. Source: detection 35. */
const MAX_ENTROPY = 0.85;
/** Bits by which a session's hours surprise more than its caller's usually do. Source: detection 35. */
const MIN_BITS = 6;
const MIN_CALLS = 5;
/** A pause that ends a session. Units: µs. */
const PAUSE = HOUR;

/** Calls in each hour of the day. */
function countHours({ columns }: Pick<SignalInput, 'columns'>, from: number, to: number): Float64Array {
  const counts = new Float64Array(HOURS_OF_DAY);
  for (let at = from; at < to; at += 1) {
    const hour = Math.floor(numberAt(columns.time, at) / HOUR) % HOURS_OF_DAY;
    counts[hour] = numberAt(counts, hour) + 1;
  }
  return counts;
}

/** Counts as shares, one call added to each hour: what never was is not impossible. */
const toShares = (counts: Float64Array): Float64Array => {
  const total = counts.reduce((sum, count) => sum + count, HOURS_OF_DAY);
  return counts.map((count) => (count + 1) / total);
};

const entropyOf = (shares: Float64Array): number => -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);

/** Sessions of people at hours at which they are never there. */
export const offHours: SignalKind = {
  id: 'off-hours',
  find(input) {
    const { columns, kinds, weak } = input;
    const signals: Signal[] = [];
    if (input.end - input.start < MIN_RHYTHM) return Promise.resolve(signals);
    for (const { principal, from, to } of principalRanges(columns)) {
      if (kinds.get(principal) !== 'human' || weak.has(principal)) continue;
      const counts = countHours(input, from, to);
      const entropy = entropyOf(toShares(counts));
      if (entropy / Math.log2(HOURS_OF_DAY) > MAX_ENTROPY) continue;
      for (let start = from; start < to;) {
        let end = start + 1;
        while (end < to && numberAt(columns.time, end) - numberAt(columns.time, end - 1) <= PAUSE) end += 1;
        const at = Array.from({ length: end - start }, (_, index) => start + index);
        // Without the session itself: it must not make its own hour usual.
        const own = countHours(input, start, end);
        const shares = toShares(counts.map((count, hour) => count - numberAt(own, hour)));
        const hours = at.map((index) => Math.floor(numberAt(columns.time, index) / HOUR) % HOURS_OF_DAY);
        const bits = hours.reduce((sum, hour) => sum - Math.log2(numberAt(shares, hour)), 0) / at.length;
        if (at.length >= MIN_CALLS && bits - entropy >= MIN_BITS) {
          const facts = {
            calls: at.length,
            surpriseBits: Math.round(bits * 10) / 10,
            usualBits: Math.round(entropy * 10) / 10,
            hours: [...new Set(hours)],
          };
          signals.push({ principal, endpoint: numberAt(columns.endpoint, start), p: 2 ** -(bits - entropy), q: 1, at, facts });
        }
        start = end;
      }
    }
    return Promise.resolve(signals);
  },
};
