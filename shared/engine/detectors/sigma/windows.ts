import { assertNever } from '../../../lib/assert.ts';
import type { Bound, Correlation } from '../../../sigma/rule.ts';

/** Events that a queue may have let go of before it is cut. */
const DROPPED = 4_096;

/** One event of a correlation. `part`: which of its rules it fits · `value`: of the field that is counted or computed with. */
export interface Event {
  readonly call: number;
  /** Units: µs. */
  readonly time: number;
  readonly part: number;
  readonly value: string | number | null;
}

const holds = (bounds: readonly Bound[], value: number): boolean =>
  bounds.every(({ op, value: bound }) => {
    switch (op) {
      case '>':
        return value > bound;
      case '>=':
        return value >= bound;
      case '<':
        return value < bound;
      case '<=':
        return value <= bound;
      case '=':
        return value === bound;
      case '!=':
        return value !== bound;
      default:
        return assertNever(op, 'bound');
    }
  });

/** A window that fits: its events, and the one that crossed the line. */
export interface Hit {
  readonly calls: readonly number[];
  readonly crossedAt: number;
  /** When it was crossed. Units: µs. */
  readonly at: number;
}

/** Tells the windows of one group that fit; fed with its events in order of time. */
export interface Watcher {
  readonly add: (event: Event) => Hit | undefined;
  /** After the last event of the group. */
  readonly end: () => Hit | undefined;
}

/** Makes the watcher of a correlation for one group. */
export function watcherOf(correlation: Correlation): Watcher {
  const { type } = correlation;
  if (type === 'temporal_ordered') return orderedWatcher(correlation);
  const isMonotonous = correlation.bounds.every(({ op }) => op === '>' || op === '>=');
  const slides = type === 'temporal' || ((type === 'event_count' || type === 'value_count' || type === 'value_sum') && isMonotonous);
  return slides ? slidingWatcher(correlation) : steppedWatcher(correlation);
}

/**
 * A window that ends at each event in turn, for what can only grow with more events: counts and sums above a bound, and rules seen
 * together. All events of a window that fits belong to the hit.
 */
function slidingWatcher(correlation: Correlation): Watcher {
  const { type, timespan, bounds } = correlation;
  const queue: Event[] = [];
  let head = 0;
  let told = 0;
  let sum = 0;
  const counts = new Map<string | number, number>();
  const keyOf = (event: Event): string | number | null => (type === 'temporal' ? event.part : event.value);
  const change = (event: Event, by: 1 | -1): void => {
    if (type === 'value_sum') sum += by * numberOf(event.value);
    const key = keyOf(event);
    if (key === null) return;
    const count = (counts.get(key) ?? 0) + by;
    if (count === 0) counts.delete(key);
    else counts.set(key, count);
  };
  const fits = (): boolean => {
    if (type === 'temporal') return bounds.length === 0 ? counts.size === new Set(correlation.rules).size : holds(bounds, counts.size);
    return holds(bounds, type === 'event_count' ? queue.length - head : type === 'value_count' ? counts.size : sum);
  };
  return {
    add(event) {
      queue.push(event);
      change(event, 1);
      for (let first = queue[head]; first !== undefined && event.time - first.time > timespan; first = queue[head]) {
        change(first, -1);
        head += 1;
      }
      if (head > DROPPED && head * 2 > queue.length) {
        told = Math.max(0, told - head);
        queue.splice(0, head);
        head = 0;
      }
      if (!fits()) return undefined;
      // Each event is told once, however many windows hold it.
      const calls = queue.slice(Math.max(head, told)).map(({ call }) => call);
      told = queue.length;
      return { calls, crossedAt: event.call, at: event.time };
    },
    end: () => undefined,
  };
}

const numberOf = (value: string | number | null): number => {
  const number = typeof value === 'number' ? value : value === null || value === '' ? 0 : Number(value);
  return Number.isFinite(number) ? number : 0;
};

/**
 * Windows one after the other, each from its first event on, for what more events can undo: averages, percentiles, equality and
 * upper bounds.
 */
function steppedWatcher(correlation: Correlation): Watcher {
  let events: Event[] = [];
  const close = (): Hit | undefined => {
    const closed = events;
    events = [];
    const last = closed.at(-1);
    if (last === undefined) return undefined;
    const calls = fitting(correlation, closed);
    return calls.length === 0 ? undefined : { calls, crossedAt: calls.at(-1) ?? last.call, at: last.time };
  };
  return {
    add(event) {
      const [first] = events;
      const hit = first !== undefined && event.time - first.time > correlation.timespan ? close() : undefined;
      events.push(event);
      return hit;
    },
    end: close,
  };
}

/** The calls of a window that fit, none when it does not. */
function fitting(correlation: Correlation, events: readonly Event[]): readonly number[] {
  const { type, bounds, percentile } = correlation;
  const calls = events.map(({ call }) => call);
  const all = (value: number): readonly number[] => (holds(bounds, value) ? calls : []);
  const values = events.flatMap(({ value }) => (value === null ? [] : [numberOf(value)]));
  switch (type) {
    case 'event_count':
      return all(events.length);
    case 'value_count':
      return all(new Set(events.flatMap(({ value }) => (value === null ? [] : [value]))).size);
    case 'value_sum':
      return all(values.reduce((sum, value) => sum + value, 0));
    case 'value_avg':
      return values.length === 0 ? [] : all(values.reduce((sum, value) => sum + value, 0) / values.length);
    case 'value_median':
      return values.length === 0 ? [] : all(percentileOf(values, 50));
    case 'value_percentile':
      if (percentile === undefined) return rareCalls(bounds, events);
      return values.length === 0 ? [] : all(percentileOf(values, percentile));
    case 'temporal':
    case 'temporal_ordered':
      return [];
    default:
      return assertNever(type, 'correlation');
  }
}

/** Nearest rank: the least value that at least that share of all values do not exceed. */
function percentileOf(values: readonly number[], percentile: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)] ?? 0;
}

/** Without a percentile of its own the bound is on the share of a value among all of the window, in per cent: what is rare. */
function rareCalls(bounds: readonly Bound[], events: readonly Event[]): readonly number[] {
  const counts = new Map<string | number, number>();
  for (const { value } of events) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return events.flatMap(({ call, value }) => value !== null && holds(bounds, ((counts.get(value) ?? 0) / events.length) * 100) ? [call] : []); // prettier-ignore
}

/** The latest way through the rules in their order; a hit when it comes to the last within the time. */
function orderedWatcher({ timespan, rules }: Correlation): Watcher {
  const ways: { readonly start: number; readonly calls: readonly number[] }[] = [];
  return {
    add(event) {
      const before = event.part === 0 ? { start: event.time, calls: [] } : ways[event.part - 1];
      if (before === undefined || event.time - before.start > timespan || before.calls.includes(event.call)) return undefined;
      const way = { start: before.start, calls: [...before.calls, event.call] };
      ways[event.part] = way;
      return event.part === rules.length - 1 ? { calls: way.calls, crossedAt: event.call, at: event.time } : undefined;
    },
    end: () => undefined,
  };
}
