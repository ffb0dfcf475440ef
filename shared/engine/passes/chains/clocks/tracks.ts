import { numberAt } from '../../../../lib/numbers.ts';
import { sortNumbers } from '../../../../lib/stats.ts';
import { ownersIn, STRETCH, type ClockSeeds, type Stretches } from './stretches.ts';

/** Clocks behind one log: hosts that were set alike form one population, and more than three are noise. */
export const MAX_CLOCKS = 3;
/** A second clock must explain this share of what there is. */
export const MIN_SHARE = 0.15;
/** And this many times what chance would put into a window of that width. */
const ABOVE_CHANCE = 3;
/** From one stretch to the next a clock moves less than this. Units: µs. */
const MAX_STEP = 1_000_000;
/** Widths in which differences count as agreeing, narrowest first. Units: µs. Networks jitter by milliseconds, logs of whole seconds by one. */
const WIDTHS = [20_000, 200_000, 1_200_000];
/** A narrow width is good enough when it holds this share of what the widest does. */
const NARROW_SHARE = 0.5;

/** A curve is given at two times of each stretch, where a line of its own begins and ends. */
export interface Knots {
  readonly times: number[];
  readonly offsets: number[];
}

/** Adds the line of one stretch. */
export function addLine({ times, offsets }: Knots, from: number, to: number, heightOf: (time: number) => number): void {
  times.push(from, to);
  offsets.push(heightOf(from), heightOf(to));
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

/** The narrowest width in which differences agree nearly as well as in the widest. */
export function widthOf(differences: Float64Array): number {
  const sorted = sortNumbers(differences);
  const widest = WIDTHS.at(-1) ?? 0;
  const most = densest(sorted, widest).count;
  return WIDTHS.find((width) => densest(sorted, width).count >= NARROW_SHARE * most) ?? widest;
}

/** What stood out in stretch after stretch and may be one clock. */
export interface Track extends Knots {
  until: number;
  count: number;
}

/** Joins what stands out in each stretch to what stood out near it before, the longer ago the further off. */
export function follow(seeds: ClockSeeds, stretches: Stretches, width: number): readonly Track[] {
  const tracks: Track[] = [];
  for (const [from, to] of stretches) {
    const [begin, end] = [numberAt(seeds.times, from), numberAt(seeds.times, to - 1)];
    const open = new Set(tracks);
    const differences = Array.from(seeds.differences.subarray(from, to));
    for (const { offset, count } of findPeaks(differences, ownersIn(seeds, from, to), width, seeds.reach)) {
      const stepTo = ({ offsets }: Track): number => Math.abs(numberAt(offsets, offsets.length - 1) - offset);
      const [nearest] = [...open].sort((a, b) => stepTo(a) - stepTo(b));
      const isNear = nearest !== undefined && stepTo(nearest) <= MAX_STEP * Math.max(1, (begin - nearest.until) / STRETCH);
      const track = isNear ? nearest : { times: [], offsets: [], until: end, count: 0 };
      if (!isNear) tracks.push(track);
      open.delete(track);
      addLine(track, begin, end, () => offset);
      track.until = end;
      track.count += count;
    }
  }
  return tracks;
}
