import type { EdgeKind } from '../../../../contract/report-json.ts';
import { letGo } from '../../../../lib/let-go.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import { sortIndices } from '../../../../lib/sort-indices.ts';

/** Edge kinds by strength, strongest first; the place is the code kept in columns. */
export const EDGE_KINDS = [
  'trace',
  'rpc',
  'nesting',
  'redirect',
  'pagination',
  'credential',
  'initiator',
  'value',
  'adjacent',
] as const satisfies readonly EdgeKind[];

/** Where a value stood on both ends, and the sentence about it. */
export interface EdgeNote {
  readonly why: string;
  readonly fromAt?: string | undefined;
  readonly toAt?: string | undefined;
}

/** Two calls and every proof that the first led to the second. */
export interface MergedEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: EdgeKind;
  readonly kinds: readonly EdgeKind[];
  readonly confidence: number;
  /** What both calls show, as far as the sentence says it (`shared-marks.ts`). */
  readonly marks: number;
  /** Absent where the sentence follows from kind, marks and times. */
  readonly note: EdgeNote | undefined;
}

/** One edge a pair of calls, by effect and then by cause in time order, in columns: a case may hold an edge a call. */
export interface Edges {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The strongest kind, by its place in `EDGE_KINDS`. */
  readonly kind: Uint8Array;
  /** Edge number `edge`, as an object for the moment. */
  at(edge: number): MergedEdge;
}

/** Proofs as they are found; merged per pair of calls at the end. */
export interface EdgeList {
  add(from: number, to: number, kind: EdgeKind, confidence: number, note?: EdgeNote, marks?: number): void;
  readonly size: () => number;
  /** Merges the proofs, which are forgotten. */
  merge(breathe: () => Promise<void>): Promise<Edges>;
}

/** Confidence never reaches 1: a log may lie. */
const MAX_CONFIDENCE = 0.99;

/** Confidences are kept in thousandths, which is how they are written. */
const THOUSANDTHS = 1000;

/** Proofs looked at between two pauses. */
const STRETCH = 50_000;

const grow = <T extends Int32Array | Float64Array | Uint8Array | Uint16Array>(old: T, make: (length: number) => T): T => {
  const next = make(old.length * 2);
  next.set(old);
  letGo(old);
  return next;
};

/** The kinds of a mask with one bit a kind, strongest first. Lists of kinds are few and edges are many: equal lists are one. */
function kindLists(): (mask: number) => readonly EdgeKind[] {
  const lists = new Map<number, readonly EdgeKind[]>();
  return (mask) => {
    const known = lists.get(mask) ?? EDGE_KINDS.filter((_, code) => (mask & (1 << code)) !== 0);
    lists.set(mask, known);
    return known;
  };
}

const ADJACENT = 1 << EDGE_KINDS.indexOf('adjacent');

/** A proof, its kind by place in `EDGE_KINDS`. */
interface Proof {
  readonly kind: number;
  readonly confidence: number;
  readonly note: EdgeNote | undefined;
}

/** What several proofs of one pair come to. Shape: `all` by kind, strongest first; `mask` with one bit a kind. */
function mergeProofs(all: readonly Proof[]): { readonly mask: number; readonly sure: number; readonly note: EdgeNote | undefined } {
  const every = all.reduce((bits, { kind }) => bits | (1 << kind), 0);
  // Order alone adds nothing to a proof.
  const mask = every === ADJACENT ? every : every & ~ADJACENT;
  // Proofs of one kind repeat each other (the same flow seen in two captures); only different kinds add certainty.
  const best = new Map<number, number>();
  let note: EdgeNote | undefined;
  let noted: number | undefined;
  for (const { kind, confidence, note: own } of all) {
    if ((mask & (1 << kind)) === 0) continue;
    best.set(kind, Math.max(best.get(kind) ?? 0, confidence));
    if (own === undefined || kind === noted) continue;
    // The first note's sentence stands; one of another kind may add the places that it lacks.
    note = note === undefined ? own : { why: `${note.why}; ${own.why}`, fromAt: own.fromAt ?? note.fromAt, toAt: own.toAt ?? note.toAt };
    noted = kind;
  }
  const doubt = [...best.values()].reduce((product, sure) => product * (1 - sure), 1);
  return { mask, sure: Math.min(MAX_CONFIDENCE, 1 - doubt), note };
}

