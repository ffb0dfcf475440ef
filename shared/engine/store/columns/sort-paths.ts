import { pathAt, pathCodes, type PathText } from './path-text.ts';
import type { SortedOrdinals } from './sort-ordinals.ts';

/** Beyond these UTF-16 and UTF-8 put characters in different orders. */
const HIGH = /[\ud800-\uffff]/;

/** Orders texts as SQLite does: by their UTF-8 bytes. */
export function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  if (!HIGH.test(left) && !HIGH.test(right)) return left < right ? -1 : 1;
  const others = [...right];
  for (const [at, letter] of [...left].entries()) {
    const other = others[at];
    if (other === undefined) return 1;
    if (letter !== other) return (letter.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
  }
  return -1;
}

/** Paths that begin alike are told apart letter by letter while they are more than this, then by comparison. */
const FEW = 32;
/** One place for the end of a path, one for each letter, and the last for all letters beyond. */
const BUCKETS = 130;

/** A stretch of the order whose paths are alike up to `depth`. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/**
 * Sorts ordinals, which ascend, by the paths of their calls, as SQLite does; equal ones stay as they stand, absent ones come last.
 * Cost:   about 1 s a million calls, in slices.
 * Source: most significant digit radix sort.
 */
export async function sortByPath(paths: PathText, ordinals: Uint32Array, breathe: () => Promise<void>): Promise<SortedOrdinals> {
  const order = new Uint32Array(ordinals.length);
  const other = new Uint32Array(ordinals.length);
  let known = 0;
  let unknown = 0;
  for (const ordinal of ordinals) {
    if (pathAt(paths, ordinal) === undefined) other[unknown++] = ordinal;
    else order[known++] = ordinal;
  }
  order.set(other.subarray(0, unknown), known);
  const codeAt = pathCodes(paths);
  const open: Stretch[] = [{ from: 0, to: known, depth: 0 }];
  for (let stretch = open.pop(); stretch !== undefined; stretch = open.pop()) {
    const { from, to, depth } = stretch;
    if (to - from <= FEW) sortFew(order.subarray(from, to), paths);
    else {
      const ends = spread(order, other, stretch, codeAt);
      let start = ends[0] ?? from;
      for (const [bucket, end] of ends.entries()) {
        if (bucket === 0 || end <= start) continue;
        if (bucket === BUCKETS - 1) sortFew(order.subarray(start, end), paths);
        else if (end - start > 1) open.push({ from: start, to: end, depth: depth + 1 });
        start = end;
      }
    }
    await breathe();
  }
  return { order, known };
}

/** Sorts a stretch by one letter. Gives where each bucket ends. */
function spread(
  order: Uint32Array,
  other: Uint32Array,
  { from, to, depth }: Stretch,
  codeAt: (ordinal: number, depth: number) => number,
): Uint32Array {
  const ends = new Uint32Array(BUCKETS);
  const bucketOf = (at: number): number => Math.min(codeAt(order[at] ?? 0, depth), BUCKETS - 1);
  for (let at = from; at < to; at += 1) {
    const bucket = bucketOf(at);
    ends[bucket] = (ends[bucket] ?? 0) + 1;
  }
  let end = from;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const size = ends[bucket] ?? 0;
    // All alike: nothing moves.
    if (size === to - from) return ends.fill(from, 0, bucket).fill(to, bucket);
    ends[bucket] = end;
    end += size;
  }
  for (let at = from; at < to; at += 1) {
    const bucket = bucketOf(at);
    const place = ends[bucket] ?? 0;
    other[place] = order[at] ?? 0;
    ends[bucket] = place + 1;
  }
  order.set(other.subarray(from, to), from);
  return ends;
}

function sortFew(order: Uint32Array, paths: PathText): void {
  const texts = Array.from(order, (ordinal) => ({ ordinal, path: pathAt(paths, ordinal) ?? '' }));
  texts.sort((left, right) => compareTexts(left.path, right.path) || left.ordinal - right.ordinal);
  for (const [at, { ordinal }] of texts.entries()) order[at] = ordinal;
}
