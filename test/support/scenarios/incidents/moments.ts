import type { Random } from '../../large/random.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type Span } from '../core/calendar.ts';
import { speaksAs, type Party } from '../core/party.ts';
import type { Place } from '../core/roles.ts';

/** Hours of UTC in which Europe works and the east of America begins. */
const WORK = { from: 7, to: 16 } as const;
/** A window shorter than that is not worth waiting for. */
const ROOM = 3 * HOUR_MS;
/** A stolen token must still hold so long; else the thief has the next one. */
const USEFUL = 20 * MINUTE_MS;

const dayOf = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;

/** The first working hours inside of a span; the whole span when it has none. Units: epoch ms. */
export function workingHours({ start, end }: Span): Span {
  for (let day = dayOf(start); day < end; day += DAY_MS) {
    const weekday = new Date(day).getUTCDay();
    const window = { start: Math.max(start, day + WORK.from * HOUR_MS), end: Math.min(end, day + WORK.to * HOUR_MS) };
    if (weekday !== 0 && weekday !== 6 && window.end - window.start >= ROOM) return window;
  }
  return { start, end };
}

/** The first moment of a span at or after that hour of UTC which leaves `room`; the start of the span when there is none. Units: ms. */
export function atHour({ start, end }: Span, hour: number, room: number): number {
  for (let day = dayOf(start); day < end; day += DAY_MS) {
    const at = day + hour * HOUR_MS;
    if (at >= start && at + room <= end) return at;
  }
  return start;
}

/** So many moments of a span, in order, each somewhere in its own slot and never at the slot's end. Units: epoch ms. */
export function moments(random: Random, { start, end }: Span, count: number): readonly number[] {
  const slot = (end - start) / count;
  return Array.from({ length: count }, (_, index) => Math.round(start + (index + random.next() * 0.7) * slot));
}

/**
 * Somebody elsewhere with the token that its owner has at that moment: he cannot renew it.
 * Units: epoch ms; `at` is a moment from which the token holds long enough, `until` its end.
 */
export function steal(owner: Party, place: Place, at: number): { readonly thief: Party; readonly at: number; readonly until: number } {
  const first = owner.credentialAt(at);
  const begin = first?.expiresAt !== undefined && first.expiresAt - at < USEFUL ? first.expiresAt + SECOND_MS : at;
  const credential = owner.credentialAt(begin);
  return {
    thief: { ...speaksAs(owner, place), credentialAt: () => credential },
    at: begin,
    until: credential?.expiresAt ?? begin + HOUR_MS,
  };
}
