import { collectionSizes } from './collection-sizes.ts';
import { principalRanges } from './columns.ts';
import { findOwners } from './owners.ts';
import { pairSignal, pairsOf, type Pair } from './pairs.ts';
import { standAmongPeers, type Standing } from './peers.ts';
import type { Signal, SignalKind } from './signal.ts';

/** Fewer different objects than this are looked at for a reason. */
const MIN_OBJECTS = 20;
/** Robust deviations above the peers, in logarithms. */
const MIN_Z = 4;

/** Principals that touch far more objects of one collection than their peers do. */
export const breadth: SignalKind = {
  id: 'breadth',
  async find(input) {
    const { columns, kinds } = input;
    const pairs: Omit<Pair, 'at'>[] = [];
    for (const { principal, collection, objects } of pairsOf(input)) pairs.push({ principal, collection, objects });
    await input.context.breathe();
    const standings = standAmongPeers(
      pairs.map(({ principal, collection, objects }) => {
        const kind = kinds.get(principal) ?? 'unknown';
        return { value: objects, group: `${kind} ${collection}`, kind };
      }),
    );
    await input.context.breathe();
    const wide = new Map<string, Standing>();
    for (const [index, { principal, collection, objects }] of pairs.entries()) {
      const standing = standings[index];
      // As many as an imported baseline knows of its caller are its work.
      if (objects <= (input.importedHabit(principal)?.objects ?? 0)) continue;
      if (standing !== undefined && objects >= MIN_OBJECTS && standing.z >= MIN_Z) wide.set(`${String(principal)} ${collection}`, standing);
    }
    if (wide.size === 0) return [];
    const sizes = collectionSizes(input);
    const owners = findOwners(input, new Set([...wide.keys()].map((key) => key.slice(key.indexOf(' ') + 1))));
    const totals = new Map([...principalRanges(columns)].map(({ principal, from, to }) => [principal, to - from]));
    const signals: Signal[] = [];
    for (const pair of pairsOf(input)) {
      const standing = wide.get(`${String(pair.principal)} ${pair.collection}`);
      if (standing === undefined) continue;
      signals.push(pairSignal(input, pair, standing, sizes.get(pair.collection) ?? 0, owners, totals.get(pair.principal) ?? 0));
    }
    return signals;
  },
};