/** Columns of merged edges that grow from the front while proofs are read. Cost: 15 bytes an edge, and an object only for those with a note. */
function edgeColumns(most: number) {
  const columns = {
    from: new Int32Array(most),
    to: new Int32Array(most),
    kind: new Uint8Array(most),
    mask: new Uint16Array(most),
    sure: new Uint16Array(most),
    marks: new Uint16Array(most),
  };
  const notes = new Map<number, EdgeNote>();
  let count = 0;
  return {
    add(from: number, to: number, proofs: readonly Proof[], marks: number): void {
      const { mask, sure, note } = mergeProofs(proofs);
      columns.from[count] = from;
      columns.to[count] = to;
      columns.kind[count] = 31 - Math.clz32(mask & -mask);
      columns.mask[count] = mask;
      columns.sure[count] = Math.round(sure * THOUSANDTHS);
      columns.marks[count] = marks;
      if (note !== undefined) notes.set(count, note);
      count += 1;
    },
    finish(): Edges {
      const kindsOf = kindLists();
      return {
        count,
        from: columns.from.subarray(0, count),
        to: columns.to.subarray(0, count),
        kind: columns.kind.subarray(0, count),
        at: (edge) => ({
          from: numberAt(columns.from, edge),
          to: numberAt(columns.to, edge),
          kind: EDGE_KINDS[numberAt(columns.kind, edge)] ?? 'adjacent',
          kinds: kindsOf(numberAt(columns.mask, edge)),
          confidence: numberAt(columns.sure, edge) / THOUSANDTHS,
          marks: numberAt(columns.marks, edge),
          note: notes.get(edge),
        }),
      };
    },
  };
}

/** An empty list. Cost: 19 bytes a proof, and an object only for those with a note. */
export function createEdgeList(): EdgeList {
  let size = 0;
  let from = new Int32Array(1024);
  let to = new Int32Array(1024);
  let kind = new Uint8Array(1024);
  let confidence = new Float64Array(1024);
  let shown = new Uint16Array(1024);
  const notes = new Map<number, EdgeNote>();
  const isOnePair = (a: number, b: number): boolean => numberAt(to, a) === numberAt(to, b) && numberAt(from, a) === numberAt(from, b);
  const proofAt = (place: number): Proof => ({
    kind: numberAt(kind, place),
    confidence: numberAt(confidence, place),
    note: notes.get(place),
  });

  return {
    add(cause, effect, edgeKind, sure, note, marks = 0) {
      if (size === from.length) {
        from = grow(from, (length) => new Int32Array(length));
        to = grow(to, (length) => new Int32Array(length));
        kind = grow(kind, (length) => new Uint8Array(length));
        confidence = grow(confidence, (length) => new Float64Array(length));
        shown = grow(shown, (length) => new Uint16Array(length));
      }
      from[size] = cause;
      to[size] = effect;
      kind[size] = EDGE_KINDS.indexOf(edgeKind);
      confidence[size] = sure;
      shown[size] = marks;
      if (note !== undefined) notes.set(size, note);
      size += 1;
    },
    size: () => size,
    async merge(breathe) {
      const order = Uint32Array.from({ length: size }, (_, index) => index);
      await sortIndices(
        order,
        (a, b) =>
          numberAt(to, a) - numberAt(to, b) || numberAt(from, a) - numberAt(from, b) || numberAt(kind, a) - numberAt(kind, b) || a - b,
        breathe,
      );
      const merged = edgeColumns(size);
      for (let first = 0; first < order.length;) {
        const place = numberAt(order, first);
        const proofs = [proofAt(place)];
        let marks = numberAt(shown, place);
        let next = first + 1;
        for (; next < order.length && isOnePair(place, numberAt(order, next)); next += 1) {
          proofs.push(proofAt(numberAt(order, next)));
          marks |= numberAt(shown, numberAt(order, next));
        }
        merged.add(numberAt(from, place), numberAt(to, place), proofs, marks);
        if (Math.floor(first / STRETCH) !== Math.floor(next / STRETCH)) await breathe();
        first = next;
      }
      letGo(order, from, to, kind, confidence, shown);
      size = 0;
      [from, to, kind, confidence, shown] = [new Int32Array(), new Int32Array(), new Uint8Array(), new Float64Array(), new Uint16Array()];
      notes.clear();
      return merged.finish();
    },
  };
}
