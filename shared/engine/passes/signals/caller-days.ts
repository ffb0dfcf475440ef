import { addTo } from '../../../lib/group-values.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { combineRarities, countAtLeast, falseDiscoveryRates, rarityOf, type Reference } from '../../../lib/rarity.ts';
import { sortNumbers } from '../../../lib/stats.ts';
import { principalRanges } from './columns.ts';
import { usualReference } from './peers.ts';
import { learnRates, type HourCounts } from './rates.ts';
import type { SignalInput } from './signal.ts';

const HOUR = 3_600_000_000;
const HOURS = 24;
const DAY = HOURS * HOUR;
/** Fewer other days of one's own say nothing: the least rank would be one in four. */
const MIN_OWN_DAYS = 3;

/** What one caller did on one day, UTC. */
interface DayCounts {
  readonly principal: number;
  readonly kind: string;
  readonly day: number;
  readonly values: readonly number[];
  /** How rare the busiest hour is by the rate of its hour: a score, −log10. Callers come in bursts, so that it is no chance by itself. */
  hourly: number;
}

/** What is counted of a day. Shape: in the order of `DayCounts.values`. */
const MEASURES = ['calls', 'different objects', 'bytes of answers', 'refused or failed calls'] as const;

/** How rare one caller's day is. */
export interface CallerDay {
  readonly principal: number;
  /** Begin of the day. Units: µs. */
  readonly start: number;
  /** Against its other days, the days of its kind and the hour of the day, all measures together. */
  readonly p: number;
  /** Rate of false discoveries among the callers of that day. */
  readonly q: number;
  /** What is rarest of it, in words. */
  readonly rarest: string;
  readonly rarestP: number;
  /** Days of its kind that it was measured against. */
  readonly peers: number;
}

function countDay({ columns, kinds }: SignalInput, principal: number, day: number, from: number, to: number): DayCounts {
  const objects = new Set<number>();
  let [bytes, failed] = [0, 0];
  for (let at = from; at < to; at += 1) {
    const [object, size] = [numberAt(columns.object, at), numberAt(columns.bytes, at)];
    if (object !== 0) objects.add(object);
    if (!Number.isNaN(size)) bytes += size;
    if (numberAt(columns.status, at) >= 400) failed += 1;
  }
  return { principal, kind: kinds.get(principal) ?? 'unknown', day, values: [to - from, objects.size, bytes, failed], hourly: 0 };
}

/** The days of each caller, one caller after the other, with how rare their busiest hours are. */
function countDays(input: SignalInput): readonly (readonly DayCounts[])[] {
  const { columns, kinds, start, end } = input;
  const members: HourCounts[] = [];
  const callers: (readonly DayCounts[])[] = [];
  for (const { principal, from, to } of principalRanges(columns)) {
    const counts = new Map<number, number>();
    const days: DayCounts[] = [];
    for (let first = from; first < to;) {
      const day = Math.floor(numberAt(columns.time, first) / DAY);
      let next = first;
      for (; next < to && numberAt(columns.time, next) < (day + 1) * DAY; next += 1) {
        const hour = Math.floor(numberAt(columns.time, next) / HOUR);
        counts.set(hour, (counts.get(hour) ?? 0) + 1);
      }
      days.push(countDay(input, principal, day, first, next));
      first = next;
    }
    members.push({ principal, group: kinds.get(principal) ?? 'unknown', counts });
    callers.push(days);
  }
  const model = learnRates(members, Math.max(1, (end - start) / DAY));
  for (const [index, own] of members.entries()) {
    const byDay = new Map(callers[index]?.map((day) => [day.day, day]));
    for (const [hour, count] of own.counts) {
      const day = byDay.get(Math.floor(hour / HOURS));
      if (day !== undefined) day.hourly = Math.max(day.hourly, model.surprise(own, hour, count));
    }
  }
  return callers;
}

/** What is usual among the days of one kind of caller. */
interface References {
  readonly measures: readonly Reference[];
  readonly hourly: Reference;
}

const referencesOf = (days: readonly DayCounts[]): References => ({
  measures: MEASURES.map((_, measure) => usualReference(days.map(({ values }) => Math.log1p(values[measure] ?? 0)))),
  hourly: usualReference(days.map(({ hourly }) => hourly)),
});

interface Rarity {
  readonly p: number;
  readonly rarest: string;
  readonly rarestP: number;
}

/** `ownDays`: each measure of all days of the caller in rising order; of too few days nothing. */
function judge(own: DayCounts, ownDays: readonly Float64Array[], references: References): Rarity {
  const told: { readonly p: number; readonly says: string }[] = [];
  if (own.hourly > 0)
    told.push({ p: rarityOf(own.hourly, references.hourly), says: 'calls in one hour for that hour of the day, among days of its kind' });
  for (const [measure, name] of MEASURES.entries()) {
    const [value, reference, ownSorted] = [own.values[measure] ?? 0, references.measures[measure], ownDays[measure]];
    // Of nothing there cannot be too much.
    if (value === 0) continue;
    const says = `${value.toLocaleString('en-US')} ${name}`;
    if (reference !== undefined) told.push({ p: rarityOf(Math.log1p(value), reference), says: `${says}, among days of its kind` });
    // The day itself is among them, as the conformal rank wants it.
    if (ownSorted !== undefined) told.push({ p: countAtLeast(ownSorted, value) / ownSorted.length, says: `${says}, among its own days` });
  }
  const best = told.reduce((least, next) => (next.p < least.p ? next : least), { p: 1, says: 'nothing' });
  return { p: combineRarities(told.map(({ p }) => p)), rarest: best.says, rarestP: best.p };
}

/**
 * How rare each day of each caller is: conformal p-values of its counts against its own other days and the days of its kind, and of its
 * busiest hour against the hour of the day, combined; then the rate of false discoveries over the callers of each day.
 * Source: science notes 3.4, (a) to (c). Cost: one pass over the columns, a sort for each measure and kind, a search for each day.
 */
export function judgeCallerDays(input: SignalInput): readonly CallerDay[] {
  const callers = countDays(input);
  const byKind = new Map<string, DayCounts[]>();
  for (const day of callers.flat()) addTo(byKind, day.kind, day);
  const references = new Map([...byKind].map(([kind, days]) => [kind, referencesOf(days)]));
  const none = referencesOf([]);
  const judged = callers.flatMap((days) => {
    const sorted =
      days.length <= MIN_OWN_DAYS ? [] : MEASURES.map((_, measure) => sortNumbers(days.map(({ values }) => values[measure] ?? 0)));
    return days.map((own) => ({
      own,
      rarity: judge(own, sorted, references.get(own.kind) ?? none),
      peers: (byKind.get(own.kind)?.length ?? 1) - 1,
    }));
  });
  const byDay = new Map<number, typeof judged>();
  for (const entry of judged) addTo(byDay, entry.own.day, entry);
  return [...byDay].flatMap(([day, entries]) => {
    const q = falseDiscoveryRates(entries.map(({ rarity }) => rarity.p));
    return entries.map(({ own, rarity, peers }, index): CallerDay => ({
      principal: own.principal,
      start: day * DAY,
      q: numberAt(q, index),
      peers,
      ...rarity,
    }));
  });
}
