/** A stretch of a sequence: `length` places that come `times` in a row, from the place `from` on. */
export interface Round {
  readonly from: number;
  readonly length: number;
  readonly times: number;
}

interface Wanted {
  /** Shortest and longest round that is looked for. Units: places. */
  readonly shortest: number;
  readonly longest: number;
  /** How often it must come in a row. */
  readonly least: number;
}

/**
 * Finds what comes again and again in a sequence: from each place on the round that covers most, else the place alone.
 * Shape:   every place is in exactly one of them, order kept.
 * Cost:    linear, times the longest round.
 * Example: `a b a b a b c`, rounds of 2 at least 3 times: 2 places 3 times, then `c` once.
 */
export function splitRounds(keys: readonly unknown[], { shortest, longest, least }: Wanted): readonly Round[] {
  const rounds: Round[] = [];
  for (let from = 0; from < keys.length;) {
    let best: Round = { from, length: 1, times: 1 };
    for (let length = shortest; length <= longest; length += 1) {
      const times = timesInRow(keys, from, length);
      if (times >= least && times * length > best.times * best.length) best = { from, length, times };
    }
    rounds.push(best);
    from += best.length * best.times;
  }
  return rounds;
}

/** How often the `length` places from `from` on come in a row. */
function timesInRow(keys: readonly unknown[], from: number, length: number): number {
  let end = from + length;
  while (end < keys.length && keys[end] === keys[end - length]) end += 1;
  return Math.floor((end - from) / length);
}
