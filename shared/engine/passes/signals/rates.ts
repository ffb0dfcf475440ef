import { addTo } from '../../../lib/group-values.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { countSurprise } from '../../../lib/count-tail.ts';

/** Pseudo-days of the peers' rate that a principal's own is mixed with. Source: science notes 3.3, 1. */
const KAPPA = 2;
const HOURS = 24;

/** Calls of one principal by hour of the evidence, the number of the hour counted from 1970. */
export interface HourCounts {
  readonly principal: number;
  readonly group: string;
  readonly counts: ReadonlyMap<number, number>;
}

/** Share of a group's calls that falls into each hour of the day; evenly where it has none. */
function shapeOf(members: readonly HourCounts[]): Float64Array {
  const shape = new Float64Array(HOURS).fill(1);
  for (const { counts } of members) {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    // Every member has one vote: the busiest must not be the whole group.
    for (const [hour, count] of counts) shape[hour % HOURS] = numberAt(shape, hour % HOURS) + count / total;
  }
  const sum = shape.reduce((total, value) => total + value, 0);
  return shape.map((value) => value / sum);
}

/** Sums of one principal's counts, so that an expectation costs no pass over them. */
interface HourSums {
  readonly total: number;
  readonly byHour: Float64Array;
  readonly byDay: ReadonlyMap<number, number>;
}

function sumsOf({ counts }: HourCounts): HourSums {
  const byHour = new Float64Array(HOURS);
  const byDay = new Map<number, number>();
  let total = 0;
  for (const [hour, count] of counts) {
    total += count;
    byHour[hour % HOURS] = numberAt(byHour, hour % HOURS) + count;
    byDay.set(Math.floor(hour / HOURS), (byDay.get(Math.floor(hour / HOURS)) ?? 0) + count);
  }
  return { total, byHour, byDay };
}

/** What is expected of principals in an hour. */
export interface RateModel {
  /** Calls expected of a principal in an hour, learned without the day of that hour. */
  readonly expected: (own: HourCounts, hour: number) => number;
  /** Negative-binomial size of a group: small where rates vary much. */
  readonly size: (group: string) => number;
  /** How rare a count is, −log10. */
  readonly surprise: (own: HourCounts, hour: number, count: number) => number;
}

/**
 * Gamma–Poisson rates by hour of the day: the shape comes from the peers, the level from the principal. The day in question is left out,
 * so that an incident is not its own excuse.
 * Shape:  the rate is (calls at this hour on other days + κ · level · shape) / (other days + κ), κ = 2 days; the level is the
 *         principal's mean day, mixed with one day of its group's.
 * Source: science notes 3.3, 1; Hawryluk et al. (2022), "Peer group behaviour analytics with hierarchical Poisson models".
 */
export function learnRates(members: readonly HourCounts[], days: number): RateModel {
  const groups = new Map<string, HourCounts[]>();
  for (const member of members) addTo(groups, member.group, member);
  const shapes = new Map([...groups].map(([name, own]) => [name, shapeOf(own)]));
  const sums = new Map(members.map((own) => [own, sumsOf(own)]));
  const levels = new Map(
    [...groups].map(([name, own]) => {
      const sorted = own.map((member) => (sums.get(member)?.total ?? 0) / days).sort((a, b) => a - b);
      return [name, numberAt(sorted, sorted.length >> 1)];
    }),
  );
  const others = Math.max(0, days - 1);
  const expected = (own: HourCounts, hour: number): number => {
    const day = Math.floor(hour / HOURS);
    const { total, byHour, byDay } = sums.get(own) ?? sumsOf(own);
    const sameHour = numberAt(byHour, hour % HOURS) - (own.counts.get(hour) ?? 0);
    const elsewhere = total - (byDay.get(day) ?? 0);
    const level = (elsewhere + (levels.get(own.group) ?? 0)) / (others + 1);
    const shape = numberAt(shapes.get(own.group) ?? new Float64Array(HOURS).fill(1 / HOURS), hour % HOURS);
    return (sameHour + KAPPA * level * shape) / (others + KAPPA);
  };
  const sizes = new Map([...groups].map(([name, own]) => [name, sizeOf(own, expected)]));
  const size = (group: string): number => sizes.get(group) ?? 1;
  return { expected, size, surprise: (own, hour, count) => countSurprise(count, expected(own, hour), size(own.group)) };
}

/** Counts further out than this many expectations do not widen what is usual. */
const TRIM = 20;

/** Negative-binomial size by moments over active hours, wild ones trimmed: variance = mean + mean²/size. */
function sizeOf(members: readonly HourCounts[], expected: RateModel['expected']): number {
  let squares = 0;
  let excess = 0;
  for (const own of members) {
    for (const [hour, count] of own.counts) {
      const mean = expected(own, hour);
      if (count > mean * TRIM && count > TRIM) continue;
      squares += mean * mean;
      excess += (count - mean) ** 2 - mean;
    }
  }
  return excess <= 0 ? 1_000 : Math.min(1_000, Math.max(0.1, squares / excess));
}
