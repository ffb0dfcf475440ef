import { numberAt } from '../../../lib/numbers.ts';
import { median, sortNumbers } from '../../../lib/stats.ts';

/** A clock is measured anew about this often, so that drift is followed. Units: µs. */
const STRETCH = 3_600 * 1_000_000;
/** Differences that one measurement of a stretch should rest on. */
const STRETCH_SEEDS = 20;
/** Clocks behind one log: hosts that were set alike form one population, and more than three are noise. */
const MAX_CLOCKS = 3;
/** A second clock must explain this share of what there is. */
const MIN_SHARE = 0.15;
/** And this many times what chance would put into a window of that width. */
const ABOVE_CHANCE = 3;
/**
 * What lies on a curve must be of this many methods, paths or clients: two health checks, each at its own beat, always lie equally far apart.
 */
const MIN_LABELS = 3;
/** From one stretch to the next a clock moves less than this. Units: µs. */
const MAX_STEP = 1_000_000;
/** Widths in which differences count as agreeing, narrowest first. Units: µs. Networks jitter by milliseconds, logs of whole seconds by one. */
const WIDTHS = [20_000, 200_000, 1_200_000];
/** A narrow width is good enough when it holds this share of what the widest does. */
const NARROW_SHARE = 0.5;
/** Measurements repeat this often, each around the last, so that drift within a stretch no longer blurs them. */
const ROUNDS = 3;

/** Differences between two clocks, seen at some times. Shape: in time order. Units: µs. */
export interface ClockSeeds {
  readonly times: Float64Array;
  readonly differences: Float64Array;
  /** The call that each was looked for; those of one call stand in a row. */
  readonly owners: Float64Array;
  /** What each was looked for by: method, path and client as one number. */
  readonly labels: Float64Array;
  /** Differences were looked for within plus and minus this. */
  readonly reach: number;
}

/** How far one clock runs ahead of another over time. Units: µs. */
export interface ClockCurve {
  readonly times: readonly number[];
  readonly offsets: readonly number[];
  /** Differences that lie on it. */
  readonly support: number;
  /** Median distance of those from it. */
  readonly spread: number;
}

/** The offset at a time, between two measurements in proportion, outside of them that of the nearest. */
export function offsetAt({ times, offsets }: ClockCurve, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(times, middle) <= time) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return numberAt(offsets, 0);
  if (low === times.length) return numberAt(offsets, low - 1);
  const from = numberAt(times, low - 1);
  const share = (time - from) / (numberAt(times, low) - from);
  return numberAt(offsets, low - 1) + share * (numberAt(offsets, low) - numberAt(offsets, low - 1));
}

interface Peak {
  readonly offset: number;
  readonly count: number;
}

/** The window of `width` that holds most of `sorted`. */
function densest(sorted: ArrayLike<number>, width: number): Peak {
  let best = 0;
  let bestAt = 0;
  for (let low = 0, high = 0; high < sorted.length; high += 1) {
    while (numberAt(sorted, high) - numberAt(sorted, low) > width) low += 1;
    if (high - low + 1 > best) {
      best = high - low + 1;
      bestAt = low;
    }
  }
  return { offset: numberAt(sorted, bestAt + (best >> 1)), count: best };
}

/** Up to three offsets that stand out among the differences of so many calls. Example: 1 1 1.1 90 -14 -14 (in seconds) gives 1 and -14. */
function findPeaks(differences: readonly number[], owners: number, width: number, reach: number): readonly Peak[] {
  let rest: ArrayLike<number> = sortNumbers(differences);
  const peaks: Peak[] = [];
  while (peaks.length < MAX_CLOCKS && rest.length > 0) {
    const peak = densest(rest, width);
    const chance = (rest.length * width) / (2 * reach);
    if (peak.count < Math.max(MIN_SHARE * owners, ABOVE_CHANCE * chance, 2)) break;
    peaks.push(peak);
    rest = Array.from(rest).filter((value) => Math.abs(value - peak.offset) > 2 * width);
  }
  return peaks;
}

/** How many calls the seeds of a run were looked for. */
function ownersIn({ owners }: ClockSeeds, from: number, to: number): number {
  let count = 0;
  for (let place = from; place < to; place += 1) if (place === from || owners[place] !== owners[place - 1]) count += 1;
  return count;
}

