import { epochMicros, printTime } from '../model/units.ts';
import type { FieldType } from './fields.ts';

/** A stretch of time that a text such as `2026-03-02` names. Units: µs; `to` is the first moment after it. */
export interface TimeStretch {
  readonly from: number;
  readonly to: number;
}

// In the order in which printing tries them: the largest that divides without rest wins.
const durationUnits: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
  ['us', 0.001],
];
const byteUnits: readonly (readonly [string, number])[] = [
  ['TB', 1e12],
  ['GB', 1e9],
  ['MB', 1e6],
  ['KB', 1000],
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
  ['B', 1],
];

const example: Record<Exclude<FieldType, 'text' | 'address'>, string> = {
  integer: 'a whole number, such as 403',
  bytes: 'a size, such as 512, 5KB or 2MiB',
  duration: 'a duration, such as 250ms, 2s or 1.5m',
  time: 'a time, such as 2026-03-02 or 2026-03-02T22:00Z',
};

/** What to write for a value of this type, as the end of "expected …". */
export const describeValue = (type: FieldType): string =>
  type === 'text' ? 'a value' : type === 'address' ? 'an address or a network, such as 10.0.0.0/8' : example[type];

/** Reads a number with the units of its field type; `undefined` when the text is not one. Times are not read here. */
export function parseNumber(type: 'integer' | 'bytes' | 'duration', text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)([a-zA-Zµ]*)$/.exec(text);
  const digits = found?.[1];
  const suffix = (found?.[2] ?? '').replace('µ', 'u').toLowerCase();
  if (digits === undefined) return undefined;
  const value = Number(digits);
  if (!Number.isFinite(value)) return undefined;
  if (suffix === '') return type === 'integer' && !Number.isSafeInteger(value) ? undefined : value;
  const units = type === 'integer' ? [] : type === 'bytes' ? byteUnits : durationUnits;
  const unit = units.find(([name]) => name.toLowerCase() === suffix);
  const scaled = unit === undefined ? NaN : value * unit[1];
  return Number.isFinite(scaled) ? scaled : undefined;
}

const timeForm = /^(\d{4})-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,6}))?)?)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/** Reads an ISO 8601 time or a shortened one as the stretch that it names. UTC unless it carries a zone. */
export function parseTime(text: string): TimeStretch | undefined {
  const found = timeForm.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  const parts = [year, month, day ?? '1', hour ?? '0', minute ?? '0', second ?? '0'].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts;
  const millis = Date.UTC(y, mo - 1, d, h, mi, s);
  const back = new Date(millis);
  // Date.UTC rolls 30 February over into March; a time that does not exist is an error, not another time.
  if (y < 1001 || y > 9998 || back.getUTCMonth() !== mo - 1 || back.getUTCDate() !== d || h > 23 || mi > 59 || s > 59) return undefined;
  const from = (millis - zoneMillis(zone)) * 1000 + Number((fraction ?? '').padEnd(6, '0'));
  const length =
    fraction !== undefined
      ? 10 ** (6 - fraction.length)
      : second !== undefined
        ? 1e6
        : minute !== undefined
          ? 60e6
          : hour !== undefined
            ? 3600e6
            : day !== undefined
              ? 86_400e6
              : (Date.UTC(y, mo, 1) - millis) * 1000;
  return { from, to: from + length };
}

function zoneMillis(zone: string | undefined): number {
  if (zone === undefined || /^z$/i.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** Prints a value so that reading it gives the same number again, in the largest unit that fits without a rest. */
export function printNumber(type: FieldType, value: number): string {
  if (type === 'time') return shortTime(value);
  const units = type === 'bytes' ? byteUnits : type === 'duration' ? durationUnits : [];
  const unit = units.find(
    ([name, size]) => size >= 1 && name !== 'B' && value >= size && Number.isInteger(value / size) && (value / size) * size === value,
  );
  return unit === undefined ? String(value) : `${String(value / unit[1])}${unit[0]}`;
}

function shortTime(micros: number): string {
  const full = printTime(epochMicros(micros));
  return full
    .replace(/\.000000Z$/, 'Z')
    .replace(/:00Z$/, 'Z')
    .replace(/T00:00Z$/, '');
}
