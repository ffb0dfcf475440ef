import { causesFirst, effectsOf, ROOT } from './chain-tree.ts';

/** A step, or with `from` a step that followed another: as its effect, or next after it under the same cause. */
export interface StepFeature {
  readonly step: string;
  readonly from?: string;
}

/** What a chain consists of, with how often each was seen. */
export type ChainFeatures = ReadonlyMap<string, { readonly feature: StepFeature; readonly count: number }>;

/** Steps and pairs of steps of a chain. `steps`: one text per call in time order. */
export function featuresOf(steps: readonly string[], cause: Int32Array): ChainFeatures {
  const features = new Map<string, { readonly feature: StepFeature; count: number }>();
  const add = (step: string, from?: string): void => {
    const key = from === undefined ? step : `${from} > ${step}`;
    const known = features.get(key);
    if (known === undefined) features.set(key, { feature: { step, ...(from === undefined ? {} : { from }) }, count: 1 });
    else known.count += 1;
  };
  const effects = effectsOf(cause);
  for (const step of steps) add(step);
  for (const above of [ROOT, ...causesFirst(effects)]) {
    let before = above === ROOT ? undefined : steps[above];
    for (const at of effects.get(above) ?? []) {
      const step = steps[at] ?? '';
      // A repeat is one step that was taken often, not a new way to go on.
      if (before !== undefined && before !== step) add(step, before);
      before = step;
    }
  }
  return features;
}

/** How rare a feature is among the chains that are compared: what all of them do tells nothing apart. */
export type Rarity = (key: string) => number;

/** Weights features by the chains that have them. Source: inverse document frequency, `log(1 + chains / with it)`. */
export function rarityAmong(chains: readonly ChainFeatures[]): Rarity {
  const having = new Map<string, number>();
  for (const chain of chains) for (const key of chain.keys()) having.set(key, (having.get(key) ?? 0) + 1);
  const rarity = new Map([...having].map(([key, count]) => [key, Math.log(1 + chains.length / count)]));
  return (key) => rarity.get(key) ?? Math.log(1 + chains.length);
}

/** How alike two chains are. */
export interface Likeness {
  /** 0 to 1. */
  readonly similarity: number;
  /** The rarest first. `missing`: of the first chain only; `added`: of the second only. */
  readonly shared: readonly StepFeature[];
  readonly missing: readonly StepFeature[];
  readonly added: readonly StepFeature[];
}

/** A tenth call of a step says less than the first. */
const strengthOf = (count: number): number => (count === 0 ? 0 : 1 + Math.log2(count));

/** The number of `compareChains` alone, for those of whom most are nothing alike. Cost: one look at the features of both. */
export function similarityOf(a: ChainFeatures, b: ChainFeatures, rarity: Rarity): number {
  let [both, either] = [0, 0];
  for (const [key, { count }] of a) {
    const [left, right] = [strengthOf(count), strengthOf(b.get(key)?.count ?? 0)];
    both += rarity(key) * Math.min(left, right);
    either += rarity(key) * Math.max(left, right);
  }
  for (const [key, { count }] of b) if (!a.has(key)) either += rarity(key) * strengthOf(count);
  return either === 0 ? 0 : both / either;
}

/**
 * Compares two chains by the weighted Jaccard index of their features: what both have over what either has, rare features weighing more.
 * Example: `a b` and `a c`, all equally rare: one step shared of three, and no pair of two.
 */
export function compareChains(a: ChainFeatures, b: ChainFeatures, rarity: Rarity): Likeness {
  const keys = [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => rarity(y) - rarity(x) || (x < y ? -1 : 1));
  let [both, either] = [0, 0];
  const lists: { shared: StepFeature[]; missing: StepFeature[]; added: StepFeature[] } = { shared: [], missing: [], added: [] };
  for (const key of keys) {
    const [mine, theirs] = [a.get(key), b.get(key)];
    const [left, right] = [strengthOf(mine?.count ?? 0), strengthOf(theirs?.count ?? 0)];
    both += rarity(key) * Math.min(left, right);
    either += rarity(key) * Math.max(left, right);
    const feature = mine?.feature ?? theirs?.feature;
    if (feature === undefined) continue;
    // A way between two steps is news only where both chains have the steps; else the missing step says it.
    const other = mine === undefined ? a : b;
    const isSaid =
      feature.from !== undefined && (mine === undefined || theirs === undefined) && !(other.has(feature.from) && other.has(feature.step));
    if (!isSaid) lists[mine === undefined ? 'added' : theirs === undefined ? 'missing' : 'shared'].push(feature);
  }
  return { similarity: either === 0 ? 0 : both / either, ...lists };
}
