import { toEpochMicros } from './iso-time.ts';
import type { ParsedTime } from './iso-time.ts';

/** Reads one kind of time text, as a pattern describes it. Errors: as `parseIsoTime`. */
export type TimeReader = (text: string, zoneOffsetMinutes: number) => ParsedTime | 'shape' | 'range';

/** What a pattern fills in as it goes over a text. */
interface Parts {
  year: number | undefined;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  micros: number;
  afternoon: boolean | undefined;
  offsetMinutes: number | undefined;
  epochSeconds: number | undefined;
}

/** Reads at a place of the text and gives the next place, or -1. */
type Step = (text: string, at: number, parts: Parts) => number;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Two-digit years below this are of this century, as POSIX `%y` says. */
const CENTURY_TURN = 69;

/** The digits at a place: at least one, at most `most`; leading blanks are padding. */
function digits(most: number, take: (parts: Parts, value: number, count: number) => void): Step {
  return (text, from, parts) => {
    let at = from;
    while (text.charCodeAt(at) === 0x20 && at - from < most - 1) at += 1;
    const start = at;
    let value = 0;
    for (let code = text.charCodeAt(at); at - from < most && code >= 0x30 && code <= 0x39; code = text.charCodeAt(at)) {
      value = value * 10 + code - 0x30;
      at += 1;
    }
    if (at === start) return -1;
    take(parts, value, at - start);
    return at;
  };
}

/** A name out of a list, by its first three letters; the rest of the word is passed over. */
function name(names: readonly string[], take: (parts: Parts, index: number) => void): Step {
  return (text, from, parts) => {
    const index = names.indexOf(text.slice(from, from + 3).toLowerCase());
    if (index === -1) return -1;
    take(parts, index);
    let at = from + 3;
    while (/[A-Za-z]/.test(text[at] ?? '')) at += 1;
    return at;
  };
}

function fraction(text: string, from: number, parts: Parts): number {
  let at = from;
  while (/\d/.test(text[at] ?? '')) at += 1;
  if (at === from) return -1;
  parts.micros = Number(text.slice(from, Math.min(at, from + 6)).padEnd(6, '0'));
  return at;
}

function zone(text: string, from: number, parts: Parts): number {
  const match = /^(?:(Z|UTC|GMT)|([+-])(\d\d):?(\d\d))/.exec(text.slice(from, from + 6));
  if (match === null) return -1;
  const east = Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0);
  parts.offsetMinutes = match[2] === '-' ? -east : east;
  return from + match[0].length;
}

function half(text: string, at: number, parts: Parts): number {
  const word = text.slice(at, at + 2).toUpperCase();
  if (word !== 'AM' && word !== 'PM') return -1;
  parts.afternoon = word === 'PM';
  return at + 2;
}

const DIRECTIVES: Readonly<Record<string, Step>> = {
  Y: digits(4, (parts, value) => (parts.year = value)),
  y: digits(2, (parts, value) => (parts.year = value + (value < CENTURY_TURN ? 2000 : 1900))),
  m: digits(2, (parts, value) => (parts.month = value)),
  d: digits(2, (parts, value) => (parts.day = value)),
  e: digits(2, (parts, value) => (parts.day = value)),
  H: digits(2, (parts, value) => (parts.hour = value)),
  I: digits(2, (parts, value) => (parts.hour = value)),
  M: digits(2, (parts, value) => (parts.minute = value)),
  S: digits(2, (parts, value) => (parts.second = value)),
  s: digits(12, (parts, value) => (parts.epochSeconds = value)),
  f: fraction,
  L: fraction,
  b: name(MONTHS, (parts, index) => (parts.month = index + 1)),
  B: name(MONTHS, (parts, index) => (parts.month = index + 1)),
  a: name(WEEKDAYS, () => undefined),
  A: name(WEEKDAYS, () => undefined),
  p: half,
  z: zone,
  Z: zone,
};
/** Directives that stand for several. */
const SHORTHANDS: Readonly<Record<string, string>> = { T: '%H:%M:%S', D: '%m/%d/%y', F: '%Y-%m-%d', R: '%H:%M', h: '%b' };

/**
 * Makes a reader out of a pattern in the letters of C's `strptime`, with `%f` for fractions of a second.
 * Shape:   `undefined` when the pattern has a letter that is not known, or none at all.
 * Example: `%Y/%m/%d - %H:%M:%S` reads `2022/06/15 - 15:37:07`, in the assumed zone as the text names none.
 */
export function compileTimePattern(pattern: string): TimeReader | undefined {
  const full = pattern.replaceAll(/%([TDFRh])/g, (_, letter: string) => SHORTHANDS[letter] ?? '');
  if (!full.includes('%')) return undefined;
  const steps: Step[] = [];
  for (let at = 0; at < full.length; at += 1) {
    const character = full[at] ?? '';
    if (character !== '%' || full[at + 1] === '%') {
      if (character === '%') at += 1;
      steps.push((text, from) => (text[from] === character ? from + 1 : -1));
      continue;
    }
    at += 1;
    const step = DIRECTIVES[full[at] ?? ''];
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return (text, zoneOffsetMinutes) => {
    const parts: Parts = {
      year: undefined,
      month: 1,
      day: 1,
      hour: 0,
      minute: 0,
      second: 0,
      micros: 0,
      afternoon: undefined,
      offsetMinutes: undefined,
      epochSeconds: undefined,
    };
    let at = 0;
    for (const step of steps) {
      at = step(text, at, parts);
      if (at === -1) return 'shape';
    }
    return at === text.length ? toTime(parts, zoneOffsetMinutes) : 'shape';
  };
}

function toTime(parts: Parts, zoneOffsetMinutes: number): ParsedTime | 'shape' | 'range' {
  const { epochSeconds, offsetMinutes, afternoon } = parts;
  const zoneKnown = epochSeconds !== undefined || offsetMinutes !== undefined;
  if (epochSeconds === undefined && parts.year === undefined) return 'shape';
  const hour = afternoon === undefined ? parts.hour : (parts.hour % 12) + (afternoon ? 12 : 0);
  const time =
    epochSeconds === undefined
      ? toEpochMicros(
          parts.year ?? 0,
          parts.month,
          parts.day,
          hour,
          parts.minute,
          parts.second,
          parts.micros,
          offsetMinutes ?? zoneOffsetMinutes,
        )
      : toEpochMicros(1970, 1, 1, 0, 0, 0, epochSeconds * 1_000_000 + parts.micros, 0);
  return time === undefined ? 'range' : { time, zoneKnown };
}
