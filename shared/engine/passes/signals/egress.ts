import { numberAt } from '../../../lib/numbers.ts';
import { falseDiscoveryRates, rarityOf } from '../../../lib/rarity.ts';
import { medianAndMad, robustZ } from '../../../lib/stats.ts';
import { principalRanges } from './columns.ts';
import { usualReference } from './peers.ts';
import type { Signal, SignalInput, SignalKind } from './signal.ts';

const HOUR = 3_600_000_000;
/** Answers of less in an hour are no mass of data. Source: detection 34. Units: bytes. */
const MIN_BYTES = 10_000_000;
/** Robust deviations, in logarithms, above the caller's own hours and above those of its kind. Source: detection 34. */
const MIN_Z = 6;
/** Spread of hourly bytes below which nothing is told apart. Units: natural logarithm. */
const LEAST_SPREAD = 0.5;
/** Others of the kind with hours of their own, from which on the most that any of them was given in an hour measures the kind. */
const MIN_OTHERS = 8;

interface Hour {
  readonly principal: number;
  readonly kind: string;
  readonly at: readonly number[];
  readonly bytes: number;
}

function hoursOf({ columns, kinds }: SignalInput, principal: number, from: number, to: number): readonly Hour[] {
  const hours = new Map<number, { at: number[]; bytes: number }>();
  for (let at = from; at < to; at += 1) {
    const bytes = numberAt(columns.bytes, at);
    if (Number.isNaN(bytes)) continue;
    const hour = Math.floor(numberAt(columns.time, at) / HOUR);
    const own = hours.get(hour) ?? { at: [], bytes: 0 };
    hours.set(hour, own);
    own.at.push(at);
    own.bytes += bytes;
  }
  return [...hours.values()].map(({ at, bytes }) => ({ principal, kind: kinds.get(principal) ?? 'unknown', at, bytes }));
}

const logOf = ({ bytes }: Pick<Hour, 'bytes'>): number => Math.log1p(bytes);

/** The hours of a kind: how much was given in each, and the most in an hour to each caller. Units: natural logarithm of bytes. */
interface KindHours {
  readonly values: number[];
  readonly most: Map<number, number>;
}

function addHours(kinds: Map<string, KindHours>, hours: readonly Hour[]): void {
  for (const hour of hours) {
    const own = kinds.get(hour.kind) ?? { values: [], most: new Map<number, number>() };
    kinds.set(hour.kind, own);
    own.values.push(logOf(hour));
    own.most.set(hour.principal, Math.max(own.most.get(hour.principal) ?? 0, logOf(hour)));
  }
}

/** The most that any other of a kind was ever given in an hour; endless where too few others were there to say. */
function mostOfOthers(most: ReadonlyMap<number, number>): (principal: number) => number {
  const [first, second] = [...most].sort((a, b) => b[1] - a[1]);
  return (principal) => (most.size <= MIN_OTHERS ? Infinity : ((first?.[0] === principal ? second : first)?.[1] ?? Infinity));
}

/**
 * Hours in which a caller was given far more bytes than in its other hours, and than its kind is given. What a kind is given may be two things at once
 * (agents are given short answers by models and long ones by stores), whose spread excuses anything: so many times the most that any other of the
 * kind was ever given in an hour is far more as well. Example: 411 MB where others have 500 B or 60 kB, and 160 kB at most.
 */
export const egress: SignalKind = {
  id: 'egress',
  async find(input) {
    const { columns, context } = input;
    const byKind = new Map<string, KindHours>();
    const large: (Hour & { readonly own: { readonly median: number; readonly mad: number }; readonly hours: number })[] = [];
    for (const { principal, from, to } of principalRanges(columns)) {
      const hours = hoursOf(input, principal, from, to);
      addHours(byKind, hours);
      for (const hour of hours) {
        // What an imported baseline has in a whole day is no mass in an hour for this caller.
        if (hour.bytes < MIN_BYTES || hour.bytes <= (input.importedHabit(principal)?.bytes ?? 0)) continue;
        const others = hours.filter((other) => other !== hour).map(logOf);
        large.push({ ...hour, own: medianAndMad(others), hours: others.length });
      }
    }
    await context.breathe();
    const usual = new Map(
      [...byKind].map(([kind, { values, most }]) => [
        kind,
        { ...medianAndMad(values), reference: usualReference(values), mostOfOthers: mostOfOthers(most) },
      ]),
    );
    const scored = large.map((hour) => {
      const peers = usual.get(hour.kind);
      const againstPeers =
        peers === undefined
          ? 0
          : Math.max(
              robustZ(logOf(hour), peers.median, peers.mad, LEAST_SPREAD),
              (logOf(hour) - peers.mostOfOthers(hour.principal)) / LEAST_SPREAD,
            );
      const againstOwn = hour.hours === 0 ? againstPeers : robustZ(logOf(hour), hour.own.median, hour.own.mad, LEAST_SPREAD);
      return { hour, z: Math.min(againstPeers, againstOwn), peers, p: peers === undefined ? 1 : rarityOf(logOf(hour), peers.reference) };
    });
    const total = [...byKind.values()].reduce((sum, { values }) => sum + values.length, 0);
    const q = falseDiscoveryRates(
      scored.map(({ p }) => p),
      total,
    );
    return scored.flatMap(({ hour, z, peers, p }, index): readonly Signal[] => {
      if (z < MIN_Z) return [];
      const facts = {
        bytes: hour.bytes,
        calls: hour.at.length,
        deviation: Math.round(z * 10) / 10,
        ownUsualBytes: hour.hours === 0 ? 0 : Math.round(Math.expm1(hour.own.median)),
        ownHours: hour.hours,
        peersUsualBytes: Math.round(Math.expm1(peers?.median ?? 0)),
        byNetwork: input.weak.has(hour.principal),
      };
      return [
        { principal: hour.principal, endpoint: numberAt(columns.endpoint, hour.at[0] ?? -1), p, q: numberAt(q, index), at: hour.at, facts },
      ];
    });
  },
};
