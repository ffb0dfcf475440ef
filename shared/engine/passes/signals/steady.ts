import { numberAt } from '../../../lib/numbers.ts';
import { falseDiscoveryRates, rarityOf } from '../../../lib/rarity.ts';
import { collectionSizes } from './collection-sizes.ts';
import { principalRanges } from './columns.ts';
import { cadenceOf } from './object-walk.ts';
import { findOwners } from './owners.ts';
import { pairSignal, pairsOf, type Pair } from './pairs.ts';
import { usualReference } from './peers.ts';
import type { Signal, SignalInput, SignalKind } from './signal.ts';

const HOUR = 3_600_000_000;
/** Fewer calls show no pace. */
const MIN_CALLS = 40;
/** A night is in it for sure. Units: µs. */
const MIN_SPAN = 20 * HOUR;
/** Share of the hours from first to last with a call: people sleep. */
const MIN_PRESENCE = 0.75;
/** Robust spread of the pauses: those of people, and of crowds, vary by more than their middle. */
const MAX_CADENCE = 0.8;

/** Share of hours with a call; undefined for too few calls or too short a time. */
function presenceOf({ columns }: Pick<SignalInput, 'columns'>, at: readonly number[]): number | undefined {
  const span = numberAt(columns.time, at.at(-1) ?? -1) - numberAt(columns.time, at[0] ?? -1);
  if (at.length < MIN_CALLS || span < MIN_SPAN) return undefined;
  const hours = new Set(at.map((index) => Math.floor(numberAt(columns.time, index) / HOUR)));
  return hours.size / (span / HOUR);
}

/** Callers without a login that come back to one collection in nearly every hour, day and night, at an even pace. */
export const steady: SignalKind = {
  id: 'steady',
  async find(input) {
    const { columns, context, weak } = input;
    const scored: { readonly pair: Pair; readonly presence: number }[] = [];
    for (const pair of pairsOf(input)) {
      const presence = weak.has(pair.principal) ? presenceOf(input, pair.at) : undefined;
      if (presence !== undefined) scored.push({ pair, presence });
    }
    await context.breathe();
    const reference = usualReference(scored.map(({ presence }) => presence));
    const p = scored.map(({ presence }) => rarityOf(presence, reference));
    const q = falseDiscoveryRates(p);
    const found = scored.flatMap(({ pair, presence }, index) =>
      presence >= MIN_PRESENCE && cadenceOf(columns, pair.at).spread <= MAX_CADENCE
        ? [{ pair, standing: { z: 0, p: p[index] ?? 1, q: numberAt(q, index), usual: 0, peers: scored.length - 1 } }]
        : [],
    );
    if (found.length === 0) return [];
    const sizes = collectionSizes(input);
    const owners = findOwners(input, new Set());
    const totals = new Map([...principalRanges(columns)].map(({ principal, from, to }) => [principal, to - from]));
    return found.map(({ pair, standing }): Signal =>
      pairSignal(input, pair, standing, sizes.get(pair.collection) ?? 0, owners, totals.get(pair.principal) ?? 0),
    );
  },
};
