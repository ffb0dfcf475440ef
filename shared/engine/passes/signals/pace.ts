import { numberAt } from '../../../lib/numbers.ts';
import { median } from '../../../lib/stats.ts';
import { falseDiscoveryRates, rarityOf } from '../../../lib/rarity.ts';
import { principalRanges } from './columns.ts';
import { usualReference } from './peers.ts';
import type { Signal, SignalKind } from './signal.ts';

/** Calls whose pauses are taken together. Source: detection 36. */
const RUN = 20;
/** Median pause of a run that no hand keeps up. Source: detection 36. Units: µs. */
const FAST = 250_000;
/** A person's own median pause is at least this. Source: detection 36. Units: µs. */
const HUMAN = 2_000_000;
/** Different operations in the run; fewer is a page that loads its pictures. Source: detection 36. */
const MIN_OPERATIONS = 4;
/** A pause beyond this ends the run. Units: µs. */
const PAUSE = 5_000_000;

/** Stretches in which a person's credential acts faster than a person. */
export const pace: SignalKind = {
  id: 'pace',
  async find(input) {
    const { columns, kinds, context } = input;
    const runs: { readonly principal: number; readonly at: readonly number[]; readonly pause: number; readonly usual: number }[] = [];
    for (const { principal, from, to } of principalRanges(columns)) {
      if (kinds.get(principal) !== 'human' || input.weak.has(principal)) continue;
      const pauses: number[] = [];
      for (let at = from + 1; at < to; at += 1) pauses.push(numberAt(columns.time, at) - numberAt(columns.time, at - 1));
      const usual = median(pauses);
      for (let start = from; start < to;) {
        let end = start + 1;
        while (end < to && numberAt(columns.time, end) - numberAt(columns.time, end - 1) <= PAUSE) end += 1;
        if (end - start >= RUN) {
          const at = Array.from({ length: end - start }, (_, index) => start + index);
          runs.push({ principal, at, pause: median(pauses.slice(start - from, end - from - 1)), usual });
        }
        start = end;
      }
    }
    await context.breathe();
    const scores = runs.map(({ pause }) => -Math.log(pause + 1));
    const reference = usualReference(scores);
    const p = scores.map((score) => rarityOf(score, reference));
    const q = falseDiscoveryRates(p);
    return runs.flatMap(({ principal, at, pause, usual }, index): readonly Signal[] => {
      const operations = new Set(at.map((place) => numberAt(columns.endpoint, place))).size;
      if (pause > FAST || usual < HUMAN || operations < MIN_OPERATIONS) return [];
      const facts = {
        calls: at.length,
        operations,
        medianPauseMs: Math.round(pause / 1000),
        ownMedianPauseMs: Math.round(usual / 1000),
      };
      return [{ principal, endpoint: numberAt(columns.endpoint, at[0] ?? -1), p: p[index] ?? 1, q: numberAt(q, index), at, facts }];
    });
  },
};
