import { greatest } from '../../../../lib/extremes.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import type { Addresses } from '../addresses.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { areBeside, findCurves, offsetAt, type ClockCurve } from './curve.ts';
import { differenceOf, mayMeet, provenSeeds, seedsOf } from './seeds.ts';
import { findCoarseOffset } from './coarse-offset.ts';
import { findInnerClocks } from './inner-clocks.ts';
import { createKeyIndex, type KeyIndex } from '../values/key-index.ts';
import { byName, type SourceView } from '../twins/source-views.ts';
import { setBySiblings } from './siblings.ts';
import { setZones } from './zones.ts';

/** Fewer agreeing differences may agree by chance. */
const MIN_SUPPORT = 8;
/** A capture holds few calls, and those of one client. */
const MIN_CAPTURE_SUPPORT = 3;
/** Smaller differences are queueing, not clocks, and need no correction. Units: µs. */
const MIN_OFFSET = 2_000;
/** Share of an address's calls that must lie on one clock before all of its calls are put there. */
const SURE_SHARE = 0.8;
/** Distance from a curve that is usual between logs of milliseconds. Units: µs. */
const SHARP = 10_000;
/** Clocks that nobody keeps are minutes off; further apart they are a broken set-up. Units: µs. */
const FAR_REACH = 900 * 1_000_000;
/** Calls looked at between two pauses. */
const STRETCH = 10_000;
/** A call lies on the curve that it is this close to. Units: µs. */
const ON_CURVE = 100_000;

/** Two sources that saw the same traffic. */
export interface SourcePair {
  readonly a: SourceView;
  readonly b: SourceView;
  /** Median distance of pairs of records from what the clocks let expect. Units: µs. */
  readonly spread: number;
  readonly support: number;
}

/** What setting the clocks found out. */
export interface Clocks {
  /** Pairs of sources, the larger first in each. */
  readonly pairs: readonly SourcePair[];
  /** Sources whose times were changed. */
  readonly corrected: number;
}

interface Measured extends SourcePair {
  readonly curves: readonly ClockCurve[];
}

/** Pairs of calls that ids tie together, by their two sources. Shape: `small id, large id`, as in `pairKey`. */
export type PairsBySources = ReadonlyMap<string, readonly (readonly [a: number, b: number])[]>;

const pairKey = (a: number, b: number): string => `${String(a)} ${String(b)}`;

/** Sorts pairs of calls by their sources; pairs within one source say nothing about clocks. */
export async function bySources(
  calls: CallColumns,
  pairs: Iterable<readonly [number, number]>,
  breathe: () => Promise<void>,
): Promise<PairsBySources> {
  let looked = 0;
  const found = new Map<string, (readonly [number, number])[]>();
  for (const [first, second] of pairs) {
    looked += 1;
    if (looked % STRETCH === 0) await breathe();
    const [sourceA, sourceB] = [numberAt(calls.source, first), numberAt(calls.source, second)];
    if (sourceA === sourceB || Number.isNaN(differenceOf(calls, first, second))) continue;
    for (const [key, pair] of [
      [pairKey(sourceA, sourceB), [first, second]],
      [pairKey(sourceB, sourceA), [second, first]],
    ] as const) {
      const list = found.get(key);
      if (list === undefined) found.set(key, [pair]);
      else list.push(pair);
    }
  }
  return found;
}

/** Two files of one format are two parts or two nodes of one log: what looks alike in them is not one request. */
const mayShare = (a: SourceView, b: SourceView): boolean =>
  a.format !== b.format && a.first - FAR_REACH <= b.last && b.first - FAR_REACH <= a.last;

/** How the clock of `b` runs against that of `a`: where nothing agrees nearby, about the one difference that stands out further off. */
async function curvesOf(
  calls: CallColumns,
  a: { readonly view: SourceView; readonly index: KeyIndex },
  b: SourceView,
  paired: readonly (readonly [a: number, b: number])[],
  least: number,
  breathe: () => Promise<void>,
): Promise<readonly ClockCurve[]> {
  const near = findCurves(seedsOf(calls, a, b, paired), least);
  if (near.length > 0) return near;
  const centre = await findCoarseOffset(calls, a, b, FAR_REACH, breathe);
  return centre === undefined ? near : findCurves(seedsOf(calls, a, b, paired, centre), least);
}

