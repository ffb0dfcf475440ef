import type { Scores } from '../truth/score.ts';
import type { SaidEdge } from './feed.ts';
import type { TreeCall } from './play.ts';

const BINS = 10;

/** The place of a call from the reference of its record, which counts from 1. */
const placeOf = (ref: string): number => Number(ref.slice(ref.lastIndexOf('#') + 1)) - 1;

/** Precision and recall of edges between calls that were really made for one another, and the calibration of their confidence. */
export function treeScores(calls: readonly TreeCall[], edges: readonly SaidEdge[]): Scores {
  const isRight = ({ from, to }: SaidEdge): boolean => calls[placeOf(to)]?.parent === placeOf(from);
  const right = edges.filter(isRight).length;
  const bins: Record<string, { sum: number; of: number }> = {};
  for (const edge of edges) {
    const bin = (bins[`calibration.bin${String(Math.min(BINS - 1, Math.floor(edge.confidence * BINS)))}`] ??= { sum: 0, of: 0 });
    bin.sum += edge.confidence - (isRight(edge) ? 1 : 0);
    bin.of += 1;
  }
  return {
    'edges.precision': { sum: right, of: edges.length },
    'edges.recall': { sum: right, of: calls.filter(({ parent }) => parent >= 0).length },
    ...bins,
  };
}

/** The same for a peer, which says a parent's place for each call, -1 for none. */
export function peerScores(calls: readonly TreeCall[], parents: readonly number[]): Scores {
  const said = calls.flatMap(({ parent }, place) => (parents[place] === -1 ? [] : [parents[place] === parent]));
  const right = said.filter(Boolean).length;
  return {
    'edges.precision': { sum: right, of: said.length },
    'edges.recall': { sum: right, of: calls.filter(({ parent }) => parent >= 0).length },
  };
}
