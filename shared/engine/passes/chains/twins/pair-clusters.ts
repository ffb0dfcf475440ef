import { numberAt } from '../../../../lib/numbers.ts';
import type { CallColumns } from '../call-columns.ts';
import { differenceOf, mayMeet } from '../clocks/seeds.ts';
import type { KeyIndex } from '../values/key-index.ts';
import type { SourceView } from './source-views.ts';

/** Records compared with one; the nearest in time are among the first. */
const MAX_CANDIDATES = 64;
/** Records whose starts lie further back than any tolerance are looked at too: middles are compared, and a record may be long. Units: µs. */
const LOOK_BACK = 2_000_000;
/** Records between two looks at what is complete. */
const STRETCH = 2_000;

/** Two records that may be of one request. */
export interface Candidate {
  readonly a: number;
  readonly b: number;
  /** Of their middles, on the common clock. Units: µs. */
  readonly distance: number;
}

/** Two sources on one clock, the larger first, and how far apart two records of one request may lie. Units: µs. */
export interface PairSweep {
  readonly calls: CallColumns;
  readonly a: SourceView;
  readonly b: SourceView;
  readonly index: KeyIndex;
  readonly tolerance: number;
}

/** How many candidates each record of one side has. */
export function countBy(candidates: readonly Candidate[], side: 'a' | 'b'): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const candidate of candidates) counts.set(candidate[side], (counts.get(candidate[side]) ?? 0) + 1);
  return counts;
}

/** Candidates that share records with one another. `until`: no record that begins later can join them. Units: µs. */
interface Cluster<C extends Candidate> {
  readonly candidates: C[];
  until: number;
}

/** Gathers candidates into clusters as they come, the smaller of two that meet into the larger. */
function createClusters<C extends Candidate>(untilOf: (candidate: C) => number) {
  const ofA = new Map<number, Cluster<C>>();
  const ofB = new Map<number, Cluster<C>>();
  const open = new Set<Cluster<C>>();
  const put = (cluster: Cluster<C>, candidate: C): void => {
    cluster.candidates.push(candidate);
    ofA.set(candidate.a, cluster);
    ofB.set(candidate.b, cluster);
  };
  const begin = (): Cluster<C> => {
    const cluster: Cluster<C> = { candidates: [], until: -Infinity };
    open.add(cluster);
    return cluster;
  };
  return {
    add(candidate: C): void {
      const [left, right] = [ofA.get(candidate.a), ofB.get(candidate.b)];
      const [keep = begin(), drop] =
        (left?.candidates.length ?? 0) >= (right?.candidates.length ?? 0) ? [left ?? right, right] : [right, left];
      if (drop !== undefined && drop !== keep) {
        for (const moved of drop.candidates) put(keep, moved);
        keep.until = Math.max(keep.until, drop.until);
        open.delete(drop);
      }
      put(keep, candidate);
      keep.until = Math.max(keep.until, untilOf(candidate));
    },
    /** Lets go of the clusters that nothing can join any more. */
    *take(time: number): Generator<readonly C[]> {
      for (const cluster of open) {
        if (cluster.until >= time) continue;
        open.delete(cluster);
        for (const { a, b } of cluster.candidates) {
          ofA.delete(a);
          ofB.delete(b);
        }
        // As they would stand without a sweep, whatever met whatever when.
        yield cluster.candidates.sort((x, y) => x.b - y.b || x.a - y.a);
      }
    },
  };
}

/** Parts candidates into clusters. */
export function parted<C extends Candidate>(candidates: readonly C[]): Iterable<readonly C[]> {
  if (candidates.length < 2) return candidates.length === 0 ? [] : [candidates];
  const clusters = createClusters<C>(() => -Infinity);
  for (const candidate of candidates) clusters.add(candidate);
  return clusters.take(Infinity);
}

/**
 * All clusters of candidates of two sources: records with the same method, path, status and query within the tolerance. A sweep in time that
 * forgets what is complete, so that memory does not grow with the sources: once a record of `b` begins later than a record of `a` ended, and
 * the tolerance after that, neither their middles nor their ends can meet.
 */
export async function* clustersIn(
  { calls, a, b, index, tolerance }: PairSweep,
  breathe: () => Promise<void>,
): AsyncGenerator<readonly Candidate[]> {
  const clusters = createClusters<Candidate>(
    (candidate) => Math.max(numberAt(calls.start, candidate.a), numberAt(calls.end, candidate.a)) + tolerance,
  );
  for (const [place, at] of b.timed.entries()) {
    const start = numberAt(calls.start, at);
    if (place % STRETCH === 0) {
      await breathe();
      yield* clusters.take(start);
    }
    // Middles are compared, so that starts may lie further apart by half of what the longer one takes.
    const reach = tolerance + (numberAt(calls.end, at) - start);
    let found = 0;
    index.near(at, start - reach - LOOK_BACK, start + reach, (other) => {
      const distance = differenceOf(calls, other, at);
      if (Math.abs(distance) <= tolerance && mayMeet(calls, other, a, at, b)) {
        clusters.add({ a: other, b: at, distance });
        found += 1;
      }
      return found < MAX_CANDIDATES;
    });
  }
  yield* clusters.take(Infinity);
}
