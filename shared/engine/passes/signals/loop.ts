import { addTo } from '../../../lib/group-values.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { medianAndMad } from '../../../lib/stats.ts';
import { falseDiscoveryRates, rarityOf } from '../../../lib/rarity.ts';
import { changingEndpoints } from '../../store/read/changing-endpoints.ts';
import { principalRanges } from './columns.ts';
import { usualReference } from './peers.ts';
import type { Signal, SignalInput, SignalKind } from './signal.ts';

/** The same request this often is looked at. Source: science notes 3.3, 8. */
const MIN_REPEATS = 20;
/** Requests that come back as often, within a third, belong to one circle. */
const ALIKE = 1 / 3;
/** A circle has no more different requests than this. Source: detection 37, cycles of length up to six; agents ask a little around. */
const MAX_CIRCLE = 8;

/** Calls of one principal with the same request. */
interface Repeat {
  readonly request: number;
  readonly at: readonly number[];
}

function repeatsOf({ columns }: Pick<SignalInput, 'columns'>, from: number, to: number): readonly Repeat[] {
  const places = new Map<number, number[]>();
  for (let at = from; at < to; at += 1) {
    const request = numberAt(columns.request, at);
    const own = places.get(request);
    if (own === undefined) places.set(request, [at]);
    else own.push(at);
  }
  return [...places].map(([request, at]) => ({ request, at }));
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/**
 * The requests that repeat together with the most repeated one that changes a thing, else with the most repeated that names one. A model, a list or a
 * login is asked in any work: by their address alone these are no turn, however often they are called beside a circle.
 */
function circleOf(repeats: readonly Repeat[], namesThing: (at: number) => boolean, isWrite: (at: number) => boolean): readonly Repeat[] {
  const many = repeats.filter(({ at }) => at.length >= MIN_REPEATS).toSorted((a, b) => b.at.length - a.at.length || a.request - b.request);
  const named = many.filter(({ at }) => namesThing(at[0] ?? -1));
  const lead = named.find(({ at }) => isWrite(at[0] ?? -1)) ?? named[0];
  if (lead === undefined) return [];
  const first = lead.at[0] ?? 0;
  const last = lead.at.at(-1) ?? 0;
  // Places are in order of time. What comes back by the hour all day, and so a few times meanwhile, is no part of it.
  const countMeanwhile = (at: readonly number[]): number => at.filter((place) => place >= first && place <= last).length;
  return many.filter(({ at }) => Math.abs(countMeanwhile(at) - lead.at.length) <= lead.at.length * ALIKE).slice(0, MAX_CIRCLE);
}

/** Principals that send the same requests again and again. Polling is judged by the detector: here it is only measured. */
export const loop: SignalKind = {
  id: 'loop',
  async find(input) {
    const { columns, kinds, context } = input;
    const writing = changingEndpoints(context.db);
    const isWrite = (at: number): boolean => writing.has(numberAt(columns.endpoint, at));
    const namesThing = (at: number): boolean => numberAt(columns.object, at) !== 0;
    const most: { principal: number; kind: string; count: number; circle: readonly Repeat[]; calls: number; others: number }[] = [];
    for (const { principal, from, to } of principalRanges(columns)) {
      const repeats = repeatsOf(input, from, to);
      const circle = circleOf(repeats, namesThing, isWrite);
      const count = circle[0]?.at.length ?? repeats.reduce((best, { at }) => Math.max(best, at.length), 0);
      const rest = repeats.filter(({ request }) => !circle.some((one) => one.request === request)).map(({ at }) => at.length);
      const others = rest.reduce((best, value) => Math.max(best, value), 0);
      most.push({ principal, kind: kinds.get(principal) ?? 'unknown', count, circle, calls: to - from, others });
    }
    await context.breathe();
    const scores = new Map<string, number[]>();
    for (const { kind, count } of most) addTo(scores, kind, Math.log1p(count));
    const references = new Map([...scores].map(([kind, values]) => [kind, usualReference(values)]));
    const p = most.map(({ kind, count }) => {
      const reference = references.get(kind);
      return reference === undefined ? 1 : rarityOf(Math.log1p(count), reference);
    });
    const q = falseDiscoveryRates(p);
    return most.flatMap(({ principal, circle, calls, others }, index): readonly Signal[] => {
      const named = circle.filter((one) => namesThing(one.at[0] ?? -1));
      if (named.length === 0) return [];
      // The pace is that of the request that names a thing, a changing one if there is any.
      const lead = (named.find((one) => isWrite(one.at[0] ?? -1)) ?? named[0])?.at ?? [];
      const times = lead.map((place) => numberAt(columns.time, place));
      const gaps = times.slice(1).map((time, order) => time - numberAt(times, order));
      const { median: middle, mad } = medianAndMad(gaps);
      // What the caller asked of the same things long before or after is no turn of the circle.
      const [begin, finish] = [numberAt(times, 0) - middle, numberAt(times, times.length - 1) + middle];
      const at = circle
        .flatMap((one) => one.at.filter((place) => numberAt(columns.time, place) >= begin && numberAt(columns.time, place) <= finish))
        .sort((a, b) => a - b);
      const statuses = lead.map((place) => numberAt(columns.status, place));
      const outcomes = new Set(statuses).size;
      const failed = statuses.filter((status) => status === 429 || status >= 500).length;
      const writes = circle.filter((one) => isWrite(one.at[0] ?? -1));
      return [
        {
          principal,
          endpoint: numberAt(columns.endpoint, lead[0] ?? -1),
          p: p[index] ?? 1,
          q: numberAt(q, index),
          at,
          facts: {
            repeats: lead.length,
            circle: circle.length,
            calls: at.length,
            repeatedWrites: writes.reduce((sum, one) => sum + one.at.length, 0),
            namedObjects: named.length,
            writesNamingObject: writes.filter((one) => named.includes(one)).length,
            outcomes,
            failedShare: rounded(failed / Math.max(1, lead.length)),
            medianGapSeconds: rounded(middle / 1e6),
            gapSpread: rounded(middle > 0 ? (1.4826 * mad) / middle : 0),
            spanHours: rounded((numberAt(times, times.length - 1) - numberAt(times, 0)) / 3.6e9),
            onsetShare: rounded((numberAt(times, 0) - input.start) / Math.max(1, input.end - input.start)),
            shareOfCaller: rounded(at.length / calls),
            nextMostRepeated: others,
            byNetwork: input.weak.has(principal),
          },
        },
      ];
    });
  },
};
