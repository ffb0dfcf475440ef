import { greatest } from '../../../lib/extremes.ts';
import { numberAt } from '../../../lib/numbers.ts';

/** Calls of one principal to one endpoint, in time order, as columns. Units: µs. */
export interface IdCalls {
  readonly call: number[];
  readonly time: number[];
  /** Hash of the id. */
  readonly id: number[];
  /** The id as a number; NaN where it is none. */
  readonly number: number[];
  readonly status: number[];
}

/** No calls yet. */
export const emptyIdCalls = (): IdCalls => ({ call: [], time: [], id: [], number: [], status: [] });

/** A stretch of calls by index: `from` to `to`, the latter not included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What a stretch looks like. Shares are between 0 and 1. */
export interface WalkShape {
  readonly distinct: number;
  /** Share of steps between numeric ids that are ±1 to ±3 or all alike. */
  readonly stepShare: number;
  /** Share of 401, 403 and 404 among the answers. */
  readonly missShare: number;
  readonly successes: number;
}

/** The stretch within `window` that holds most distinct ids; the first of equals. Cost: one pass. */
export function busiestStretch(calls: IdCalls, window: number): Stretch & { readonly distinct: number } {
  const counts = new Map<number, number>();
  let from = 0;
  let best = { from: 0, to: 0, distinct: 0 };
  for (let to = 0; to < calls.time.length; to += 1) {
    const id = numberAt(calls.id, to);
    counts.set(id, (counts.get(id) ?? 0) + 1);
    while (numberAt(calls.time, to) - numberAt(calls.time, from) > window) {
      const left = numberAt(calls.id, from);
      const rest = (counts.get(left) ?? 1) - 1;
      if (rest === 0) counts.delete(left);
      else counts.set(left, rest);
      from += 1;
    }
    if (counts.size > best.distinct) best = { from, to: to + 1, distinct: counts.size };
  }
  return best;
}

/** Widens a stretch over its neighbours as long as the pauses stay below `gap`: a walk may last longer than one window. */
export function widen(calls: IdCalls, { from, to }: Stretch, gap: number): Stretch {
  let first = from;
  let last = to;
  while (first > 0 && numberAt(calls.time, first) - numberAt(calls.time, first - 1) <= gap) first -= 1;
  while (last < calls.time.length && numberAt(calls.time, last) - numberAt(calls.time, last - 1) <= gap) last += 1;
  return { from: first, to: last };
}

/** Distinct ids in each window that has any call; windows stand side by side. */
export function distinctPerWindow(calls: IdCalls, window: number): readonly number[] {
  const sets = new Map<number, Set<number>>();
  for (const [index, time] of calls.time.entries()) {
    const slot = Math.floor(time / window);
    const set = sets.get(slot) ?? new Set<number>();
    sets.set(slot, set);
    set.add(numberAt(calls.id, index));
  }
  return [...sets.values()].map((set) => set.size);
}

/** Looks at one stretch. Example: ids 7 8 9 12 have steps +1 +1 +3, all small, so a step share of 1. */
export function shapeOf(calls: IdCalls, { from, to }: Stretch): WalkShape {
  const distinct = new Set(calls.id.slice(from, to)).size;
  const steps: number[] = [];
  let misses = 0;
  let successes = 0;
  for (let at = from; at < to; at += 1) {
    const status = numberAt(calls.status, at);
    if (status === 401 || status === 403 || status === 404) misses += 1;
    if (status >= 200 && status < 300) successes += 1;
    const step = at === from ? NaN : numberAt(calls.number, at) - numberAt(calls.number, at - 1);
    // The same id again is a retry, not a step.
    if (!Number.isNaN(step) && step !== 0) steps.push(step);
  }
  const alike = new Map<number, number>();
  for (const step of steps) alike.set(step, (alike.get(step) ?? 0) + 1);
  const small = steps.filter((step) => Math.abs(step) <= 3).length;
  const constant = greatest(alike.values(), 0);
  // Ids that are no numbers give no steps; a share of few steps among many calls says nothing.
  const stepShare = steps.length * 2 < to - from ? 0 : Math.max(small, constant) / steps.length;
  return { distinct, stepShare, missShare: to === from ? 0 : misses / (to - from), successes };
}
