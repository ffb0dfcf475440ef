import { append } from '../../../../lib/append.ts';
import { assign, UNASSIGNED } from '../../../../lib/assignment.ts';
import type { Addresses } from '../addresses.ts';
import { fieldsOf, learnAgreement, type Agreement } from './agreement.ts';
import type { CallColumns } from '../call-columns.ts';
import type { SourcePair } from '../clocks/clocks.ts';
import { createKeyIndex } from '../values/key-index.ts';
import { clustersIn, countBy, parted, type Candidate } from './pair-clusters.ts';

/** Records of one request lie within this many times the usual distance of each other. */
const SPREADS = 12;
/** And at least this far, since networks have bad moments. Units: µs. */
const MIN_TOLERANCE = 50_000;
/** And never further. Units: µs. */
const MAX_TOLERANCE = 2_000_000;
/** Share of pairs whose distance follows no law. */
const STRAY = 0.02;
/** The usual distance is never taken for less: logs round. Units: µs. */
const MIN_SPREAD = 500;
/** Pairs that the weights of fields are learned from. */
const MAX_SURE = 5_000;
/** Least belief in a pair. Ratio. */
const MIN_BELIEF = 0.5;
/** What is assigned at once; beyond it the best pairs are taken first. */
const MAX_CLUSTER = 120;
/** Share of a rival's odds that is left when the assignment as a whole chose otherwise. */
const RIVAL_LEFT = 0.1;
/** Comparisons between two pauses. */
const STRETCH = 20_000;
/** Stands for a pair that is none. Units: nats. */
const NEVER = 1e6;

/** Two records of one request, or of one request handed on. */
export interface RecordPair {
  readonly a: number;
  readonly b: number;
  /** How likely the two belong together, all rivals considered. Ratio. */
  readonly belief: number;
}

interface ScoredCandidate extends Candidate {
  /** Logarithm of the odds. */
  readonly score: number;
}

/** Chooses among candidates that share a record, so that the beliefs add up to most; each record is used once. */
function chooseIn(cluster: readonly ScoredCandidate[]): readonly ScoredCandidate[] {
  if (cluster.length === 1) return cluster;
  const rows = [...new Set(cluster.map(({ a }) => a))];
  const columns = [...new Set(cluster.map(({ b }) => b))];
  if (Math.max(rows.length, columns.length) > MAX_CLUSTER) {
    const used = new Set<number>();
    return [...cluster]
      .sort((x, y) => y.score - x.score || x.b - y.b || x.a - y.a)
      .filter(({ a, b }) => {
        if (used.has(a) || used.has(b)) return false;
        used.add(a).add(b);
        return true;
      });
  }
  const rowAt = new Map(rows.map((at, place) => [at, place]));
  const columnAt = new Map(columns.map((at, place) => [at, place]));
  const table = new Map<number, ScoredCandidate>();
  for (const candidate of cluster) table.set((rowAt.get(candidate.a) ?? 0) * columns.length + (columnAt.get(candidate.b) ?? 0), candidate);
  const chosen = assign(rows.length, columns.length, (row, column) => -(table.get(row * columns.length + column)?.score ?? -NEVER));
  return Array.from(chosen).flatMap((column, row) => {
    const candidate = column === UNASSIGNED ? undefined : table.get(row * columns.length + column);
    return candidate === undefined ? [] : [candidate];
  });
}

/** How much speaks for each of some candidates that share records, all candidates of those records among them. Units: nats. */
type Scorer = (cluster: readonly Candidate[]) => readonly ScoredCandidate[];

function scorerOf(agreement: Agreement, spread: number, tolerance: number): Scorer {
  return (cluster) => {
    const [ofA, ofB] = [countBy(cluster, 'a'), countBy(cluster, 'b')];
    return cluster.map((candidate) => {
      const lawful = ((1 - STRAY) * Math.exp(-Math.abs(candidate.distance) / spread)) / (2 * spread);
      const timing = Math.log((lawful + STRAY / (2 * tolerance)) * 2 * tolerance);
      const alike = Math.max(ofA.get(candidate.a) ?? 1, ofB.get(candidate.b) ?? 1);
      return { ...candidate, score: agreement.weigh(candidate.a, candidate.b) + timing - Math.log(alike) };
    });
  };
}

/** The pairs of a cluster that are likelier than not. */
function* believedIn(cluster: readonly ScoredCandidate[]): Generator<RecordPair> {
  for (const chosen of chooseIn(cluster)) {
    let others = 0;
    for (const other of cluster) if (other !== chosen && (other.a === chosen.a || other.b === chosen.b)) others += Math.exp(other.score);
    const odds = Math.exp(chosen.score);
    const belief = odds / (1 + odds + RIVAL_LEFT * others);
    if (belief >= MIN_BELIEF) yield { a: chosen.a, b: chosen.b, belief };
  }
}

/**
 * Pairs the records of two sources that saw the same traffic: candidates by method, path, status, query and time on the common clock;
 * weights of what else both show, learned from the candidates without a rival; then an assignment, one to one, in which all pairs of
 * a busy moment are chosen together. A record whose best pair is unlikely stays alone.
 * Source: Fellegi and Sunter 1969 for the weights; resources/decisions 0013.
 * Cost: a binary search a record, and the cube of the records that look alike within the tolerance, at most 120. Memory: an index of the larger
 * source, the candidates of a moment, and the pairs.
 */
export async function pairRecords(
  calls: CallColumns,
  addresses: Addresses,
  pair: SourcePair,
  breathe: () => Promise<void>,
): Promise<readonly RecordPair[]> {
  const { a, b } = pair;
  const spread = Math.max(MIN_SPREAD, pair.spread);
  const isFree = a.isCapture || b.isCapture;
  const tolerance = isFree ? MAX_TOLERANCE : Math.min(MAX_TOLERANCE, Math.max(MIN_TOLERANCE, SPREADS * spread));
  const index = await createKeyIndex(calls, a.timed, breathe);
  const sweep = { calls, a, b, index, tolerance };
  const sure: Candidate[] = [];
  for await (const [only, ...rivals] of clustersIn(sweep, breathe)) {
    if (only !== undefined && rivals.length === 0) sure.push(only);
    if (sure.length === MAX_SURE) break;
  }
  const score = scorerOf(learnAgreement(fieldsOf(calls, addresses), a, b, sure), spread, tolerance);
  const pairs: RecordPair[] = [];
  let looked = 0;
  for await (const cluster of clustersIn(sweep, breathe)) {
    looked += cluster.length ** 2;
    if (looked > STRETCH) {
      looked = 0;
      await breathe();
    }
    for (const likely of parted(score(cluster).filter((candidate) => candidate.score > 0))) append(pairs, believedIn(likely));
  }
  return pairs;
}
