import { toDurationParts } from '#shared/lib/duration.ts';

/** Thin space: groups digits without looking like a word gap. */
const THIN = '\u2009';

/** A count with its digits grouped: `841 402`. */
export const formatCount = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, THIN);

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A number and its unit apart, so that a screen can mute the unit. */
export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

/** Bytes in decimal units with three figures: `3.2 GB`, `940 B`. */
export function toByteQuantity(bytes: number): Quantity {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return { value: unit === 0 ? formatCount(value) : threeFigures(value), unit: BYTE_UNITS[unit] ?? 'B' };
}

const threeFigures = (value: number): string =>
  (value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2))
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

/** The same as one text. */
export function formatBytes(bytes: number): string {
  const { value, unit } = toByteQuantity(bytes);
  return `${value} ${unit}`;
}

/** A duration: `940 ms`, `1.2 s`, `4 m 12 s`, `3 d 4 h`. Units: ms. */
export function formatDuration(ms: number): string {
  if (ms < 1) return `${threeFigures(ms)} ms`;
  if (ms < 999.5) return `${String(Math.round(ms))} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1).replace(/\.0$/, '')} s`;
  return toDurationParts(ms / 1000)
    .map(({ count, sign }) => `${String(count)} ${sign}`)
    .join(' ');
}

/** A share with one figure after the point: `1.2 %`; tiny but present is `< 0.1 %`. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const percent = (part / whole) * 100;
  if (part > 0 && percent < 0.1) return '< 0.1 %';
  if (part < whole && percent > 99.9) return '> 99.9 %';
  return `${percent.toFixed(1).replace(/\.0$/, '')} %`;
}

/** `2026-03-02 22:14:07.113` from `2026-03-02T22:14:07.113000Z`; to the second, minute or day when asked. */
export function formatTime(time: string, to: keyof typeof TIME_LENGTH = 'ms'): string {
  return time.replace('T', ' ').replace(/Z$/, '').slice(0, TIME_LENGTH[to]);
}

/** How far a written time goes. Units: characters. */
const TIME_LENGTH = { ms: 23, s: 19, min: 16, day: 10 } as const;

/** A remaining time as people say it: `about 40 s left`. Units: ms. */
export function formatRemaining(ms: number): string {
  const seconds = ms / 1000;
  const rounded =
    seconds < 10 ? Math.max(1, Math.round(seconds)) : seconds < 60 ? Math.round(seconds / 10) * 10 : Math.round(seconds / 60) * 60;
  return `about ${rounded < 60 ? `${String(rounded)} s` : formatDuration(rounded * 1000)} left`;
}

/** `2 h ago` from a past time; only beside an absolute time. */
export function formatAgo(time: string, now: number): string {
  const ms = now - Date.parse(time);
  if (!Number.isFinite(ms) || ms < 60_000) return 'just now';
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${String(minutes)} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${String(hours)} h ago` : `${String(Math.floor(hours / 24))} days ago`;
}

/** `1 call`, `2 calls`: the count grouped, the word in the right number. */
export const formatPlural = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`;

/** Several files by their number, one by its name. */
export const nameFiles = (names: readonly string[]): string =>
  names.length === 1 ? (names[0] ?? '') : `${formatCount(names.length)} files`;

/** Calls a day, with a fraction where there are few; a dash where there are none. */
export const formatRate = (rate: number | undefined): string =>
  rate === undefined ? '–' : rate < 10 ? String(Math.round(rate * 100) / 100) : formatCount(rate);
