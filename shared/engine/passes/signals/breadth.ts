import { numberAt } from '../../../lib/numbers.ts';
import { collectionSizes } from './collection-sizes.ts';
import { principalRanges, type CallColumns } from './columns.ts';
import { cadenceOf, objectWalk, type ObjectWalk } from './object-walk.ts';
import { findOwners, type Owners } from './owners.ts';
import { standAmongPeers, type Standing } from './peers.ts';
import type { Signal, SignalInput, SignalKind } from './signal.ts';

/** Fewer different objects than this are looked at for a reason. */
const MIN_OBJECTS = 20;
/** Robust deviations above the peers, in logarithms. */
const MIN_Z = 4;

/** What one principal does with one collection over the whole evidence. */
interface Pair {
  readonly principal: number;
  readonly collection: string;
  readonly at: readonly number[];
  readonly objects: number;
}

/** Calls of one principal by collection. */
function* pairsOf({ columns, places }: Pick<SignalInput, 'columns' | 'places'>): Generator<Pair> {
  for (const { principal, from, to } of principalRanges(columns)) {
    const byCollection = new Map<string, number[]>();
    for (let at = from; at < to; at += 1) {
      if (numberAt(columns.object, at) === 0) continue;
      const collection = places.get(numberAt(columns.endpoint, at))?.collection;
      if (collection === undefined) continue;
      const own = byCollection.get(collection);
      if (own === undefined) byCollection.set(collection, [at]);
      else own.push(at);
    }
    for (const [collection, at] of byCollection) {
      const objects = new Set(at.map((index) => numberAt(columns.object, index))).size;
      yield { principal, collection, at, objects };
    }
  }
}

function busiestEndpoint({ endpoint }: Pick<CallColumns, 'endpoint'>, at: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const index of at) counts.set(numberAt(endpoint, index), (counts.get(numberAt(endpoint, index)) ?? 0) + 1);
  return [...counts].reduce<readonly [number, number] | undefined>(
    (best, next) => (best === undefined || next[1] > best[1] ? next : best),
    undefined,
  )?.[0];
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function toSignal(input: SignalInput, pair: Pair, standing: Standing, size: number, owners: Owners, total: number): Signal {
  const walk: ObjectWalk = objectWalk(input.columns, pair.at);
  const { foreignOwners, foreignObjects } = owners(pair.principal, pair.collection, pair.at);
  const cadence = cadenceOf(input.columns, pair.at);
  return {
    principal: pair.principal,
    endpoint: busiestEndpoint(input.columns, pair.at),
    p: standing.p,
    q: standing.q,
    at: pair.at,
    facts: {
      collection: pair.collection,
      distinctIds: pair.objects,
      calls: pair.at.length,
      consecutiveShare: rounded(walk.stepShare),
      refusedOrMissingShare: rounded(walk.missShare),
      successes: walk.successes,
      freshShare: rounded(pair.objects / pair.at.length),
      coverage: rounded(size === 0 ? 0 : pair.objects / size),
      objectsSeen: size,
      activeHours: walk.activeHours,
      spanHours: rounded(walk.spanHours),
      onsetShare: rounded((walk.onset - input.start) / Math.max(1, input.end - input.start)),
      cadenceSpread: rounded(cadence.spread),
      straightness: rounded(cadence.straightness),
      returnedTo: walk.returnedTo,
      byNetwork: input.weak.has(pair.principal),
      foreignOwners,
      foreignObjects,
      shareOfCaller: rounded(pair.at.length / Math.max(1, total)),
      peersUsual: rounded(standing.usual),
      peers: standing.peers,
      deviation: rounded(standing.z),
    },
  };
}

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
      signals.push(toSignal(input, pair, standing, sizes.get(pair.collection) ?? 0, owners, totals.get(pair.principal) ?? 0));
    }
    return signals;
  },
};