/** Runs of seeds that are measured together. */
function* stretchesOf({ times }: ClockSeeds): Generator<readonly [from: number, to: number]> {
  let from = 0;
  for (let to = 1; to <= times.length; to += 1) {
    const isFull = to - from >= STRETCH_SEEDS && numberAt(times, to - 1) - numberAt(times, from) >= STRETCH;
    if (to < times.length && !isFull) continue;
    yield [from, to];
    from = to;
  }
}

const middleTime = ({ times }: ClockSeeds, from: number, to: number): number => (numberAt(times, from) + numberAt(times, to - 1)) / 2;

function widthOf(differences: Float64Array): number {
  const sorted = sortNumbers(differences);
  const widest = WIDTHS.at(-1) ?? 0;
  const most = densest(sorted, widest).count;
  return WIDTHS.find((width) => densest(sorted, width).count >= NARROW_SHARE * most) ?? widest;
}

/** Measures each stretch again around the curve: what drift smeared in a window lies sharp once it is followed. */
function refine(seeds: ClockSeeds, rough: ClockCurve, width: number): ClockCurve {
  let curve = rough;
  for (let round = 0; round < ROUNDS; round += 1) {
    const [times, offsets]: [number[], number[]] = [[], []];
    const distances: number[] = [];
    for (const [from, to] of stretchesOf(seeds)) {
      const near: number[] = [];
      for (let place = from; place < to; place += 1) {
        const distance = numberAt(seeds.differences, place) - offsetAt(curve, numberAt(seeds.times, place));
        if (Math.abs(distance) <= width) near.push(distance);
      }
      if (near.length < 2) continue;
      const shift = median(near);
      const middle = middleTime(seeds, from, to);
      times.push(middle);
      offsets.push(offsetAt(curve, middle) + shift);
      for (const distance of near) distances.push(Math.abs(distance - shift));
    }
    if (times.length === 0) return curve;
    curve = { times, offsets, support: distances.length, spread: median(distances) };
  }
  return curve;
}

function hasVariety(seeds: ClockSeeds, curve: ClockCurve, width: number): boolean {
  const labels = new Set<number>();
  for (let place = 0; place < seeds.times.length && labels.size < MIN_LABELS; place += 1)
    if (Math.abs(numberAt(seeds.differences, place) - offsetAt(curve, numberAt(seeds.times, place))) <= width)
      labels.add(numberAt(seeds.labels, place));
  return labels.size >= MIN_LABELS;
}

/**
 * Finds how far one clock runs ahead of another, over time, from differences most of which may be wrong: those that agree stand out in
 * every stretch, and what stands out in one stretch continues near it in the next. Several curves are several clocks behind one log.
 * Curves that explain less than a share of all, or hardly more than chance, are left out. Best first.
 * Source: the peak of the cross-correlation of two event streams, per hour (resources/decisions, 0013).
 */
export function findCurves(seeds: ClockSeeds, least: number): readonly ClockCurve[] {
  if (seeds.times.length < least) return [];
  const tracks: { times: number[]; offsets: number[]; count: number }[] = [];
  // The width is taken from where most seeds stand close in time, or drift over days would widen it.
  const stretches = [...stretchesOf(seeds)];
  const longest = stretches.reduce((best, next) => (next[1] - next[0] > best[1] - best[0] ? next : best));
  const width = widthOf(seeds.differences.slice(...longest));
  for (const [from, to] of stretches) {
    for (const { offset, count } of findPeaks(
      Array.from(seeds.differences.subarray(from, to)),
      ownersIn(seeds, from, to),
      width,
      seeds.reach,
    )) {
      const track = tracks.find(({ offsets }) => Math.abs((offsets.at(-1) ?? 0) - offset) <= MAX_STEP);
      if (track === undefined) tracks.push({ times: [middleTime(seeds, from, to)], offsets: [offset], count });
      else {
        if (track.times.at(-1) === middleTime(seeds, from, to)) continue;
        track.times.push(middleTime(seeds, from, to));
        track.offsets.push(offset);
        track.count += count;
      }
    }
  }
  const enough = Math.max(least, MIN_SHARE * ownersIn(seeds, 0, seeds.times.length));
  return tracks
    .filter(({ count }) => count >= enough)
    .map(({ times, offsets, count }) => refine(seeds, { times, offsets, support: count, spread: 0 }, width))
    .filter((curve) => curve.support >= enough && hasVariety(seeds, curve, width))
    .sort((a, b) => b.support - a.support)
    .slice(0, MAX_CLOCKS);
}
