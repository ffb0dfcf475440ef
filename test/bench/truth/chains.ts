import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { CallTruth } from '#test/support/scenarios/core/truth.ts';

import { isBehind, verdictOf, type KnownEdge } from './edge-verdict.ts';
import type { Export } from './export.ts';
import type { Truth } from './load.ts';
import { compareSets, prefixed, setsByName, type Scores } from './score.ts';
import { sessionScores } from './sessions.ts';
import { valueScores } from './value-flow.ts';
import { viewOf, type View } from './view.ts';

const BINS = 10;
const pairOf = (from: string, to: string): string => `${from}\n${to}`;

/** Edges of all chains but `adjacent` ones; one with an end in a broken or doubled record, or within one request, is neutral. */
function knownEdges({ export: { report }, truthOf }: View): readonly KnownEdge[] {
  return report.chains.flatMap(({ edges }) =>
    edges.flatMap((edge) => {
      const [from, to] = [truthOf(edge.from), truthOf(edge.to)];
      return edge.kind === 'adjacent' || from === undefined || to === undefined || from.id === to.id ? [] : [{ edge, from, to }];
    }),
  );
}

type Ids = 'ids-both' | 'ids-one' | 'ids-none';

/**
 * What the records say about two calls: both show an id that they share, only one of them shows any, or none helps
 * (neither shows one, or what they show was not passed on).
 */
function idsOf({ recordsOf }: Truth, from: CallTruth, to: CallTruth): Ids {
  const shown = ({ id, ids }: CallTruth): ReadonlySet<string> =>
    new Set(recordsOf.get(id)?.flatMap((record) => record.ids.flatMap((kind) => ids[kind] ?? [])));
  const [left, right] = [shown(from), shown(to)];
  if ((left.size === 0) !== (right.size === 0)) return 'ids-one';
  return [...left].some((id) => right.has(id)) ? 'ids-both' : 'ids-none';
}

/** Values are measured on their own, and order says nothing. */
const saysMore = ({ kinds }: EdgeJson): boolean => kinds.some((kind) => kind !== 'value' && kind !== 'adjacent');

/**
 * Precision and recall of requests behind requests, all and by what their records show of ids; a pair counts once.
 * Wanted: pairs of cause `call` whose ends are both seen, between services or not.
 * Said:   edges of any kind but value and mere order that are such a pair or are not true at all. One that is true otherwise, by
 *         another cause or through calls that no record shows, is neutral, as is one that the evidence itself says (`verdictOf`).
 */
function callScores({ truth, seen }: View, edges: readonly KnownEdge[]): Scores {
  const sets = setsByName();
  const namesOf = (from: CallTruth, to: CallTruth): readonly string[] => {
    const ids = idsOf(truth, from, to);
    return ['edges', `edges.${ids}`, ...(ids === 'ids-both' ? [] : ['edges.ids-missing'])];
  };
  for (const to of seen)
    for (const { from: id, kind } of to.causes ?? []) {
      const from = truth.calls.get(id);
      if (kind !== 'call' || from === undefined || !truth.recordsOf.has(id)) continue;
      for (const name of namesOf(from, to)) sets.add('wanted', name, pairOf(from.id, to.id));
    }
  for (const known of edges) {
    const { edge, from, to } = known;
    if (saysMore(edge) && (isBehind(from, to) || verdictOf(truth, known) === 'wrong'))
      for (const name of namesOf(from, to)) sets.add('found', name, pairOf(from.id, to.id));
  }
  return sets.scores();
}

/** For each kind of cause but calls: share of its pairs, both ends seen, that any edge joins. */
function kindScores({ truth, seen }: View, edges: readonly KnownEdge[]): Scores {
  const joined = new Set(edges.map(({ from, to }) => pairOf(from.id, to.id)));
  const scores: Record<string, { sum: number; of: number }> = {};
  for (const to of seen)
    for (const { from, kind } of to.causes ?? []) {
      if (kind === 'call' || kind === 'value' || !truth.recordsOf.has(from)) continue;
      const score = (scores[`kind.${kind}.recall`] ??= { sum: 0, of: 0 });
      score.of += 1;
      if (joined.has(pairOf(from, to.id))) score.sum += 1;
    }
  return scores;
}

/** Pairs of records that show one request: precision and recall of `alsoSeenAs`. */
function sameScores({ truth, export: { calls }, truthOf }: View): Scores {
  const wanted = new Set<string>();
  for (const records of truth.recordsOf.values())
    for (const [index, { ref }] of records.entries())
      for (const other of records.slice(index + 1)) wanted.add([ref, other.ref].sort().join('\n'));
  const found = new Set<string>();
  const strip = (ref: string): string => ref.replace(/^evidence\//, '');
  for (const { ref, alsoSeenAs = [] } of calls) {
    const refs = [ref, ...alsoSeenAs].filter((name) => truthOf(name) !== undefined).map(strip);
    for (const [index, name] of refs.entries()) for (const other of refs.slice(index + 1)) found.add([name, other].sort().join('\n'));
  }
  return prefixed('same', { ...compareSets(found, wanted) });
}

/** Sums of confidence minus rightness in ten bins: what the expected calibration error is made of. Source: Naeini et al. 2015. */
function calibrationScores({ truth }: View, edges: readonly KnownEdge[]): Scores {
  const bins: Record<string, { sum: number; of: number }> = {};
  for (const known of edges) {
    const { edge } = known;
    const verdict = verdictOf(truth, known);
    if (verdict === 'neutral') continue;
    const bin = (bins[`calibration.bin${String(Math.min(BINS - 1, Math.floor(edge.confidence * BINS)))}`] ??= { sum: 0, of: 0 });
    bin.sum += edge.confidence - (verdict === 'right' ? 1 : 0);
    bin.of += 1;
  }
  return bins;
}

/** What edges of each kind state on average, and the share of them that is right: `stated.nesting` beside `right.nesting`. */
function kindCalibration({ truth }: View, edges: readonly KnownEdge[]): Scores {
  const scores: Record<string, { sum: number; of: number }> = {};
  const add = (name: string, value: number): void => {
    const score = (scores[name] ??= { sum: 0, of: 0 });
    score.sum += value;
    score.of += 1;
  };
  for (const known of edges) {
    const verdict = verdictOf(truth, known);
    if (verdict === 'neutral') continue;
    add(`stated.${known.edge.kind}`, known.edge.confidence);
    add(`right.${known.edge.kind}`, verdict === 'right' ? 1 : 0);
  }
  return scores;
}

/**
 * How well the product ties calls together: `edges` (all requests behind requests; `ids-both`, `ids-one`, `ids-none`, and
 * `ids-missing` for the last two), `kind.X.recall`, `value` and `value-pair` (with and without places), `same` (one request in two
 * sources), `sessions`, `calibration` (expected calibration error; 0 is best), `stated` and `right` by kind of edge.
 */
export function chainScores(truth: Truth, exported: Export): Scores {
  const view = viewOf(truth, exported);
  const edges = knownEdges(view);
  return {
    ...callScores(view, edges),
    ...kindScores(view, edges),
    ...valueScores(view, edges),
    ...sameScores(view),
    ...sessionScores(view),
    ...calibrationScores(view, edges),
    ...kindCalibration(view, edges),
  };
}
