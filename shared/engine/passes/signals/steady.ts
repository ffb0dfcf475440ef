import { addTo } from '../../../lib/group-values.ts';
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

/**
 * The calls of a caller without a login by address and User-Agent: its network may lump one machine that never sleeps together with
 * neighbours that do, and with others like itself.
 */
function* machinesOf({ columns }: Pick<SignalInput, 'columns'>, pair: Pair): Generator<Pair> {
  const byMachine = new Map<number, number[]>();
  for (const at of pair.at) addTo(byMachine, numberAt(columns.context, at), at);
  for (const at of byMachine.values()) yield { ...pair, at, objects: new Set(at.map((index) => numberAt(columns.object, index))).size };
}

/** All calls of each machine, in whatever collection. */
function totalsOf({ columns, weak }: Pick<SignalInput, 'columns' | 'weak'>): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const { principal, from, to } of principalRanges(columns)) {
    if (!weak.has(principal)) continue;
    for (let at = from; at < to; at += 1) {
      const machine = machineKey(principal, numberAt(columns.context, at));
      totals.set(machine, (totals.get(machine) ?? 0) + 1);
    }
  }
  return totals;
}

const machineKey = (principal: number, context: number): string => `${String(principal)} ${String(context)}`;

/** Machines without a login that come back to one collection in nearly every hour, day and night, at an even pace. */
export const steady: SignalKind = {
  id: 'steady',
  async find(input) {
    const { columns, context, weak } = input;
    const scored: { readonly pair: Pair; readonly presence: number }[] = [];
    for (const whole of pairsOf(input)) {
      if (!weak.has(whole.principal)) continue;
      for (const pair of machinesOf(input, whole)) {
        const presence = presenceOf(input, pair.at);
        if (presence !== undefined) scored.push({ pair, presence });
      }
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
    const totals = totalsOf(input);
    return found.map(({ pair, standing }): Signal => {
      const machine = numberAt(columns.context, pair.at[0] ?? -1);
      const total = totals.get(machineKey(pair.principal, machine)) ?? 0;
      const signal = pairSignal(input, pair, standing, sizes.get(pair.collection) ?? 0, owners, total);
      return { ...signal, facts: { ...signal.facts, machine } };
    });
  },
};
