import { assign, UNASSIGNED } from '../../../lib/assignment.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { createUnionFind } from '../../../lib/union-find.ts';
import type { Addresses } from './addresses.ts';
import { fieldsOf, learnAgreement } from './agreement.ts';
import { type CallColumns } from './call-columns.ts';
import { differenceOf, mayMeet } from './clock-seeds.ts';
import type { SourcePair } from './clocks.ts';
import { createKeyIndex } from './key-index.ts';
import type { SourceView } from './source-views.ts';

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
/** Records compared with one; the nearest in time are among the first. */
const MAX_CANDIDATES = 64;
/** Pairs that the weights of fields are learned from. */
const MAX_SURE = 5_000;
/** Least belief in a pair. Ratio. */
const MIN_BELIEF = 0.5;
/** What is assigned at once; beyond it the best pairs are taken first. */
const MAX_CLUSTER = 120;
/** Share of a rival's odds that is left when the assignment as a whole chose otherwise. */
const RIVAL_LEFT = 0.1;
/** Records or comparisons between two pauses. */
const STRETCH = 20_000;
/** Stands for a pair that is none. Units: nats. */
const NEVER = 1e6;

/** Two records of one request, or of one request handed on. */
export interface RecordPair {
  readonly a: number;
  readonly b: number;
  /** How likely the two belong together, all rivals considered. Ratio. */
  readonly belief: number;
  /** Records that would have fitted instead, by time and all fields that must agree. */
  readonly rivals: number;
}

interface Candidate {
  readonly a: number;
  readonly b: number;
  distance: number;
  /** Logarithm of the odds. */
  score: number;
}

/** All pairs near each other on the common clock. Shape: those of one `b` in a row. */
async function candidatesOf(
  calls: CallColumns,
  a: SourceView,
  b: SourceView,
  tolerance: number,
  breathe: () => Promise<void>,
): Promise<readonly Candidate[]> {
  const index = await createKeyIndex(calls, a.timed, breathe);
  const found: Candidate[] = [];
  for (const [place, at] of b.timed.entries()) {
    if (place % STRETCH === 0) await breathe();
    const start = numberAt(calls.start, at);
    // Middles are compared, so that starts may lie further apart by half of what the longer one takes.
    const reach = tolerance + (numberAt(calls.end, at) - start);
    const own: Candidate[] = [];
    index.near(at, start - reach - MAX_TOLERANCE, start + reach, (other) => {
      const distance = differenceOf(calls, other, at);
      if (Math.abs(distance) <= tolerance && mayMeet(calls, other, a, at, b)) own.push({ a: other, b: at, distance, score: 0 });
      return own.length < MAX_CANDIDATES;
    });
    for (const candidate of own) found.push(candidate);
  }
  return found;
}

const countBy = (candidates: readonly Candidate[], side: 'a' | 'b'): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const candidate of candidates) counts.set(candidate[side], (counts.get(candidate[side]) ?? 0) + 1);
  return counts;
};

/** Chooses among candidates that share a record, so that the beliefs add up to most; each record is used once. */
function chooseIn(cluster: readonly Candidate[]): readonly Candidate[] {
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
  const table = new Map<number, Candidate>();
  for (const candidate of cluster) table.set((rowAt.get(candidate.a) ?? 0) * columns.length + (columnAt.get(candidate.b) ?? 0), candidate);
  const chosen = assign(rows.length, columns.length, (row, column) => -(table.get(row * columns.length + column)?.score ?? -NEVER));
  return Array.from(chosen).flatMap((column, row) => {
    const candidate = column === UNASSIGNED ? undefined : table.get(row * columns.length + column);
    return candidate === undefined ? [] : [candidate];
  });
}

/** Groups candidates that share a record with one another. */
async function clustersOf(
  candidates: readonly Candidate[],
  count: number,
  breathe: () => Promise<void>,
): Promise<Iterable<readonly Candidate[]>> {
  const groups = createUnionFind(count);
  for (const [place, { a, b }] of candidates.entries()) {
    if (place % STRETCH === 0) await breathe();
    groups.join(a, b);
  }
  const clusters = new Map<number, Candidate[]>();
  for (const [place, candidate] of candidates.entries()) {
    if (place % STRETCH === 0) await breathe();
    const root = groups.find(candidate.a);
    const list = clusters.get(root);
    if (list === undefined) clusters.set(root, [candidate]);
    else list.push(candidate);
  }
  return clusters.values();
}

/**
 * Pairs the records of two sources that saw the same traffic: candidates by method, path, status, query and time on the common clock;
 * weights of what else both show, learned from the candidates without a rival; then an assignment, one to one, in which all pairs of
 * a busy moment are chosen together. A record whose best pair is unlikely stays alone.
 * Source: Fellegi and Sunter 1969 for the weights; resources/decisions 0013.
 * Cost: a binary search a record, and the cube of the records that look alike within the tolerance, at most 120.
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
  const candidates = await candidatesOf(calls, a, b, tolerance, breathe);
  const ofA = countBy(candidates, 'a');
  await breathe();
  const ofB = countBy(candidates, 'b');
  await breathe();
  const sure = candidates.filter((one) => ofA.get(one.a) === 1 && ofB.get(one.b) === 1).slice(0, MAX_SURE);
  await breathe();
  const agreement = learnAgreement(fieldsOf(calls, addresses), a, b, sure);
  for (const [place, candidate] of candidates.entries()) {
    if (place % STRETCH === 0) await breathe();
    const lawful = ((1 - STRAY) * Math.exp(-Math.abs(candidate.distance) / spread)) / (2 * spread);
    const timing = Math.log((lawful + STRAY / (2 * tolerance)) * 2 * tolerance);
    const alike = Math.max(ofA.get(candidate.a) ?? 1, ofB.get(candidate.b) ?? 1);
    candidate.score = agreement.weigh(candidate.a, candidate.b) + timing - Math.log(alike);
  }
  await breathe();
  const pairs: RecordPair[] = [];
  let looked = 0;
  const likely = candidates.filter(({ score }) => score > 0);
  for (const cluster of await clustersOf(likely, calls.count, breathe)) {
    looked += cluster.length ** 2;
    if (looked > STRETCH) {
      looked = 0;
      await breathe();
    }
    for (const chosen of chooseIn(cluster)) {
      let others = 0;
      let rivals = 0;
      for (const other of cluster) {
        if (other === chosen || (other.a !== chosen.a && other.b !== chosen.b)) continue;
        others += Math.exp(other.score);
        rivals += 1;
      }
      const odds = Math.exp(chosen.score);
      const belief = odds / (1 + odds + RIVAL_LEFT * others);
      if (belief >= MIN_BELIEF) pairs.push({ a: chosen.a, b: chosen.b, belief, rivals });
    }
  }
  return pairs;
}
