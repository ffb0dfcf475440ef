import { numberAt } from '../../../../lib/numbers.ts';
import { sortNumbers } from '../../../../lib/stats.ts';

/** No session ends in a shorter pause: people read, requests time out after half a minute and are tried again. Units: µs. */
export const MIN_GAP = 60 * 1_000_000;
/** After half an hour a caller has started anew, as web analytics have it. Units: µs. */
export const MAX_GAP = 30 * 60 * 1_000_000;
/** Pauses from which on a caller's own habit is told; with fewer, that of its kind holds. */
const MIN_PAUSES = 30;
/**
 * Two habits (within a piece of work, between two) explain at least this share of how pauses vary, or there is only one: pauses of one
 * habit reach 0.64 (normal) to 0.75 (even).
 */
const TWO_HABITS = 0.8;
/** Pauses below this are one moment. Units: µs. */
const MOMENT = 1_000;

/**
 * The pause that parts pieces of work, found where the logarithms of all pauses fall into two groups; undefined where they do not.
 * Source: Otsu 1979, the threshold of greatest variance between two classes.
 * Example: pauses of 1, 2, 1, 600, 2, 500 s part at the geometric middle of 2 and 500: 32 s.
 */
export function partingPause(pauses: readonly number[]): number | undefined {
  const logs = sortNumbers(pauses.map((pause) => Math.log(Math.max(MOMENT, pause))));
  const count = logs.length;
  if (count < MIN_PAUSES) return undefined;
  let total = 0;
  let squares = 0;
  for (const log of logs) {
    total += log;
    squares += log * log;
  }
  const variance = squares / count - (total / count) ** 2;
  let left = 0;
  let best = 0;
  let parting = NaN;
  for (let place = 1; place < count; place += 1) {
    left += numberAt(logs, place - 1);
    if (logs[place] === logs[place - 1]) continue;
    const share = place / count;
    const between = share * (1 - share) * (left / place - (total - left) / (count - place)) ** 2;
    if (between <= best) continue;
    best = between;
    parting = (numberAt(logs, place - 1) + numberAt(logs, place)) / 2;
  }
  return best >= TWO_HABITS * variance && !Number.isNaN(parting) ? Math.exp(parting) : undefined;
}

/** The pause that ends a session: the caller's own habit, else that of its kind, within reason. Units: µs. */
export const sessionGap = (own: readonly number[], ofKind: number | undefined): number =>
  Math.min(MAX_GAP, Math.max(MIN_GAP, partingPause(own) ?? ofKind ?? MIN_GAP));
