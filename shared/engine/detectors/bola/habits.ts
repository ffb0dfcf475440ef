import { numberAt } from '../../../lib/numbers.ts';
import { busiestStretch, emptyIdCalls, type IdCalls, type Stretch } from './id-walk.ts';

const DAY = 86_400_000_000;

/** What the caller does to this endpoint apart from the stretch: most distinct ids in a window (µs), per other day. */
export function ownHabit(calls: IdCalls, stretch: Stretch, window: number): { readonly most: number; readonly days: readonly number[] } {
  const days = new Map<number, IdCalls>();
  // Days that have the walk in the middle of one: midnight does not make its second half a habit.
  const middle = (numberAt(calls.time, stretch.from) + numberAt(calls.time, stretch.to - 1)) / 2;
  for (let at = 0; at < calls.time.length; at += 1) {
    const day = Math.round((numberAt(calls.time, at) - middle) / DAY);
    const status = numberAt(calls.status, at);
    // Misses are no work: who was refused yesterday has no habit to point to.
    if (day === 0 || status >= 400) continue;
    const own = days.get(day) ?? emptyIdCalls();
    days.set(day, own);
    own.call.push(numberAt(calls.call, at));
    own.time.push(numberAt(calls.time, at));
    own.id.push(numberAt(calls.id, at));
    own.number.push(numberAt(calls.number, at));
    own.status.push(status);
  }
  const perDay = [...days.values()].map((day) => busiestStretch(day, window).distinct);
  return { most: perDay.reduce((most, value) => Math.max(most, value), 0), days: perDay };
}

/** Share of 401, 403 and 404 that the other callers of the endpoint get: at a cache it is high for everybody. */
export function othersMissShare(byPrincipal: ReadonlyMap<number, IdCalls>, principal: number): number {
  let [calls, misses] = [0, 0];
  for (const [other, { status }] of byPrincipal) {
    if (other === principal) continue;
    calls += status.length;
    for (const each of status) if (each === 401 || each === 403 || each === 404) misses += 1;
  }
  return calls === 0 ? 0 : misses / calls;
}
