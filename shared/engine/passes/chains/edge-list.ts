import type { EdgeKind } from '../../../contract/report-json.ts';
import { numberAt } from '../../../lib/numbers.ts';

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
  /** Absent where the sentence follows from kind and times. */
  readonly note: EdgeNote | undefined;
}

/** Proofs as they are found; merged per pair of calls at the end. */
export interface EdgeList {
  add(from: number, to: number, kind: EdgeKind, confidence: number, note?: EdgeNote): void;
  readonly size: () => number;
  /** One edge a pair, by effect and then by cause in time order. */
  merged(): Generator<MergedEdge>;
}

/** Confidence never reaches 1: a log may lie. */
const MAX_CONFIDENCE = 0.99;

const NO_KIND = -1;

const grow = <T extends Int32Array | Float64Array | Uint8Array>(old: T, make: (length: number) => T): T => {
  const next = make(old.length * 2);
  next.set(old);
  return next;
};

/** An empty list. Cost: 21 bytes a proof, and an object only for those with a note. */
export function createEdgeList(): EdgeList {
  let size = 0;
  let from = new Int32Array(1024);
  let to = new Int32Array(1024);
  let kind = new Uint8Array(1024);
  let confidence = new Float64Array(1024);
  const notes = new Map<number, EdgeNote>();

  // Lists of kinds are few and edges are many: equal lists are one.
  const lists = new Map<number, readonly EdgeKind[]>();
  const kindsOf = (group: readonly number[]): readonly EdgeKind[] => {
    const mask = group.reduce((bits, edge) => bits | (1 << numberAt(kind, edge)), 0);
    const known = lists.get(mask) ?? EDGE_KINDS.filter((_, code) => (mask & (1 << code)) !== 0);
    lists.set(mask, known);
    return known;
  };

  const merge = (all: readonly number[]): MergedEdge => {
    // Order alone adds nothing to a proof.
    const proofs = all.filter((edge) => EDGE_KINDS[numberAt(kind, edge)] !== 'adjacent');
    const group = proofs.length > 0 ? proofs : all;
    const kinds = kindsOf(group);
    // Proofs of one kind repeat each other (the same flow seen in two captures); only different kinds add certainty.
    const best = new Map<number, number>();
    let note: EdgeNote | undefined;
    let noted = NO_KIND;
    for (const edge of group) {
      const code = numberAt(kind, edge);
      best.set(code, Math.max(best.get(code) ?? 0, numberAt(confidence, edge)));
      const own = notes.get(edge);
      if (own === undefined || code === noted) continue;
      // The first note's sentence stands; one of another kind may add the places that it lacks.
      note = note === undefined ? own : { why: `${note.why}; ${own.why}`, fromAt: own.fromAt ?? note.fromAt, toAt: own.toAt ?? note.toAt };
      noted = code;
    }
    const doubt = [...best.values()].reduce((product, sure) => product * (1 - sure), 1);
    const first = group[0] ?? 0;
    const strongest = kinds[0] ?? 'adjacent';
    const rounded = Math.round(Math.min(MAX_CONFIDENCE, 1 - doubt) * 1000) / 1000;
    return { from: numberAt(from, first), to: numberAt(to, first), kind: strongest, kinds, confidence: rounded, note };
  };

  return {
    add(cause, effect, edgeKind, sure, note) {
      if (size === from.length) {
        from = grow(from, (length) => new Int32Array(length));
        to = grow(to, (length) => new Int32Array(length));
        kind = grow(kind, (length) => new Uint8Array(length));
        confidence = grow(confidence, (length) => new Float64Array(length));
      }
      from[size] = cause;
      to[size] = effect;
      kind[size] = EDGE_KINDS.indexOf(edgeKind);
      confidence[size] = sure;
      if (note !== undefined) notes.set(size, note);
      size += 1;
    },
    size: () => size,
    *merged() {
      const order = Uint32Array.from({ length: size }, (_, index) => index).sort(
        (a, b) =>
          numberAt(to, a) - numberAt(to, b) || numberAt(from, a) - numberAt(from, b) || numberAt(kind, a) - numberAt(kind, b) || a - b,
      );
      let group: number[] = [];
      for (const edge of order) {
        const last = group[0];
        if (last !== undefined && (numberAt(to, last) !== numberAt(to, edge) || numberAt(from, last) !== numberAt(from, edge))) {
          yield merge(group);
          group = [];
        }
        group.push(edge);
      }
      if (group.length > 0) yield merge(group);
    },
  };
}