async function measure(
  calls: CallColumns,
  views: readonly SourceView[],
  known: PairsBySources,
  breathe: () => Promise<void>,
): Promise<readonly Measured[]> {
  const bySize = [...views].sort((a, b) => b.timed.length - a.timed.length || byName(a, b));
  const measured: Measured[] = [];
  for (const [place, a] of bySize.entries()) {
    let index: KeyIndex | undefined;
    for (const b of bySize.slice(place + 1)) {
      const paired = known.get(pairKey(a.id, b.id)) ?? [];
      if (!mayShare(a, b) && paired.length === 0) continue;
      index ??= await createKeyIndex(calls, a.timed, breathe);
      const least = b.isCapture ? MIN_CAPTURE_SUPPORT : MIN_SUPPORT;
      const found = await curvesOf(calls, { view: a, index }, b, paired, least, breathe);
      // What ids prove needs no crowd: a tool's trace that names a request of a proxy's log shares neither method nor path with it.
      const curves = found.length === 0 ? findCurves(provenSeeds(calls, paired), MIN_CAPTURE_SUPPORT) : found;
      await breathe();
      const best = curves[0];
      if (best !== undefined)
        measured.push({ a, b, curves, spread: best.spread, support: curves.reduce((sum, { support }) => sum + support, 0) });
    }
  }
  return measured.sort((x, y) => weightOf(y) - weightOf(x) || byName(x.a, y.a) || byName(x.b, y.b));
}

/** A blurred pair of many calls is a worse bridge than a sharp one of fewer. */
const weightOf = ({ support, spread }: SourcePair): number => support / (1 + spread / SHARP);

/** How `b` stands to `a` as their clocks are now. */
async function measurePair(
  calls: CallColumns,
  a: SourceView,
  b: SourceView,
  known: PairsBySources,
  breathe: () => Promise<void>,
): Promise<Measured> {
  const index = await createKeyIndex(calls, a.timed, breathe);
  const curves = await curvesOf(calls, { view: a, index }, b, known.get(pairKey(a.id, b.id)) ?? [], MIN_CAPTURE_SUPPORT, breathe);
  return { a, b, curves, spread: curves[0]?.spread ?? Infinity, support: curves.reduce((sum, { support }) => sum + support, 0) };
}

/** The curve that a call of `b` lies on by the calls of `a` beside it, or NONE. */
function curveOf(calls: CallColumns, at: number, { a, b, curves }: Measured, index: KeyIndex): number {
  let found = NONE;
  let nearest = ON_CURVE;
  const start = numberAt(calls.start, at);
  const reach = ON_CURVE + numberAt(calls.end, at) - start;
  for (const [place, curve] of curves.entries()) {
    const expected = start - offsetAt(curve, start);
    index.near(at, expected - reach, expected + reach, (other) => {
      const distance = Math.abs(differenceOf(calls, other, at) - (start - expected));
      if (distance < nearest && mayMeet(calls, other, a, at, b)) {
        nearest = distance;
        found = place;
      }
      return true;
    });
  }
  return found;
}

const isOff = ({ offsets }: ClockCurve): boolean => offsets.some((offset) => Math.abs(offset) >= MIN_OFFSET);

/** By whole microseconds, as they are kept: what is worked out of kept clocks comes to the same order. */
function move(calls: CallColumns, at: number, curve: ClockCurve): void {
  const offset = Math.round(offsetAt(curve, numberAt(calls.start, at)));
  calls.start[at] = numberAt(calls.start, at) - offset;
  calls.end[at] = numberAt(calls.end, at) - offset;
  calls.offset[at] = numberAt(calls.offset, at) + offset;
}

/** Moves a source with one clock onto that of another. */
function moveWhole(calls: CallColumns, { b, curves }: Measured): boolean {
  const [curve] = curves;
  if (curve === undefined || !isOff(curve)) return false;
  for (const at of b.timed) move(calls, at, curve);
  return true;
}

/**
 * Moves a source that was written by many hosts: each call by the clock of its host's address where the calls beside it agree on one, else by
 * the call beside it; what nothing stands beside goes with the most.
 * Shape: `pairs` have the source as `b`, those that say most first.
 */
