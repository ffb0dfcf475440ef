import { greatest } from '../../../../lib/extremes.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import type { Addresses } from '../addresses.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { areBeside, offsetAt, type ClockCurve } from './curve.ts';
import type { SourceView } from '../twins/source-views.ts';

/** Calls of one host that are tried on every clock. */
const MAX_TRIED = 400;
/** Fewer may fit by chance. */
const MIN_TRIED = 8;
/** Share of a host's calls that must lie within a call of their caller. */
const SURE_SHARE = 0.8;
/** And how many times as many as on any other clock. */
const CLEARLY = 1.5;
/** Open calls of a caller that are looked at for one call. */
const MAX_OPEN = 64;
/** Calls looked at between two pauses. */
const STRETCH = 50_000;
/** Logs round. Units: µs. */
const SLACK = 2_000;

/** Calls with the times that a clock gives them. Shape: by start. Units: µs. */
interface Spans {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

function setOn(calls: CallColumns, list: readonly number[], curve: ClockCurve): Spans {
  const shifted = list.map((at) => {
    const offset = offsetAt(curve, numberAt(calls.start, at));
    return [numberAt(calls.start, at) - offset, numberAt(calls.end, at) - offset] as const;
  });
  shifted.sort((a, b) => a[0] - b[0]);
  return { starts: Float64Array.from(shifted, ([start]) => start), ends: Float64Array.from(shifted, ([, end]) => end) };
}

/** True when some span holds the time from `start` to `end`. */
function isHeld({ starts, ends }: Spans, start: number, end: number): boolean {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(starts, middle) <= start + SLACK) low = middle + 1;
    else high = middle;
  }
  for (let place = low - 1; place >= Math.max(0, low - MAX_OPEN); place -= 1) if (numberAt(ends, place) + SLACK >= end) return true;
  return false;
}

/**
 * Finds the clocks of hosts that only others of the same log call, so that no other source stands beside them: of the clocks that are known
 * behind the log, the one on which nearly all of a host's calls lie within a call of the host that made them.
 * Shape:  `known` gives the place in `curves` by host; what is found is added, callers before those that they call.
 * Example: a ledger that only the billing service calls, both 30 s ahead of the others: on the clock of billing 100 of 100 calls lie within one of
 * billing's, on the other 3.
 */
export async function findInnerClocks(
  calls: CallColumns,
  { timed }: SourceView,
  addresses: Addresses,
  curves: readonly ClockCurve[],
  known: Map<number, number>,
  breathe: () => Promise<void>,
): Promise<void> {
  const byHost = new Map<number, number[]>();
  for (const [place, at] of timed.entries()) {
    if (place % STRETCH === 0) await breathe();
    const host = addresses.of(numberAt(calls.upstream, at));
    if (host === NONE) continue;
    const list = byHost.get(host);
    if (list === undefined) byHost.set(host, [at]);
    else list.push(at);
  }
  const spansOf = new Map<number, Spans>();
  const callerSpans = (host: number): Spans | undefined => {
    const curve = curves[known.get(host) ?? NONE];
    if (curve === undefined) return undefined;
    const spans = spansOf.get(host) ?? setOn(calls, byHost.get(host) ?? [], curve);
    spansOf.set(host, spans);
    return spans;
  };
  const clockOf = (host: number): number => {
    const tried: number[] = [];
    for (const at of byHost.get(host) ?? []) {
      if (known.has(addresses.of(numberAt(calls.clientIp, at)))) tried.push(at);
      if (tried.length === MAX_TRIED) break;
    }
    if (tried.length < MIN_TRIED) return NONE;
    const held = curves.map((curve) => {
      const fits = tried.filter((at) => {
        const spans = callerSpans(addresses.of(numberAt(calls.clientIp, at)));
        const offset = offsetAt(curve, numberAt(calls.start, at));
        return spans !== undefined && isHeld(spans, numberAt(calls.start, at) - offset, numberAt(calls.end, at) - offset);
      });
      return fits.length;
    });
    const most = greatest(held, 0);
    const best = held.indexOf(most);
    // A clock that two pairs of sources measured stands there twice, and is no rival of itself.
    const next = greatest(
      held.filter((_, place) => !areBeside(curves[place], curves[best])),
      0,
    );
    return most >= SURE_SHARE * tried.length && most > CLEARLY * next ? best : NONE;
  };
  for (let found = true; found;) {
    found = false;
    for (const host of byHost.keys()) {
      await breathe();
      const clock = known.has(host) ? NONE : clockOf(host);
      if (clock === NONE) continue;
      known.set(host, clock);
      found = true;
    }
  }
}
