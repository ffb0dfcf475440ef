import { addTo } from '../../../lib/group-values.ts';
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

/** Hours in which a caller was given far more bytes than in its other hours, and than its kind is given. */
export const egress: SignalKind = {
  id: 'egress',
  async find(input) {
    const { columns, context } = input;
    const byKind = new Map<string, number[]>();
    const large: (Hour & { readonly own: { readonly median: number; readonly mad: number }; readonly hours: number })[] = [];
    for (const { principal, from, to } of principalRanges(columns)) {
      const hours = hoursOf(input, principal, from, to);
      for (const hour of hours) addTo(byKind, hour.kind, logOf(hour));
      for (const hour of hours) {
        // What an imported baseline has in a whole day is no mass in an hour for this caller.
        if (hour.bytes < MIN_BYTES || hour.bytes <= (input.importedHabit(principal)?.bytes ?? 0)) continue;
        const others = hours.filter((other) => other !== hour).map(logOf);
        large.push({ ...hour, own: medianAndMad(others), hours: others.length });
      }
    }
    await context.breathe();
    const usual = new Map([...byKind].map(([kind, values]) => [kind, { ...medianAndMad(values), reference: usualReference(values) }]));
    const scored = large.map((hour) => {
      const peers = usual.get(hour.kind);
      const againstPeers = peers === undefined ? 0 : robustZ(logOf(hour), peers.median, peers.mad, LEAST_SPREAD);
      const againstOwn = hour.hours === 0 ? againstPeers : robustZ(logOf(hour), hour.own.median, hour.own.mad, LEAST_SPREAD);
      return { hour, z: Math.min(againstPeers, againstOwn), peers, p: peers === undefined ? 1 : rarityOf(logOf(hour), peers.reference) };
    });
    const total = [...byKind.values()].reduce((sum, { length }) => sum + length, 0);
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
