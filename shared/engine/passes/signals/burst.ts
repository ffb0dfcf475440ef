import { countSurprise } from '../../../lib/count-tail.ts';
import { addTo } from '../../../lib/group-values.ts';
import { falseDiscoveryRates, rarityOf } from '../../../lib/rarity.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { collectionSizes } from './collection-sizes.ts';
import { principalRanges, type CallColumns } from './columns.ts';
import { cadenceOf } from './object-walk.ts';
import { usualReference } from './peers.ts';
import { learnRates, type HourCounts, type RateModel } from './rates.ts';
import type { Signal, SignalInput, SignalKind } from './signal.ts';

const HOUR = 3_600_000_000;
/** Length of the window whose calls are counted. Units: µs. */
const WINDOW = 10 * 60 * 1_000_000;
/** Fewer calls in ten minutes are no burst for anybody. Source: detection 31, 30 calls in its minute; ten minutes of a busy page hold more. */
const MIN_CALLS = 60;
/** −log10 of the probability of the hour's count. Source: detection 31, p < 1e-6. */
const MIN_SURPRISE = 6;
/** Against the caller's own busiest window on other days, and against its peers'. Source: detection 31. */
const MIN_RATIO = 5;
/** The stretch goes on while the pauses stay below this. Units: µs. */
const PAUSE = 60 * 1_000_000;

interface Busiest {
  readonly from: number;
  readonly to: number;
}

/** The window with most calls. Cost: one pass. */
function busiestWindow({ time }: Pick<CallColumns, 'time'>, from: number, to: number, skip?: (at: number) => boolean): Busiest {
  let best = { from, to: from };
  for (let [start, end] = [from, from]; end < to; end += 1) {
    if (skip?.(end) === true) {
      start = end + 1;
      continue;
    }
    while (numberAt(time, end) - numberAt(time, start) > WINDOW) start += 1;
    if (end + 1 - start > best.to - best.from) best = { from: start, to: end + 1 };
  }
  return best;
}

function widen({ time }: Pick<CallColumns, 'time'>, { from, to }: Busiest, low: number, high: number): Busiest {
  let [first, last] = [from, to];
  while (first > low && numberAt(time, first) - numberAt(time, first - 1) <= PAUSE) first -= 1;
  while (last < high && numberAt(time, last) - numberAt(time, last - 1) <= PAUSE) last += 1;
  return { from: first, to: last };
}

const hoursOf = ({ time }: Pick<CallColumns, 'time'>, from: number, to: number): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (let at = from; at < to; at += 1) {
    const hour = Math.floor(numberAt(time, at) / HOUR);
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  return counts;
};

const rounded = (value: number): number => Math.round(value * 100) / 100;

interface Candidate {
  readonly own: HourCounts;
  readonly from: number;
  readonly to: number;
  readonly busiest: Busiest;
}

