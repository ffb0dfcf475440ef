import { numberAt } from '../../../lib/numbers.ts';
import { median } from '../../../lib/stats.ts';
import { NONE, type CallColumns } from './call-columns.ts';

/** Below this many traced pairs the median is an anecdote; the clocks are then taken as they are. */
const MIN_PAIRS = 8;
/** Smaller differences are queueing, not clocks, and need no correction. Units: µs. */
const MIN_OFFSET = 2_000;
/** Pairs kept for one pair of sources: the median is steady long before. */
const MAX_PAIRS = 10_000;

/** How far the clock of one source runs ahead of another's, from calls that ids show to be hops of one request. */
export interface ClockPair {
  readonly parent: number;
  readonly child: number;
  readonly pairs: number;
  /** Child's clock minus parent's. Units: µs. */
  readonly offset: number;
}

/** Calls with their span parent, as indices. */
export type ParentPairs = Iterable<readonly [parent: number, child: number]>;

/**
 * Measures clock pairs. A request spends about as long on its way in as its answer on the way out, so the middles of
 * parent and child coincide on one clock, and what is left is the offset (the assumption of NTP, RFC 5905 section 8).
 */
export function measureClocks(calls: CallColumns, pairs: ParentPairs): readonly ClockPair[] {
  const differences = new Map<string, { parent: number; child: number; values: number[] }>();
  for (const [parent, child] of pairs) {
    const parentSource = numberAt(calls.source, parent);
    const childSource = numberAt(calls.source, child);
    if (parentSource === childSource) continue;
    const difference =
      (numberAt(calls.start, child) + numberAt(calls.end, child)) / 2 - (numberAt(calls.start, parent) + numberAt(calls.end, parent)) / 2;
    if (Number.isNaN(difference)) continue;
    const key = `${String(parentSource)} ${String(childSource)}`;
    const entry = differences.get(key) ?? { parent: parentSource, child: childSource, values: [] };
    differences.set(key, entry);
    if (entry.values.length < MAX_PAIRS) entry.values.push(difference);
  }
  return [...differences.values()]
    .filter((entry) => entry.values.length >= MIN_PAIRS)
    .map((entry) => ({ parent: entry.parent, child: entry.child, pairs: entry.values.length, offset: Math.round(median(entry.values)) }))
    .filter((pair) => Math.abs(pair.offset) >= MIN_OFFSET);
}

/**
 * What to take from each source's times so that all stand on the clock of the source with most calls, walking outward over
 * the pairs with most support first. Sources without a pair keep their clock.
 */
export function offsetsOf(calls: CallColumns, clocks: readonly ClockPair[]): ReadonlyMap<number, number> {
  const perSource = new Map<number, number>();
  for (let at = 0; at < calls.count; at += 1)
    perSource.set(numberAt(calls.source, at), (perSource.get(numberAt(calls.source, at)) ?? 0) + 1);
  const bySize = [...perSource].sort((a, b) => b[1] - a[1]).map(([source]) => source);
  const strongest = [...clocks].sort((a, b) => b.pairs - a.pairs);
  const offsets = new Map<number, number>();
  for (const reference of bySize) {
    if (offsets.has(reference) || !strongest.some((pair) => pair.parent === reference || pair.child === reference)) continue;
    offsets.set(reference, 0);
    for (let found = true; found;) {
      found = false;
      for (const pair of strongest) {
        const fromParent = offsets.get(pair.parent);
        const fromChild = offsets.get(pair.child);
        if (fromParent !== undefined && fromChild === undefined) offsets.set(pair.child, fromParent + pair.offset);
        else if (fromChild !== undefined && fromParent === undefined) offsets.set(pair.parent, fromChild - pair.offset);
        else continue;
        found = true;
        break;
      }
    }
  }
  return offsets;
}

/** Moves all times onto one clock. */
export function applyOffsets(calls: CallColumns, offsets: ReadonlyMap<number, number>): void {
  if ([...offsets.values()].every((offset) => offset === 0)) return;
  for (let at = 0; at < calls.count; at += 1) {
    const offset = offsets.get(numberAt(calls.source, at)) ?? 0;
    calls.start[at] = numberAt(calls.start, at) - offset;
    calls.end[at] = numberAt(calls.end, at) - offset;
  }
}

/** Half of a 52-bit key. */
const HALF_KEY = 2 ** 26;

/** One number for a span of a trace; a look-up compares the ids themselves as well. */
const spanKey = (trace: number, span: number): number => (trace % HALF_KEY) * HALF_KEY + (span % HALF_KEY);

/** Calls looked at between two pauses. */
const STRETCH = 50_000;

/** Span-parent pairs of calls that stand for themselves. Cost: one map entry a span that some call names as its parent. */
export async function spanParents(
  calls: CallColumns,
  standing: Int32Array,
  breathe: () => Promise<void>,
): Promise<readonly (readonly [parent: number, child: number])[]> {
  const wanted = new Map<number, number>();
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    if (standing[at] === NONE && numberAt(calls.parentSpan, at) !== 0)
      wanted.set(spanKey(numberAt(calls.trace, at), numberAt(calls.parentSpan, at)), NONE);
  }
  if (wanted.size === 0) return [];
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    if (standing[at] !== NONE || numberAt(calls.span, at) === 0) continue;
    const key = spanKey(numberAt(calls.trace, at), numberAt(calls.span, at));
    if (wanted.get(key) === NONE) wanted.set(key, at);
  }
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    const span = numberAt(calls.parentSpan, at);
    const trace = numberAt(calls.trace, at);
    if (standing[at] !== NONE || span === 0) continue;
    const parent = wanted.get(spanKey(trace, span)) ?? NONE;
    if (parent === NONE || parent === at || numberAt(calls.span, parent) !== span || numberAt(calls.trace, parent) !== trace) continue;
    pairs.push([parent, at]);
  }
  return pairs;
}
