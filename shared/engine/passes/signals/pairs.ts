import { numberAt } from '../../../lib/numbers.ts';
import { principalRanges, type CallColumns } from './columns.ts';
import { cadenceOf, objectWalk } from './object-walk.ts';
import type { Owners } from './owners.ts';
import type { Standing } from './peers.ts';
import type { Signal, SignalInput } from './signal.ts';

/** What one principal does with one collection over the whole evidence. */
export interface Pair {
  readonly principal: number;
  readonly collection: string;
  readonly at: readonly number[];
  readonly objects: number;
}

/** Calls of one principal by collection. */
export function* pairsOf({ columns, places }: Pick<SignalInput, 'columns' | 'places'>): Generator<Pair> {
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

/** What else is known of a pair once it stands out. `size` objects of its collection were found at all; the caller made `total` calls. */
export function pairSignal(input: SignalInput, pair: Pair, standing: Standing, size: number, owners: Owners, total: number): Signal {
  const walk = objectWalk(input.columns, pair.at);
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
