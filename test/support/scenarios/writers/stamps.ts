import { MINUTE_MS } from '../core/calendar.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number): string => (value < 10 ? `0${String(value)}` : String(value));

function toOffset(minutes: number, between: string): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${between}${two(size % 60)}`;
}

/** `14/Sep/2026:02:00:07 +0200`. Units: epoch ms, minutes east of UTC; cut to the second. */
export function toClfTime(at: number, zoneMinutes: number): string {
  const local = new Date(at + zoneMinutes * MINUTE_MS);
  const day = `${two(local.getUTCDate())}/${MONTHS[local.getUTCMonth()] ?? ''}/${String(local.getUTCFullYear())}`;
  return `${day}:${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())} ${toOffset(zoneMinutes, '')}`;
}

/** `2026-09-14T02:00:07+02:00`. Units: epoch ms, minutes east of UTC; cut to the second. */
export const toIsoSeconds = (at: number, zoneMinutes: number): string =>
  `${new Date(at + zoneMinutes * MINUTE_MS).toISOString().slice(0, 19)}${toOffset(zoneMinutes, ':')}`;

/** `2026-09-14T00:00:07.123Z`. Units: epoch ms; cut to the millisecond. */
export const toIsoMillis = (at: number): string => new Date(Math.floor(at)).toISOString();

/** `2026-09-14T00:00:07.123456`, its zone left to the caller. Units: epoch ms with fractions. */
export function toIsoMicros(at: number): string {
  const whole = Math.floor(at);
  const micros = Math.floor((at - whole) * 1000);
  return `${new Date(whole).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}`;
}

/** Digits of epoch nanoseconds. Units: epoch ms with fractions; exact to the microsecond, as doubles are no finer today. */
export function toEpochNanos(at: number): string {
  const whole = Math.floor(at);
  const micros = Math.floor((at - whole) * 1000);
  return `${String(whole)}${String(micros).padStart(3, '0')}000`;
}

/** Seconds with three decimals, as servers write them: `0.120`. Units: ms. */
export const toSeconds = (millis: number): string => (Math.round(millis) / 1000).toFixed(3);
