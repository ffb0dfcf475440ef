import { findRise, DECISION, type Rise } from '../../../lib/cusum.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { falseDiscoveryRates, rarityOf } from '../../../lib/rarity.ts';
import type { Hole } from '../../store/read/gaps/holes.ts';
import { principalRanges } from './columns.ts';
import { HOURS, ratesOf, shapeOf } from './habit-rates.ts';
import { usualReference } from './peers.ts';
import type { Signal, SignalInput, SignalKind } from './signal.ts';

const HOUR = 3_600_000_000;
const DAY = HOURS * HOUR;
/** Fewer calls in the baseline window show no level. */
const MIN_KNOWN = 40;
/** A level needs every hour of the day. Units: µs. */
const MIN_REFERENCE = DAY;
/** One hour counts for no more than this many deviations: what a single hour shows is a burst, and told as one. */
const MOST_OF_AN_HOUR = 3;
/** A caller's own past swings this far without a reason; the line lies so many times above it. */
const BEYOND_OWN = 1.5;
/** Shorter rises are bursts. Units: hours, and hours with a call. */
const MIN_HOURS = 6;
/** Against what is expected; smaller shifts are weather. */
const MIN_RATIO = 1.5;
/** Share of what is too much that one hour may hold; else it is a burst with calm around it. */
const MAX_OF_ONE = 0.5;
/** Share of the mean hour that is expected of every hour, so that the first call of a night is no wonder. */
const LEAST_EXPECTED = 0.25;
/** Calls that all others together are given for nothing when their rise is measured. */
const CALM = 5;

/** What is counted of an hour, and how much more of it than expected is worth a word. */
const MEASURES = [
  { id: 'calls', least: 60 },
  { id: 'objects', least: 40 },
  { id: 'bytes', least: 5_000_000 },
] as const;

type Measure = (typeof MEASURES)[number]['id'];

/** One caller hour by hour, from the first hour of the evidence on. */
interface HourSeries {
  readonly calls: Float64Array;
  readonly objects: Float64Array;
  readonly bytes: Float64Array;
}

/** The hours that are looked at: places of the first one, of those that tell what is usual, and their number. */
interface Hours {
  readonly first: number;
  readonly count: number;
  /** Hours before this place tell what is usual; those from here on are asked. */
  readonly known: number;
}

function hoursOf({ start, end, baselineTo }: SignalInput): Hours {
  const first = Math.floor(start / HOUR);
  const count = Math.floor(end / HOUR) - first + 1;
  return { first, count, known: baselineTo === undefined ? 0 : Math.floor((Math.min(end, baselineTo) + 1) / HOUR) - first };
}

