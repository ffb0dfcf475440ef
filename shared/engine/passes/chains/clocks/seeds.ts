import { numberAt } from '../../../../lib/numbers.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { ClockSeeds } from './stretches.ts';
import { keyOf, type KeyIndex } from '../values/key-index.ts';
import type { SourceView } from '../twins/source-views.ts';

/** Clocks that somebody keeps lie no further apart than this. Units: µs. */
export const REACH = 60 * 1_000_000;
/** A request that stands oftener than this within reach is a flood, and every pairing of it is as good as another. */
const MAX_ALIKE = 24;
/** Calls that seeds are taken from; a clock is steady on far fewer. */
const MAX_CALLS = 10_000;
/** Methods with paths, and clients, told apart in a label: their product is an exact number. */
const KEYS = 2 ** 40;
const CLIENTS = 2 ** 12;

const agree = (a: number, b: number, none: number): boolean => a === none || b === none || a === b;

/** True when both records may be of one request, or of one request handed on: what both of them show is the same. */
export function mayMeet(calls: CallColumns, a: number, viewA: SourceView, b: number, viewB: SourceView): boolean {
  if (!agree(numberAt(calls.status, a), numberAt(calls.status, b), NONE)) return false;
  const [queryA, queryB] = [numberAt(calls.query, a), numberAt(calls.query, b)];
  if (viewA.hasQueries && viewB.hasQueries) return queryA === queryB;
  return agree(queryA, queryB, 0);
}

/**
 * How far `b` lies behind `a` on their clocks. A request spends about as long on its way in as its answer on the way out, so the middles
 * coincide (the assumption of NTP, RFC 5905 section 8). A log without durations is written at the end. Units: µs.
 */
export function differenceOf(calls: CallColumns, a: number, b: number): number {
  const [startA, endA] = [numberAt(calls.start, a), numberAt(calls.end, a)];
  const [startB, endB] = [numberAt(calls.start, b), numberAt(calls.end, b)];
  return startA === endA || startB === endB ? endB - endA : (startB + endB - startA - endA) / 2;
}

/** One difference of two clocks. */
interface Seed {
  readonly time: number;
  readonly difference: number;
  readonly owner: number;
  readonly label: number;
}

const toSeed =
  (calls: CallColumns) =>
  ([first, second]: readonly [a: number, b: number]): Seed => ({
    time: numberAt(calls.start, second),
    difference: differenceOf(calls, first, second),
    owner: second,
    // Ids prove each pair by itself.
    label: -1 - second,
  });

/** Sorts what was found by time. */
function toSeeds(found: Seed[]): ClockSeeds {
  found.sort((x, y) => x.time - y.time || x.owner - y.owner);
  return {
    times: Float64Array.from(found, ({ time }) => time),
    differences: Float64Array.from(found, ({ difference }) => difference),
    owners: Float64Array.from(found, ({ owner }) => owner),
    labels: Float64Array.from(found, ({ label }) => label),
    reach: REACH,
  };
}

/** Differences of pairs that ids have shown, alone. */
export const provenSeeds = (calls: CallColumns, paired: readonly (readonly [a: number, b: number])[]): ClockSeeds =>
  toSeeds(paired.map(toSeed(calls)));

/** Method, path and client of a call as one number. */
export const labelOf = (calls: CallColumns, at: number): number =>
  (keyOf(calls, at) % KEYS) * CLIENTS + ((numberAt(calls.clientIp, at) + CLIENTS) % CLIENTS);

/**
 * Differences of calls of `b` to those of `a` with the same method, path, status and query, and of pairs that ids have shown.
 * Units: `centre` in µs, about which they are looked for.
 */
export function seedsOf(
  calls: CallColumns,
  a: { readonly view: SourceView; readonly index: KeyIndex },
  b: SourceView,
  paired: readonly (readonly [a: number, b: number])[],
  centre = 0,
): ClockSeeds {
  const found = paired.map(toSeed(calls));
  const step = Math.max(1, Math.ceil(b.timed.length / MAX_CALLS));
  for (let place = 0; place < b.timed.length; place += step) {
    const at = numberAt(b.timed, place);
    const start = numberAt(calls.start, at);
    const alike: number[] = [];
    a.index.near(at, start - centre - REACH, start - centre + REACH, (other) => {
      if (mayMeet(calls, other, a.view, at, b)) alike.push(other);
      return alike.length <= MAX_ALIKE;
    });
    if (alike.length > MAX_ALIKE) continue;
    const label = labelOf(calls, at);
    for (const other of alike) found.push({ time: start, difference: differenceOf(calls, other, at), owner: at, label });
  }
  return toSeeds(found);
}
