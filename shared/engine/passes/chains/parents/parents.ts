import type { EdgeKind } from '../../../../contract/report-json.ts';
import { letGo } from '../../../../lib/let-go.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import { NONE } from '../call-columns.ts';
import { EDGE_KINDS, type EdgeList } from '../edges/edge-list.ts';

/** Hops of one request that are walked up; longer ways are circles of a broken log. */
const MAX_HOPS = 16;

/** Calls looked at between two pauses. */
const STRETCH = 50_000;

/** Which call each call was made to answer, and what says so. A call has one parent; better evidence may replace a worse one. */
export interface Parents {
  /** Per call: its parent, or NONE. */
  readonly of: Int32Array;
  /** Names the parent. `isSettled` where nothing inferred may replace it. Does nothing where it would close a circle. */
  set(child: number, parent: number, kind: EdgeKind, confidence: number, isSettled: boolean): void;
  /** Says that address and time agree with the parent. */
  confirm(child: number, confidence: number): void;
  isSettled(child: number): boolean;
  /** Kind and confidence by which the parent was named. */
  proofOf(child: number): { readonly kind: EdgeKind; readonly confidence: number };
  /** True when `above` is the parent of `at`, or the parent of that, and so on. */
  leadsTo(above: number, at: number): boolean;
  /** Makes edges of all; `marksOf` tells what both calls show. Only `of` can be asked after. */
  addTo(edges: EdgeList, marksOf: (from: number, to: number) => number, breathe: () => Promise<void>): Promise<void>;
}

/** Confidences are kept in ten-thousandths, finer than they are written. */
const PARTS = 10_000;

/** No parents yet. Cost: 10 bytes a call. */
export function createParents(count: number): Parents {
  const of = new Int32Array(count).fill(NONE);
  const kinds = new Uint8Array(count);
  const settled = new Uint8Array(count);
  const confidences = new Uint16Array(count);
  const confirmed = new Uint16Array(count);
  const leadsTo = (above: number, at: number): boolean => {
    let next = numberAt(of, at);
    for (let steps = 0; next !== NONE && steps < MAX_HOPS; steps += 1) {
      if (next === above) return true;
      next = numberAt(of, next);
    }
    return false;
  };
  const proofOf = (child: number): { readonly kind: EdgeKind; readonly confidence: number } => ({
    kind: EDGE_KINDS[numberAt(kinds, child)] ?? 'adjacent',
    confidence: numberAt(confidences, child) / PARTS,
  });
  return {
    of,
    set(child, parent, kind, confidence, isSettled) {
      if (child === parent || leadsTo(child, parent)) return;
      of[child] = parent;
      kinds[child] = EDGE_KINDS.indexOf(kind);
      confidences[child] = Math.round(confidence * PARTS);
      confirmed[child] = 0;
      settled[child] = isSettled ? 1 : 0;
    },
    confirm(child, confidence) {
      confirmed[child] = Math.round(confidence * PARTS);
    },
    isSettled: (child) => settled[child] === 1,
    proofOf,
    leadsTo,
    async addTo(edges, marksOf, breathe) {
      for (let child = 0; child < count; child += 1) {
        if (child % STRETCH === 0) await breathe();
        const parent = numberAt(of, child);
        if (parent === NONE) continue;
        const { kind, confidence } = proofOf(child);
        edges.add(parent, child, kind, confidence, undefined, marksOf(parent, child));
        if (numberAt(confirmed, child) > 0 && kind !== 'nesting') edges.add(parent, child, 'nesting', numberAt(confirmed, child) / PARTS);
      }
      letGo(kinds, settled, confidences, confirmed);
    },
  };
}
