import { numberAt } from '../../../../lib/numbers.ts';
import type { CallColumns } from '../call-columns.ts';
import type { SourceView } from '../twins/source-views.ts';
import type { KeyIndex } from '../values/key-index.ts';
import { differenceOf, labelOf, mayMeet } from './seeds.ts';

/** Calls that are looked at; a clock is steady on fewer. */
const MAX_CALLS = 4_000;
/** A request that stands oftener than this within reach says nothing of where it belongs. */
const MAX_ALIKE = 40;
/** A method and path that stand oftener than this within reach are left alone, however their queries differ: a walk along them for each call takes minutes. */
const MAX_VISITED = 5_000;
/** Calls looked at between two pauses. */
const STRETCH = 100;
/** Differences of one clock lie in a window as wide as this: one log may write whole seconds. Units: µs. */
const WIDTH = 2_400_000;
/** Fewer calls in the best window may agree by chance. */
const MIN_CALLS = 12;
/** Share of the calls looked at that must lie in it. */
const MIN_SHARE = 0.15;
/** Requests of different kinds or clients that must be among them: two jobs, each at its own beat, always lie equally far apart. */
const MIN_LABELS = 5;
/** How many times as many calls it must hold as any window elsewhere. */
const CLEARLY = 2.5;

interface Difference {
  readonly value: number;
  readonly call: number;
}

/** Differences of all calls of `b` to those of `a` that look alike and are rare within reach, smallest first. */
async function differencesOf(
  calls: CallColumns,
  a: { readonly view: SourceView; readonly index: KeyIndex },
  b: SourceView,
  reach: number,
  breathe: () => Promise<void>,
): Promise<{ readonly found: readonly Difference[]; readonly owners: number }> {
  const found: Difference[] = [];
  let [owners, looked] = [0, 0];
  const step = Math.max(1, Math.ceil(b.timed.length / MAX_CALLS));
  for (let place = 0; place < b.timed.length; place += step) {
    looked += 1;
    if (looked % STRETCH === 0) await breathe();
    const call = numberAt(b.timed, place);
    const start = numberAt(calls.start, call);
    const alike: number[] = [];
    let visited = 0;
    a.index.near(call, start - reach, start + reach, (other) => {
      visited += 1;
      if (mayMeet(calls, other, a.view, call, b)) alike.push(other);
      return alike.length <= MAX_ALIKE && visited <= MAX_VISITED;
    });
    // Those met before the walk was broken off are the earliest, and would draw the difference to one side.
    if (alike.length === 0 || alike.length > MAX_ALIKE || visited > MAX_VISITED) continue;
    owners += 1;
    for (const other of alike) found.push({ value: differenceOf(calls, other, call), call });
  }
  return { found: found.sort((x, y) => x.value - y.value), owners };
}

interface Window {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The window that holds most, of those that lie further than a width from `besides`. Shape: places in `found`. */
function fullest(found: readonly Difference[], besides?: Window): Window {
  const valueAt = (place: number): number => found[place]?.value ?? NaN;
  let best: Window = { from: 0, to: 0, count: 0 };
  for (let from = 0, to = 0; to < found.length; to += 1) {
    while (valueAt(to) - valueAt(from) > WIDTH) from += 1;
    if (to + 1 - from <= best.count) continue;
    const isBeside =
      besides !== undefined && valueAt(to) >= valueAt(besides.from) - WIDTH && valueAt(from) <= valueAt(besides.to - 1) + WIDTH;
    if (!isBeside) best = { from, to: to + 1, count: to + 1 - from };
  }
  return best;
}

/**
 * How far the clock of `b` runs ahead of that of `a`, to the second or so, where they lie further apart than clocks do that somebody keeps:
 * a zone that the stamps do not name, a host that has not asked for the time for months. `undefined` unless one difference stands out clearly.
 * Source:  the peak of the cross-correlation of two event streams, as in `findCurves`, over rare requests and once for all of the source.
 * Units:   µs; differences are looked for within plus and minus `reach`.
 * Example: 400 requests stand in both logs, 380 of them 6,937 s apart and no two others alike: 6,937 s.
 * Cost:    a binary search for each of at most 4,000 calls, and a walk along at most 5,000 of the same method and path.
 */
export async function findCoarseOffset(
  calls: CallColumns,
  a: { readonly view: SourceView; readonly index: KeyIndex },
  b: SourceView,
  reach: number,
  breathe: () => Promise<void>,
): Promise<number | undefined> {
  const { found, owners } = await differencesOf(calls, a, b, reach, breathe);
  const best = fullest(found);
  const within = found.slice(best.from, best.to);
  const agreeing = new Set(within.map(({ call }) => call));
  const labels = new Set([...agreeing].map((call) => labelOf(calls, call)));
  if (agreeing.size < Math.max(MIN_CALLS, MIN_SHARE * owners) || labels.size < MIN_LABELS) return undefined;
  if (best.count < CLEARLY * fullest(found, best).count) return undefined;
  return within[best.count >> 1]?.value;
}
