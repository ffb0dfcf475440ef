import { numberAt } from '../../../lib/numbers.ts';
import { medianAndMad, median } from '../../../lib/stats.ts';
import type { CallColumns } from './columns.ts';
import { OWN_HOURS, OWN_TOUCHES } from './owners.ts';

const HOUR = 3_600_000_000;
/** Steps between numbers up to this are counting, not looking things up. */
const SMALL_STEP = 3;
/** Share of the objects by which a walk has begun. */
const ONSET_SHARE = 0.1;

/** What going through objects looks like. Shares are between 0 and 1. */
export interface ObjectWalk {
  readonly stepShare: number;
  readonly missShare: number;
  readonly successes: number;
  readonly activeHours: number;
  readonly spanHours: number;
  readonly distinct: number;
  /** When it began. Units: µs. */
  readonly onset: number;
  /** Objects that the caller comes back to: its own, as far as use tells. */
  readonly returnedTo: number;
}

const isMiss = (status: number): boolean => status === 401 || status === 403 || status === 404;

/** Share of steps between numeric ids that are small or all alike; 0 where most ids are no numbers. */
function stepShareOf({ number }: Pick<CallColumns, 'number'>, at: readonly number[]): number {
  const steps: number[] = [];
  for (let index = 1; index < at.length; index += 1) {
    const step = numberAt(number, at[index] ?? -1) - numberAt(number, at[index - 1] ?? -1);
    if (!Number.isNaN(step) && step !== 0) steps.push(step);
  }
  if (steps.length * 2 < at.length) return 0;
  const alike = new Map<number, number>();
  for (const step of steps) alike.set(step, (alike.get(step) ?? 0) + 1);
  const most = [...alike.values()].reduce((best, count) => Math.max(best, count), 0);
  return Math.max(most, steps.filter((step) => Math.abs(step) <= SMALL_STEP).length) / steps.length;
}

/** When a tenth of the different objects had been asked for: a few looks of its own before do not hide when a walk began. Units: µs. */
function onsetOf({ time, object }: Pick<CallColumns, 'time' | 'object'>, at: readonly number[], distinct: number): number {
  const seen = new Set<number>();
  for (const index of at) {
    seen.add(numberAt(object, index));
    if (seen.size >= distinct * ONSET_SHARE) return numberAt(time, index);
  }
  return NaN;
}

/** Objects asked for at least three times, in at least two hours. */
function countReturns({ time, object }: Pick<CallColumns, 'time' | 'object'>, at: readonly number[]): number {
  const uses = new Map<number, { touches: number; readonly hours: Set<number> }>();
  for (const index of at) {
    const use = uses.get(numberAt(object, index)) ?? { touches: 0, hours: new Set<number>() };
    uses.set(numberAt(object, index), use);
    use.touches += 1;
    use.hours.add(Math.floor(numberAt(time, index) / HOUR));
  }
  return [...uses.values()].filter(({ touches, hours }) => touches >= OWN_TOUCHES && hours.size >= OWN_HOURS).length;
}

/** Looks at one caller's calls to the objects of one collection, in time order. */
export function objectWalk(columns: CallColumns, at: readonly number[]): ObjectWalk {
  const status = at.map((index) => numberAt(columns.status, index));
  const first = numberAt(columns.time, at[0] ?? -1);
  const last = numberAt(columns.time, at.at(-1) ?? -1);
  const distinct = new Set(at.map((index) => numberAt(columns.object, index))).size;
  return {
    stepShare: stepShareOf(columns, at),
    missShare: status.filter(isMiss).length / Math.max(1, at.length),
    successes: status.filter((value) => value >= 200 && value < 300).length,
    activeHours: new Set(at.map((index) => Math.floor(numberAt(columns.time, index) / HOUR))).size,
    spanHours: (last - first) / HOUR,
    distinct,
    onset: onsetOf(columns, at, distinct),
    returnedTo: countReturns(columns, at),
  };
}

/** How evenly the calls are spread over their time. */
export interface Cadence {
  /** Robust coefficient of variation of the pauses: below 0.3 a clock sets the pace. */
  readonly spread: number;
  /** R² of distinct objects over time: 1 is a straight line. */
  readonly straightness: number;
}

/** The pace at which new objects come. */
export function cadenceOf(columns: Pick<CallColumns, 'time' | 'object'>, at: readonly number[]): Cadence {
  const gaps: number[] = [];
  const seen = new Set<number>();
  const points: [number, number][] = [];
  for (const [order, index] of at.entries()) {
    if (order > 0) gaps.push(numberAt(columns.time, index) - numberAt(columns.time, at[order - 1] ?? -1));
    seen.add(numberAt(columns.object, index));
    points.push([numberAt(columns.time, index), seen.size]);
  }
  const { median: middle, mad } = medianAndMad(gaps);
  return { spread: middle > 0 ? (1.4826 * mad) / middle : 1, straightness: squaredCorrelation(points) };
}

function squaredCorrelation(points: readonly (readonly [number, number])[]): number {
  if (points.length < 3) return 0;
  const centre = median(points.map(([x]) => x));
  const [meanX, meanY] = [0, 1].map((axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / points.length);
  let [xy, xx, yy] = [0, 0, 0];
  for (const [x, y] of points) {
    // Times are large: their distance from the middle keeps the digits.
    const dx = x - centre - ((meanX ?? 0) - centre);
    const dy = y - (meanY ?? 0);
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx === 0 || yy === 0 ? 0 : (xy * xy) / (xx * yy);
}