function readSeries({ columns }: SignalInput, { first, count }: Hours, from: number, to: number): HourSeries {
  const [calls, objects, bytes] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  let [hour, seen] = [-1, new Set<number>()];
  for (let at = from; at < to; at += 1) {
    const place = Math.floor(numberAt(columns.time, at) / HOUR) - first;
    if (place !== hour) [hour, seen] = [place, new Set()];
    calls[place] = numberAt(calls, place) + 1;
    const [object, size] = [numberAt(columns.object, at), numberAt(columns.bytes, at)];
    if (object !== 0 && !seen.has(object)) {
      seen.add(object);
      objects[place] = numberAt(objects, place) + 1;
    }
    if (!Number.isNaN(size)) bytes[place] = numberAt(bytes, place) + size;
  }
  return { calls, objects, bytes };
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** Hours of the evidence that a missing log would have told of: 1 for each, by place. */
function unknownHours(holes: readonly Hole[], { first, count }: Hours): Uint8Array {
  const unknown = new Uint8Array(count);
  for (const { from, to } of holes)
    unknown.fill(1, Math.max(0, Math.floor(from / HOUR) - first), Math.max(0, Math.ceil(to / HOUR) - first));
  return unknown;
}

/**
 * Calls of the known hours by hour of the day, as many as if no log were missing: the hours that it leaves are taken for those that it does not, and an hour
 * of the day that it leaves none of for what peers do in it.
 * Example: 6 calls at noon of one day and the log of the other noon missing make 12 at noon of two days.
 */
function ownHours(calls: Float64Array, unknown: Uint8Array, hours: Hours, shape: Float64Array): Float64Array {
  if (!unknown.subarray(0, hours.known).includes(1)) return byHourOfDay(calls, hours);
  const told = Float64Array.from(unknown, (is) => 1 - is);
  const own = byHourOfDay(
    calls.map((count, place) => count * numberAt(told, place)),
    hours,
  );
  const all = byHourOfDay(new Float64Array(hours.count).fill(1), hours);
  const seen = byHourOfDay(told, hours);
  const filled = own.map((count, hour) => (numberAt(seen, hour) === 0 ? 0 : (count * numberAt(all, hour)) / numberAt(seen, hour)));
  const share = shape.reduce((sum, part, hour) => (numberAt(seen, hour) === 0 ? sum : sum + part), 0);
  const level = share === 0 ? 0 : sumOf(filled) / share;
  return filled.map((count, hour) => (numberAt(seen, hour) === 0 ? level * numberAt(shape, hour) : count));
}

/** Calls of the known hours by hour of the day. */
function byHourOfDay(calls: Float64Array, { first, known }: Hours): Float64Array {
  const hours = new Float64Array(HOURS);
  for (let place = 0; place < known; place += 1) {
    const hour = (first + place) % HOURS;
    hours[hour] = numberAt(hours, hour) + numberAt(calls, place);
  }
  return hours;
}

/** All callers of one kind together. */
interface Kind {
  readonly calls: Float64Array;
  readonly shape: Float64Array;
  readonly rates: Float64Array;
}

function kindsOf(input: SignalInput, hours: Hours): ReadonlyMap<string, Kind> {
  const totals = new Map<string, Float64Array>();
  for (const { principal, from, to } of principalRanges(input.columns)) {
    const kind = input.kinds.get(principal) ?? 'unknown';
    const calls = totals.get(kind) ?? new Float64Array(hours.count);
    totals.set(kind, calls);
    for (let at = from; at < to; at += 1) {
      const place = Math.floor(numberAt(input.columns.time, at) / HOUR) - hours.first;
      calls[place] = numberAt(calls, place) + 1;
    }
  }
  const days = Math.max(1, hours.known / HOURS);
  return new Map(
    [...totals].map(([kind, calls]): [string, Kind] => {
      const own = byHourOfDay(calls, hours);
      const shape = shapeOf(own);
      return [kind, { calls, shape, rates: ratesOf(own, shape, days) }];
    }),
  );
}

/** What is expected of a caller in each hour, in calls, and the same by its level and its peers' hours alone. */
interface Expected {
  readonly calls: Float64Array;
  readonly byPeers: Float64Array;
}

/**
 * The caller's rate of the hour, raised as far as all others of its kind rose in that very hour: a release, a sale or a Monday moves
 * everybody. An imported baseline goes before the evidence's own.
 */
function expectedOf(input: SignalInput, hours: Hours, principal: number, calls: Float64Array, kind: Kind, unknown: Uint8Array): Expected {
  const days = Math.max(1, hours.known / HOURS);
  const own = ownHours(calls, unknown, hours, kind.shape);
  const rates = Float64Array.from(input.importedRates(principal) ?? ratesOf(own, kind.shape, days));
  // The rates of all hold the caller's calls as they were seen, without those of a missing log.
  const within = unknown.includes(1) ? ratesOf(byHourOfDay(calls, hours), kind.shape, days) : rates;
  const level = sumOf(rates);
  const expected: Expected = { calls: new Float64Array(hours.count), byPeers: new Float64Array(hours.count) };
  for (let place = 0; place < hours.count; place += 1) {
    const hour = (hours.first + place) % HOURS;
    const rate = numberAt(rates, hour);
    const others = numberAt(kind.calls, place) - numberAt(calls, place);
    const raised =
      place < hours.known ? 1 : Math.max(1, (others + CALM) / (Math.max(0, numberAt(kind.rates, hour) - numberAt(within, hour)) + CALM));
    const least = (LEAST_EXPECTED * level) / HOURS;
    expected.calls[place] = Math.max(least, rate) * raised;
    expected.byPeers[place] = Math.max(least, level * numberAt(kind.shape, hour));
  }
  return expected;
}

/**
 * Deviations of each hour from what is expected of it. Their spread is that of the known hours around the level in the peers' hours: an
 * own hour of the day was seen once or twice, and would always seem to be as expected. Too few calls in an unknown hour deviate from nothing.
 */
function deviationsOf(
  values: Float64Array,
  each: number,
  { calls, byPeers }: Expected,
  { count, known }: Hours,
  unknown: Uint8Array,
): Float64Array {
  let [spread, told] = [0, 0];
  for (let place = 0; place < known; place += 1) {
    if (unknown[place] === 1) continue;
    const usual = each * numberAt(byPeers, place);
    spread += (numberAt(values, place) - usual) ** 2 / usual;
    told += 1;
  }
  const size = told === 0 ? each : Math.max(each, spread / told);
  return Float64Array.from({ length: count }, (_, place) => {
    const usual = each * numberAt(calls, place);
    const deviation = Math.min(MOST_OF_AN_HOUR, (numberAt(values, place) - usual) / Math.sqrt(size * usual));
    return unknown[place] === 1 ? Math.max(0, deviation) : deviation;
  });
}

/** A caller whose level rose, by one measure. Places are hours from the first of the evidence on. */
interface Drift extends Rise {
  readonly measure: Measure;
  readonly seen: number;
  readonly expected: number;
}

/** Far enough, long enough, and in no single hour. */
function isWorthTelling(
  { seen, expected }: Pick<Drift, 'seen' | 'expected'>,
  values: Float64Array,
  { from, to }: Rise,
  least: number,
): boolean {
  const span = values.subarray(from, to + 1);
  const active = span.filter((value) => value > 0).length;
  const most = span.reduce((highest, value) => Math.max(highest, value), 0);
  return active >= MIN_HOURS && seen >= MIN_RATIO * expected && seen - expected >= least && most <= MAX_OF_ONE * (seen - expected);
}

/** The highest rise of a caller after the known hours, and the sum that all callers are ranked by. */
function judge(
  series: HourSeries,
  expected: Expected,
  hours: Hours,
  unknown: Uint8Array,
): { readonly sum: number; readonly drift: Drift | undefined } {
  const known = sumOf(series.calls.subarray(0, hours.known));
  const drifts: Drift[] = [];
  let sum = 0;
  for (const { id, least } of MEASURES) {
    const values = series[id];
    const usually = sumOf(values.subarray(0, hours.known));
    // Without known hours an imported baseline tells calls, and nothing of what each brings.
    const each = id === 'calls' ? 1 : known === 0 ? 0 : usually / known;
    if (each === 0) continue;
    const deviations = deviationsOf(values, each, expected, hours, unknown);
    const before = findRise(deviations.subarray(0, hours.known), { decision: 0 })?.sum ?? 0;
    const after = deviations.subarray(hours.known);
    sum = Math.max(sum, findRise(after, { decision: 0 })?.sum ?? 0);
    const rise = findRise(after, { decision: Math.max(DECISION, BEYOND_OWN * before) });
    if (rise === undefined) continue;
    const moved = { ...rise, from: rise.from + hours.known, to: rise.to + hours.known, crossed: rise.crossed + hours.known };
    const seen = sumOf(values.subarray(moved.from, moved.to + 1));
    const usual = each * sumOf(expected.calls.subarray(moved.from, moved.to + 1));
    if (isWorthTelling({ seen, expected: usual }, values, moved, least)) drifts.push({ ...moved, measure: id, seen, expected: usual });
  }
  return { sum, drift: drifts.reduce<Drift | undefined>((best, next) => (next.sum > (best?.sum ?? 0) ? next : best), undefined) };
}

/** Calls within the rise; of a rise in objects those that name one. */
function callsOf({ columns }: SignalInput, { first }: Hours, { measure, from, to }: Drift, low: number, high: number): readonly number[] {
  const at: number[] = [];
  for (let index = low; index < high; index += 1) {
    const place = Math.floor(numberAt(columns.time, index) / HOUR) - first;
    if (place >= from && place <= to && (measure !== 'objects' || numberAt(columns.object, index) !== 0)) at.push(index);
  }
  return at;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/**
 * Callers whose calls, different objects or bytes rose a little and stayed up, hour after hour, so that no single hour shows it.
 * Source: science notes 3.3, 1 for what is expected; detections.md, 6.0 for the sum. Cost: two passes over the columns, and for each caller its hours.
 */
export const drift: SignalKind = {
  id: 'drift',
  async find(input) {
    const hours = hoursOf(input);
    const imported = [...input.kinds.keys()].some((principal) => input.importedRates(principal) !== undefined);
    if (!Number.isFinite(input.start) || (hours.known * HOUR < MIN_REFERENCE && !imported)) return [];
    const kinds = kindsOf(input, hours);
    await input.context.breathe();
    const judged: { readonly principal: number; readonly kind: string; readonly sum: number; readonly drift: Drift | undefined; readonly from: number; readonly to: number }[] = [];
    for (const { principal, from, to } of principalRanges(input.columns)) {
      const name = input.kinds.get(principal) ?? 'unknown';
      const kind = kinds.get(name);
      if (kind === undefined || to - from < MIN_KNOWN) continue;
      const series = readSeries(input, hours, from, to);
      const isKnown = sumOf(series.calls.subarray(0, hours.known)) >= MIN_KNOWN || input.importedRates(principal) !== undefined;
      if (!isKnown) continue;
      const unknown = unknownHours(input.holesOf(principal), hours);
      const { sum, drift: found } = judge(series, expectedOf(input, hours, principal, series.calls, kind, unknown), hours, unknown);
      judged.push({ principal, kind: name, sum, drift: found, from, to });
      if (judged.length % 500 === 0) await input.context.breathe();
    }
    const sums = new Map([...kinds.keys()].map((name) => [name, judged.filter(({ kind }) => kind === name).map(({ sum }) => sum)]));
    const references = new Map([...sums].map(([name, values]) => [name, usualReference(values)]));
    const p = judged.map(({ kind, sum }) => rarityOf(sum, references.get(kind) ?? usualReference([])));
    const q = falseDiscoveryRates(p);
    return judged.flatMap(({ principal, kind, drift: found, from, to }, index): readonly Signal[] => {
      if (found === undefined) return [];
      const at = callsOf(input, hours, found, from, to);
      const [first] = at;
      if (first === undefined) return [];
      const facts = {
        measure: found.measure,
        seen: Math.round(found.seen),
        expected: rounded(found.expected),
        ratio: rounded(found.seen / found.expected),
        sum: rounded(found.sum),
        hours: found.to - found.from + 1,
        hoursUntilSeen: found.crossed - found.from + 1,
        callsUntilSeen: at.filter((place) => numberAt(input.columns.time, place) < (hours.first + found.crossed + 1) * HOUR).length,
        byImported: input.importedRates(principal) !== undefined,
        byNetwork: input.weak.has(principal),
        peers: (sums.get(kind)?.length ?? 1) - 1,
      };
      return [{ principal, endpoint: numberAt(input.columns.endpoint, first), p: p[index] ?? 1, q: numberAt(q, index), at, facts }];
    });
  },
}; // prettier-ignore
