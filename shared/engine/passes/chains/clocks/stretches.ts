import { numberAt } from '../../../../lib/numbers.ts';

/** A clock is measured anew about this often, so that drift is followed. Units: µs. */
export const STRETCH = 3_600 * 1_000_000;
/** A stretch that is shorter than this share of one is none of its own. */
const SHORTEST = 0.25;
/** Differences that one measurement of a stretch should rest on. */
const STRETCH_SEEDS = 20;

/** Differences between two clocks, seen at some times. Shape: in time order. Units: µs. */
export interface ClockSeeds {
  readonly times: Float64Array;
  readonly differences: Float64Array;
  /** The call that each was looked for; those of one call stand in a row. */
  readonly owners: Float64Array;
  /** What each was looked for by: method, path and client as one number. */
  readonly labels: Float64Array;
  /** Differences were looked for within plus and minus this. */
  readonly reach: number;
}

/** Runs of seeds, one after the other. */
export type Stretches = readonly (readonly [from: number, to: number])[];

/**
 * Runs of seeds that are measured together: about an hour or up to a long pause, with all that stand at one time in one of them. One that is too
 * short for itself goes with the one before it, unless a pause lies between.
 */
export function stretchesOf({ times }: ClockSeeds): Stretches {
  const stretches: (readonly [from: number, to: number])[] = [];
  let from = 0;
  for (let to = 1; to <= times.length; to += 1) {
    const length = numberAt(times, to - 1) - numberAt(times, from);
    const pause = numberAt(times, to) - numberAt(times, to - 1);
    const isCut = to - from >= STRETCH_SEEDS && (pause > STRETCH || (pause > 0 && length >= STRETCH));
    if (to < times.length && !isCut) continue;
    const isShort = to - from < STRETCH_SEEDS || length < STRETCH * SHORTEST;
    const isBeside = numberAt(times, from) - numberAt(times, from - 1) <= STRETCH;
    const before = isShort && isBeside ? stretches.pop() : undefined;
    stretches.push([before?.[0] ?? from, to]);
    from = to;
  }
  return stretches;
}

/** How many calls the seeds of a run were looked for. */
export function ownersIn({ owners }: ClockSeeds, from: number, to: number): number {
  let count = 0;
  for (let place = from; place < to; place += 1) if (place === from || owners[place] !== owners[place - 1]) count += 1;
  return count;
}
