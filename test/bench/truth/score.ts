/** Part of a whole, so that scenarios can be added up before they are divided. */
export interface Score {
  readonly sum: number;
  readonly of: number;
}

export type Scores = Readonly<Record<string, Score>>;

/** The share of items that pass. */
export const share = <T>(items: Iterable<T>, passes: (item: T) => boolean): Score => {
  let [sum, of] = [0, 0];
  for (const item of items) {
    of += 1;
    if (passes(item)) sum += 1;
  }
  return { sum, of };
};

/** Precision and recall of what was found, both sets of the same names. */
export function compareSets(
  found: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): { readonly precision: Score; readonly recall: Score } {
  const right = [...found].filter((name) => wanted.has(name)).length;
  return { precision: { sum: right, of: found.size }, recall: { sum: right, of: wanted.size } };
}

/**
 * B-cubed precision and recall of a clustering: for each item, the share of its cluster that belongs with it, and the share
 * of what belongs with it that is in its cluster; the mean over items.
 * Shape:   one pair for each item; an item that the clustering leaves out is alone.
 * Example: truth a a b, said x y y → precision (1 + ½ + ½) ÷ 3, recall (½ + ½ + 1) ÷ 3.
 * Source:  Bagga & Baldwin 1998; Amigó et al. 2009, section 3.
 */
export function bCubed(pairs: readonly (readonly [truth: string, said: string | undefined])[]): {
  readonly precision: Score;
  readonly recall: Score;
} {
  const truths = new Map<string, number>();
  const clusters = new Map<string, number>();
  const both = new Map<string, number>();
  const names = pairs.map(([truth, said], index) => [truth, said ?? `\u0000alone ${String(index)}`] as const);
  const count = (map: Map<string, number>, name: string): void => {
    map.set(name, (map.get(name) ?? 0) + 1);
  };
  for (const [truth, said] of names) {
    count(truths, truth);
    count(clusters, said);
    count(both, `${truth}\u0000${said}`);
  }
  let [precision, recall] = [0, 0];
  for (const [truth, said] of names) {
    const together = both.get(`${truth}\u0000${said}`) ?? 0;
    precision += together / (clusters.get(said) ?? 1);
    recall += together / (truths.get(truth) ?? 1);
  }
  // Nothing that is said is no precision; its items count as recall of nothing but themselves.
  const said = pairs.some(([, name]) => name !== undefined);
  return { precision: { sum: precision, of: said ? pairs.length : 0 }, recall: { sum: said ? recall : 0, of: pairs.length } };
}

/** Sets that are filled one by one: what is found and what is wanted, under names. */
export interface SetsByName {
  readonly add: (side: 'found' | 'wanted', name: string, item: string) => void;
  /** `name.precision` and `name.recall` of every name. */
  readonly scores: () => Scores;
}

/** Begins to fill sets. */
export function setsByName(): SetsByName {
  const sets = new Map<string, { readonly found: Set<string>; readonly wanted: Set<string> }>();
  return {
    add: (side, name, item) => {
      let set = sets.get(name);
      if (set === undefined) sets.set(name, (set = { found: new Set(), wanted: new Set() }));
      set[side].add(item);
    },
    scores: () =>
      Object.fromEntries(
        [...sets].flatMap(([name, { found, wanted }]) => Object.entries(prefixed(name, { ...compareSets(found, wanted) }))),
      ),
  };
}

/** Puts a word before the names of scores. */
export const prefixed = (prefix: string, scores: Scores): Scores =>
  Object.fromEntries(Object.entries(scores).map(([name, score]) => [`${prefix}.${name}`, score]));

/** Adds up the scores of several scenarios. */
export function pool(all: readonly Scores[]): Scores {
  const pooled: Record<string, Score> = {};
  for (const scores of all)
    for (const [name, { sum, of }] of Object.entries(scores)) {
      const known = pooled[name];
      pooled[name] = { sum: sum + (known?.sum ?? 0), of: of + (known?.of ?? 0) };
    }
  return pooled;
}

/** The harmonic mean; 0 when nothing is right. A missing precision means that nothing was found. */
const harmonic = (precision: number | undefined, recall: number): number =>
  precision === undefined || precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);

/**
 * Scores as numbers. `x.f1` is made from `x.precision` and `x.recall`; `x.bin0` … `x.bin9` become `x.error`, the mean distance
 * of the bins from 0, weighed by their size. What has nothing to be measured on is left out.
 */
export function toRatios(scores: Scores): Readonly<Record<string, number>> {
  const ratios: Record<string, number> = {};
  const bins = new Map<string, { distance: number; of: number }>();
  for (const [name, { sum, of }] of Object.entries(scores)) {
    const binned = /^(.*)\.bin\d$/.exec(name)?.[1];
    if (binned !== undefined) {
      const known = bins.get(binned) ?? { distance: 0, of: 0 };
      bins.set(binned, { distance: known.distance + Math.abs(sum), of: known.of + of });
    } else if (of > 0) ratios[name] = sum / of;
  }
  for (const name of Object.keys(ratios)) {
    const stem = name.endsWith('.recall') ? name.slice(0, -'.recall'.length) : undefined;
    if (stem !== undefined && `${stem}.precision` in scores)
      ratios[`${stem}.f1`] = harmonic(ratios[`${stem}.precision`], ratios[name] ?? 0);
  }
  for (const [name, { distance, of }] of bins) if (of > 0) ratios[`${name}.error`] = distance / of;
  return ratios;
}