async function moveHosts(
  calls: CallColumns,
  b: SourceView,
  pairs: readonly Measured[],
  addresses: Addresses,
  breathe: () => Promise<void>,
): Promise<boolean> {
  const curves = pairs.flatMap((pair) => pair.curves);
  if (!curves.some(isOff)) return false;
  const own = new Map<number, number>();
  const votes = new Map<number, number[]>();
  let before = 0;
  for (const pair of pairs) {
    const index = await createKeyIndex(calls, pair.a.timed, breathe);
    for (const [step, at] of b.timed.entries()) {
      if (step % STRETCH === 0) await breathe();
      const place = own.has(at) ? NONE : curveOf(calls, at, pair, index);
      if (place === NONE) continue;
      own.set(at, before + place);
      const address = addresses.of(numberAt(calls.upstream, at));
      if (address === NONE) continue;
      const list = votes.get(address) ?? curves.map(() => 0);
      list[before + place] = (list[before + place] ?? 0) + 1;
      votes.set(address, list);
    }
    before += pair.curves.length;
    await breathe();
  }
  const byAddress = new Map<number, number>();
  for (const [address, list] of votes) {
    const most = list.indexOf(greatest(list));
    const there = curves[most];
    // Two pairs of sources measure one clock twice: what lies beside is the same clock.
    const agreeing = list.filter((_, place) => areBeside(curves[place], there)).reduce((sum, count) => sum + count, 0);
    if (agreeing >= SURE_SHARE * list.reduce((sum, count) => sum + count, 0)) byAddress.set(address, most);
  }
  await findInnerClocks(calls, b, addresses, curves, byAddress, breathe);
  for (const at of b.timed) {
    const curve = curves[byAddress.get(addresses.of(numberAt(calls.upstream, at))) ?? own.get(at) ?? 0];
    if (curve !== undefined) move(calls, at, curve);
  }
  return true;
}

/**
 * Sets all sources that saw the same traffic on one clock: first those into UTC that were written in local time, then walking outward from the source with most calls over the pairs with most
 * support. Times of `calls` change, so that they must be sorted again. Sources that share nothing with any other keep their clock.
 */
export async function setClocks(
  calls: CallColumns,
  given: readonly SourceView[],
  known: PairsBySources,
  addresses: Addresses,
  breathe: () => Promise<void>,
): Promise<Clocks> {
  const { views, moved: zoned } = await setZones(calls, given, breathe);
  const pairs = await measure(calls, views, known, breathe);
  const set = new Set<number>();
  const moved = new Set<number>();
  const toward = async (b: SourceView): Promise<readonly Measured[]> => {
    const beside = pairs.filter((pair) => (pair.a === b && set.has(pair.b.id)) || (pair.b === b && set.has(pair.a.id)));
    // What was measured between two clocks that have not been set since still holds.
    const isFresh = (pair: Measured): boolean => pair.b === b && !moved.has(pair.a.id) && !moved.has(b.id);
    const measured: Measured[] = [];
    for (const pair of beside)
      measured.push(isFresh(pair) ? pair : await measurePair(calls, pair.a === b ? pair.b : pair.a, b, known, breathe));
    return measured;
  };
  // The spans of many hosts are no clock to set others by, as long as there is another.
  for (const reference of [...views].sort(
    (a, b) => Number(a.isTelemetry) - Number(b.isTelemetry) || b.timed.length - a.timed.length || byName(a, b),
  )) {
    if (set.has(reference.id)) continue;
    set.add(reference.id);
    for (;;) {
      const open = pairs.flatMap(({ a, b }) => (set.has(a.id) === set.has(b.id) ? [] : [set.has(a.id) ? b : a]));
      const next = open.find(({ isTelemetry }) => !isTelemetry) ?? open[0];
      if (next === undefined) break;
      const beside = await toward(next);
      set.add(next.id);
      const best = beside.find(({ a }) => !a.isTelemetry) ?? beside[0];
      const isMoved = next.isTelemetry
        ? await moveHosts(calls, next, beside, addresses, breathe)
        : best !== undefined && moveWhole(calls, best);
      if (isMoved) moved.add(next.id);
    }
  }
  // A host that only a source set later stands beside is known by now.
  for (const view of views.filter(({ id, isTelemetry }) => isTelemetry && set.has(id)))
    if (await moveHosts(calls, view, await toward(view), addresses, breathe)) moved.add(view.id);
  const shared = new Set(pairs.flatMap(({ a, b }) => [a.id, b.id]));
  const [own, alone] = [views.filter(({ id }) => shared.has(id)), views.filter(({ id, isTelemetry }) => !shared.has(id) && !isTelemetry)];
  return { pairs, corrected: moved.size + zoned + setBySiblings(calls, alone, own) };
}