/** The endpoint with most calls of a stretch. */
function mainEndpoint({ endpoint }: Pick<CallColumns, 'endpoint'>, { from, to }: Busiest): number {
  const counts = new Map<number, number>();
  for (let at = from; at < to; at += 1) counts.set(numberAt(endpoint, at), (counts.get(numberAt(endpoint, at)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
}

/** Largest share of one collection's objects that a stretch covers. */
function coverageOf({ columns, places }: SignalInput, indices: readonly number[], sizes: ReadonlyMap<string, number>): number {
  const seen = new Map<string, Set<number>>();
  for (const at of indices) {
    const collection = places.get(numberAt(columns.endpoint, at))?.collection;
    if (collection === undefined || numberAt(columns.object, at) === 0) continue;
    seen.set(collection, (seen.get(collection) ?? new Set<number>()).add(numberAt(columns.object, at)));
  }
  return [...seen].reduce(
    (most, [collection, objects]) => Math.max(most, objects.size / Math.max(objects.size, sizes.get(collection) ?? 0)),
    0,
  );
}

/** Rates of a baseline file are rounded to this; none is ever nothing. Units: calls in an hour. */
const LEAST_RATE = 0.001;

/** What is expected of a caller in an hour, how rare a count is, and its most otherwise where that is not read from the evidence. */
interface Expectation {
  readonly expected: number;
  readonly surprise: number;
  readonly most: number | undefined;
}

/**
 * An imported baseline goes before what the evidence shows: whoever did it from the first hour on has made a habit of it in here, not there.
 */
function expectationOf(input: SignalInput, model: RateModel, own: HourCounts, hour: number, count: number): Expectation {
  const rates = input.importedRates(own.principal);
  if (rates === undefined) return { expected: model.expected(own, hour), surprise: model.surprise(own, hour, count), most: undefined };
  const expected = Math.max(LEAST_RATE, rates[hour % rates.length] ?? 0);
  const most = Math.ceil(rates.reduce((highest, rate) => Math.max(highest, rate), 0));
  return { expected, surprise: countSurprise(count, expected, model.size(own.group)), most };
}

function factsOf(
  input: SignalInput,
  { busiest, from, to }: Candidate,
  stretch: Busiest,
  sizes: ReadonlyMap<string, number>,
): Signal['facts'] {
  const { columns } = input;
  const indices = Array.from({ length: stretch.to - stretch.from }, (_, index) => stretch.from + index);
  const ownOther = busiestWindow(columns, from, to, (at) => at >= stretch.from && at < stretch.to);
  const objects = new Set(indices.map((at) => numberAt(columns.object, at)).filter((object) => object !== 0));
  // Of one operation: what follows from each call would make the pace look uneven.
  const main = mainEndpoint(columns, stretch);
  const ofMain = indices.filter((at) => numberAt(columns.endpoint, at) === main);
  const refused = indices.filter((at) => [401, 403, 404, 429].includes(numberAt(columns.status, at))).length;
  return {
    callsIn10Minutes: busiest.to - busiest.from,
    calls: indices.length,
    seconds: Math.round((numberAt(columns.time, stretch.to - 1) - numberAt(columns.time, stretch.from)) / 1e6),
    distinctIds: objects.size,
    coverage: rounded(coverageOf(input, indices, sizes)),
    distinctRequests: new Set(indices.map((at) => numberAt(columns.request, at))).size,
    operations: new Set(indices.map((at) => numberAt(columns.endpoint, at))).size,
    refusedOrMissing: refused,
    ownMostOtherwise: ownOther.to - ownOther.from,
    cadenceSpread: rounded(cadenceOf(columns, ofMain).spread),
  };
}

/** Principals with far more calls in ten minutes than they make at any other time, than their peers make, and than the hour explains. */
export const burst: SignalKind = {
  id: 'burst',
  async find(input) {
    const { columns, kinds, start, end } = input;
    const candidates: Candidate[] = [];
    for (const { principal, from, to } of principalRanges(columns)) {
      const own = { principal, group: kinds.get(principal) ?? 'unknown', counts: hoursOf(columns, from, to) };
      candidates.push({ own, from, to, busiest: busiestWindow(columns, from, to) });
    }
    await input.context.breathe();
    const days = Math.max(1, (end - start) / (24 * HOUR));
    const model = learnRates(
      candidates.map(({ own }) => own),
      days,
    );
    const peers = new Map<string, number[]>();
    for (const { own, busiest } of candidates) addTo(peers, own.group, Math.log1p(busiest.to - busiest.from));
    const references = new Map([...peers].map(([group, values]) => [group, usualReference(values)]));
    const scored = candidates.map((candidate) => {
      const { own, busiest } = candidate;
      const reference = references.get(own.group);
      return { candidate, p: reference === undefined ? 1 : rarityOf(Math.log1p(busiest.to - busiest.from), reference) };
    });
    const q = falseDiscoveryRates(scored.map(({ p }) => p));
    const sizes = collectionSizes(input);
    return scored.flatMap(({ candidate, p }, index): readonly Signal[] => {
      const { own, from, to, busiest } = candidate;
      const count = busiest.to - busiest.from;
      if (count < MIN_CALLS) return [];
      const hour = Math.floor(numberAt(columns.time, busiest.from) / HOUR);
      const { expected, surprise, most } = expectationOf(input, model, own, hour, count);
      if (surprise < MIN_SURPRISE) return [];
      const stretch = widen(columns, busiest, from, to);
      const facts = factsOf(input, candidate, stretch, sizes);
      const ownMost = most ?? Number(facts['ownMostOtherwise']);
      if (count < MIN_RATIO * ownMost) return [];
      const at = Array.from({ length: stretch.to - stretch.from }, (_, place) => stretch.from + place);
      const beside = {
        expectedInHour: rounded(expected),
        ownMostOtherwise: ownMost,
        byImported: most !== undefined,
        surprise: rounded(surprise),
        byNetwork: input.weak.has(own.principal),
      };
      return [
        {
          principal: own.principal,
          endpoint: mainEndpoint(columns, stretch),
          p,
          q: numberAt(q, index),
          at,
          facts: { ...facts, ...beside },
        },
      ];
    });
  },
};
