import { numberAt } from '../../../lib/numbers.ts';
import { falseDiscoveryRates, rarityOf, toReference, type Reference } from '../../../lib/rarity.ts';
import { medianAndMad, quantileOfSorted, robustZ, sortNumbers } from '../../../lib/stats.ts';

/** Share of the scores that may be the incident itself and are kept out of what is usual when they stand far apart. */
const CONTAMINATION = 0.05;
/** Distance from the upper quartile, in widths of the middle half, from which a score stands apart. Source: Tukey's outer fence. */
const FENCE = 3;
/** Fewer peers than this are no measure; all principals of the kind stand in. Source: science notes 3.4, "at least 8 members". */
const MIN_PEERS = 8;

/**
 * The scores that tell what is usual: all, but for at most a twentieth that lies beyond the outer fence. The incident is in the data
 * too, and must not be its own excuse; a larger share that far out is how things are.
 */
export function usualReference(scores: ArrayLike<number>): Reference {
  const sorted = sortNumbers(scores);
  const [low, high] = [quantileOfSorted(sorted, 0.25), quantileOfSorted(sorted, 0.75)];
  const fence = high + FENCE * (high - low);
  const apart = sorted.filter((value) => value > fence).length;
  return toReference(apart <= sorted.length * CONTAMINATION ? sorted.subarray(0, sorted.length - apart) : sorted);
}

/** A value with its peers' names: it is compared within `group`, or with all of `kind` where the group is small. */
export interface Peered {
  readonly value: number;
  readonly group: string;
  readonly kind: string;
}

export interface Standing {
  /** Robust deviations above the peers' median, on a logarithmic scale. */
  readonly z: number;
  readonly p: number;
  readonly q: number;
  /** Median of the peers, of the values themselves. */
  readonly usual: number;
  readonly peers: number;
}

/** A spread below this share is no spread: counts of one and two do not differ by anything. Units: natural logarithm. */
const LEAST_SPREAD = 0.25;

function groupsOf(items: readonly Peered[], key: (item: Peered) => string): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const item of items) {
    const own = groups.get(key(item));
    if (own === undefined) groups.set(key(item), [Math.log1p(item.value)]);
    else own.push(Math.log1p(item.value));
  }
  return groups;
}

/**
 * Where each value stands among its peers: its deviation from them in logarithms, then how rare that deviation is among all of the kind,
 * and the rate of false discoveries over all values. Shape: in the order of `items`. Cost: a few sorts.
 */
export function standAmongPeers(items: readonly Peered[]): readonly Standing[] {
  const groups = groupsOf(items, ({ group }) => group);
  const kinds = groupsOf(items, ({ kind }) => kind);
  const middles = new Map<string, { readonly median: number; readonly mad: number; readonly size: number }>();
  const middleOf = (name: string, values: readonly number[] | undefined): { median: number; mad: number; size: number } => {
    const known = middles.get(name);
    if (known !== undefined) return known;
    const made = { ...medianAndMad(values ?? []), size: values?.length ?? 0 };
    middles.set(name, made);
    return made;
  };
  const scored = items.map((item) => {
    const own = groups.get(item.group);
    const isLarge = (own?.length ?? 0) > MIN_PEERS;
    const middle = isLarge ? middleOf(`group ${item.group}`, own) : middleOf(`kind ${item.kind}`, kinds.get(item.kind));
    return { z: robustZ(Math.log1p(item.value), middle.median, middle.mad, LEAST_SPREAD), middle };
  });
  const byKind = new Map<string, number[]>();
  for (const [at, { z }] of scored.entries()) {
    const kind = items[at]?.kind ?? '';
    const list = byKind.get(kind) ?? [];
    byKind.set(kind, list);
    list.push(z);
  }
  const references = new Map([...byKind].map(([kind, list]) => [kind, usualReference(list)]));
  const p = scored.map(({ z }, at) => {
    const reference = references.get(items[at]?.kind ?? '');
    return reference === undefined ? 1 : rarityOf(z, reference);
  });
  const q = falseDiscoveryRates(p);
  return scored.map(({ z, middle }, at) => ({
    z,
    p: p[at] ?? 1,
    q: numberAt(q, at),
    usual: Math.expm1(middle.median),
    peers: middle.size - 1,
  }));
}
