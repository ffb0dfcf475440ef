/** A call that may be looked at more closely. `order` is a hash of source and record: the same in every case file. */
export interface Candidate {
  readonly id: number;
  readonly order: number;
}

/** Chooses calls evenly, whatever order they come in. */
export interface Sampler {
  offer(bucket: string, most: number, candidate: Candidate): void;
  /** Row ids in rising order, so that neighbours in the file are read together. */
  take(): readonly number[];
}

/** An empty sample. Keeps of each bucket those of the lowest order; where that is too many in all, fewer of each bucket. */
export function createSampler(mostInAll: number): Sampler {
  const buckets = new Map<string, { readonly most: number; kept: Candidate[] }>();
  const lowest = (candidates: readonly Candidate[], most: number): Candidate[] =>
    [...candidates].sort((a, b) => a.order - b.order).slice(0, most);
  return {
    offer(bucket, most, candidate) {
      let known = buckets.get(bucket);
      if (known === undefined) buckets.set(bucket, (known = { most, kept: [] }));
      known.kept.push(candidate);
      if (known.kept.length >= 4 * most) known.kept = lowest(known.kept, most);
    },
    take() {
      const ranked = [...buckets.values()].flatMap(({ most, kept }) =>
        lowest(kept, most).map((candidate, rank) => ({ rank, order: candidate.order, id: candidate.id })),
      );
      ranked.sort((a, b) => a.rank - b.rank || a.order - b.order);
      return [...new Set(ranked.slice(0, mostInAll).map(({ id }) => id))].sort((a, b) => a - b);
    },
  };
}
