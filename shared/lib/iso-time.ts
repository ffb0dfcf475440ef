import { epochMicros } from '../model/units.ts';
import type { EpochMicros } from '../model/units.ts';

/** A point in time as a text gave it. */
export interface ParsedTime {
  readonly time: EpochMicros;
  /** False when the text names no zone and `zoneOffsetMinutes` was assumed. */
  readonly zoneKnown: boolean;
}

/** Evidence of web traffic is not older. Units: epoch µs; 1970 itself is what a clock without a battery says, so it is allowed. */
const EARLIEST = 0;
/** The last year whose microseconds a double holds exactly. Units: epoch µs; 2255-01-01. */
const LATEST = Date.UTC(2255, 0, 1) * 1000;

const DAY_MINUTES = 24 * 60;
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * A calendar time and its offset as epoch microseconds; `undefined` when no calendar holds it or it lies outside 1970–2254.
 * Units: `offsetMinutes` east of UTC. A leap second and 24:00:00 count on into the next minute or day.
 */
export function toEpochMicros(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  micros: number,
  offsetMinutes: number,
): EpochMicros | undefined {
  const days = DAYS_IN_MONTH[month - 1];
  if (days === undefined || day < 1 || day > days || minute > 59 || second > 60 || Math.abs(offsetMinutes) > DAY_MINUTES) return undefined;
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return undefined;
  if (hour > 24 || (hour === 24 && (minute > 0 || second > 0))) return undefined;
  const time = (Date.UTC(year, month - 1, day, hour, minute, second) - offsetMinutes * 60_000) * 1000 + micros;
  return inRange(time);
}

function inRange(time: number): EpochMicros | undefined {
  return time >= EARLIEST && time < LATEST ? epochMicros(Math.round(time)) : undefined;
}

/** Date and time of day, `T` or a blank between them, any number of fraction digits, then `Z`, `+hh:mm`, `+hhmm`, `+hh` or nothing. */
const ISO = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)? ?(?:([Zz])|([+-])(\d\d):?(\d\d)?)?$/;

/**
 * Reads the ISO 8601 spellings that tools write. Digits beyond the microsecond are dropped (Fiddler writes seven).
 * Errors: `'shape'` when the text is no such time, `'range'` when it is one that cannot be.
 */
export function parseIsoTime(text: string, zoneOffsetMinutes: number): ParsedTime | 'shape' | 'range' {
  const match = ISO.exec(text.trim());
  if (match === null) return 'shape';
  const [, year, month, day, hour, minute, second = '0', fraction = '', utc, sign, zoneHours, zoneMinutes = '0'] = match;
  const zoneKnown = utc !== undefined || sign !== undefined;
  const east = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes));
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
  const time = toEpochMicros(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    micros,
    zoneKnown ? east : zoneOffsetMinutes,
  );
  return time === undefined ? 'range' : { time, zoneKnown };
}

/** Unit of an epoch number. */
export type EpochUnit = 's' | 'ms' | 'µs' | 'ns';

/** Smallest magnitude of each unit: all of them are in 1973 or later when read with it, and before 1973 with the next finer one. */
const EPOCH_UNITS: readonly (readonly [unit: EpochUnit, atLeast: number, micros: number])[] = [
  ['ns', 1e17, 0.001],
  ['µs', 1e14, 1],
  ['ms', 1e11, 1000],
  ['s', 0, 1_000_000],
];

/** An epoch number in the unit that its magnitude tells; `undefined` outside 1970–2254. */
export function guessEpochTime(value: number): { readonly time: EpochMicros; readonly unit: EpochUnit } | undefined {
  if (!Number.isFinite(value) || value < 0) return undefined;
  for (const [unit, atLeast, micros] of EPOCH_UNITS) {
    if (value < atLeast) continue;
    const time = inRange(value * micros);
    return time === undefined ? undefined : { time, unit };
  }
  return undefined;
}

/** Digits of nanoseconds since 1970, and those of them that make microseconds. */
const WRITTEN_NANOS = /^(\d{15,16})\d{3}$/;

/** The same of a number as it was written: of nanoseconds, which a double rounds, exactly the microseconds. */
export const guessWrittenEpoch = (text: string): ReturnType<typeof guessEpochTime> => {
  const micros = WRITTEN_NANOS.exec(text)?.[1];
  const guess = guessEpochTime(Number(micros ?? text));
  return guess === undefined || micros === undefined ? guess : { ...guess, unit: 'ns' };
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const digit = (text: string, at: number): number => {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
};
const twoDigits = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

/** Length of `10/Oct/2000:13:55:36 -0700`. */
export const CLF_TIME_LENGTH = 26;

/** Reads the 26 characters of a common-log time at `at`: `10/Oct/2000:13:55:36 -0700`; `undefined` when they are not one. */
export function parseClfTime(text: string, at: number): EpochMicros | undefined {
  const month = MONTHS.indexOf(text.slice(at + 3, at + 6)) + 1;
  const sign = text[at + 21];
  const year = twoDigits(text, at + 7) * 100 + twoDigits(text, at + 9);
  const second = twoDigits(text, at + 18);
  const east = (sign === '-' ? -1 : 1) * (twoDigits(text, at + 22) * 60 + twoDigits(text, at + 24));
  const day = twoDigits(text, at);
  const hour = twoDigits(text, at + 12);
  const minute = twoDigits(text, at + 15);
  if (month === 0 || Number.isNaN(year + second + east + day + hour + minute)) return undefined;
  return toEpochMicros(year, month, day, hour, minute, second, 0, east);
}

/** True when the text has the punctuation of a common-log time at `at`, whatever its digits say. */
export function looksLikeClfTime(text: string, at: number): boolean {
  return (
    text[at + 2] === '/' &&
    text[at + 6] === '/' &&
    text[at + 11] === ':' &&
    text[at + 14] === ':' &&
    text[at + 17] === ':' &&
    text[at + 20] === ' '
  );
}
