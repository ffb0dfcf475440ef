import { numberAt } from '../../../../lib/numbers.ts';
import { heightAt, resistantLine } from '../../../../lib/resistant-line.ts';
import { median } from '../../../../lib/stats.ts';
import { ownersIn, stretchesOf, type ClockSeeds, type Stretches } from './stretches.ts';
import { addLine, follow, MAX_CLOCKS, MIN_SHARE, widthOf, type Knots } from './tracks.ts';

/**
 * What lies on a curve must be of this many methods, paths or clients: two health checks, each at its own beat, always lie equally far apart.
 */
const MIN_LABELS = 3;
/** Measurements repeat this often, each around the last, so that drift within a stretch no longer blurs them. */
const ROUNDS = 3;

/** Two measurements of one clock differ by no more than this. Units: µs. */
const BESIDE = 300_000;

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

/**
 * True for two measurements of one clock, as two pairs of sources give them. They need not begin at one time, and a clock that drifts stood
 * otherwise then.
 */
export const areBeside = (a: ClockCurve | undefined, b: ClockCurve | undefined): boolean =>
  a !== undefined && b?.times.some((time, place) => Math.abs(offsetAt(a, time) - numberAt(b.offsets, place)) <= BESIDE) === true;

/** Continues the first and the last line by half of their length: a clock that drifted while it was measured did so before and after. */
function prolong({ times, offsets }: Knots): Knots {
  const beyond = (outer: number, inner: number): readonly [time: number, offset: number] => [
    numberAt(times, outer) + (numberAt(times, outer) - numberAt(times, inner)) / 2,
    numberAt(offsets, outer) + (numberAt(offsets, outer) - numberAt(offsets, inner)) / 2,
  ];
  const [[before, first], [after, last]] = [beyond(0, 1), beyond(times.length - 1, times.length - 2)];
  return { times: [before, ...times, after], offsets: [first, ...offsets, last] };
}

/**
 * Lays a line through each stretch of what lies near the curve, and again near the lines found: what drift smeared in a window lies sharp once it
 * is followed.
 */
function refine(seeds: ClockSeeds, stretches: Stretches, rough: ClockCurve, width: number): ClockCurve {
  let curve = rough;
  for (let round = 0; round < ROUNDS; round += 1) {
    const knots: Knots = { times: [], offsets: [] };
    const distances: number[] = [];
    for (const [from, to] of stretches) {
      const [near, nearTimes]: [number[], number[]] = [[], []];
      for (let place = from; place < to; place += 1) {
        const time = numberAt(seeds.times, place);
        const distance = numberAt(seeds.differences, place) - offsetAt(curve, time);
        if (Math.abs(distance) > width) continue;
        near.push(distance);
        nearTimes.push(time);
      }
      if (near.length < 2) continue;
      const line = resistantLine(nearTimes, near);
      const before = curve;
      addLine(knots, numberAt(seeds.times, from), numberAt(seeds.times, to - 1), (time) => offsetAt(before, time) + heightAt(line, time));
      for (const [place, distance] of near.entries()) distances.push(Math.abs(distance - heightAt(line, numberAt(nearTimes, place))));
    }
    if (knots.times.length === 0) return curve;
    curve = { ...prolong(knots), support: distances.length, spread: median(distances) };
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
  // The width is taken from where most seeds stand close in time, or drift over days would widen it.
  const stretches = stretchesOf(seeds);
  const longest = stretches.reduce((best, next) => (next[1] - next[0] > best[1] - best[0] ? next : best));
  const width = widthOf(seeds.differences.slice(...longest));
  const enough = Math.max(least, MIN_SHARE * ownersIn(seeds, 0, seeds.times.length));
  return follow(seeds, stretches, width)
    .filter(({ count }) => count >= enough)
    .map(({ times, offsets, count }) => refine(seeds, stretches, { times, offsets, support: count, spread: 0 }, width))
    .filter((curve) => curve.support >= enough && hasVariety(seeds, curve, width))
    .sort((a, b) => b.support - a.support)
    .slice(0, MAX_CLOCKS);
}
