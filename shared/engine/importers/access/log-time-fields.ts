import { append } from '../../../lib/append.ts';
import { guessEpochTime, toEpochMicros } from '../../../lib/iso-time.ts';
import type { Token } from './log-format-syntax.ts';
import { refuse } from './log-format-syntax.ts';
import type { Draft, LogField, Shape, TimeParts } from './log-field.ts';
import { digits, runOf, shapes, words } from './log-field.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const LONG_DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Two-digit years from here on are of the last century, as POSIX reads `%y`. */
const FIRST_YEAR_OF_1900 = 69;

type PutPart = (parts: TimeParts, text: string) => void;

const month =
  (names: readonly string[]): PutPart =>
  (parts, text) => {
    parts.month = names.indexOf(text) + 1;
  };

/** Number with a blank in place of a leading zero, as `%e` writes it. */
const padded: Shape = { isFixed: true, span: (line, at) => (/^[ \d]\d/.test(line.slice(at, at + 2)) ? at + 2 : -1) };
const offset: Shape = {
  isFixed: true,
  span: (line, at) => {
    const match = /^(?:[+-]\d\d:?\d\d|Z)/.exec(line.slice(at, at + 6));
    return match === null ? -1 : at + match[0].length;
  },
};

function putOffset(parts: TimeParts, text: string): void {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(text);
  parts.offset = match === null ? 0 : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** What one letter of `strftime` writes. Source: POSIX strftime; letters that need a locale or a week calendar are left out. */
const LETTERS: Readonly<Record<string, readonly [shape: Shape, put: PutPart]>> = {
  Y: [digits(4), (parts, text) => (parts.year = Number(text))],
  y: [digits(2), (parts, text) => (parts.year = Number(text) + (Number(text) < FIRST_YEAR_OF_1900 ? 2000 : 1900))],
  m: [digits(2), (parts, text) => (parts.month = Number(text))],
  d: [digits(2), (parts, text) => (parts.day = Number(text))],
  e: [padded, (parts, text) => (parts.day = Number(text))],
  H: [digits(2), (parts, text) => (parts.hour = Number(text))],
  k: [padded, (parts, text) => (parts.hour = Number(text))],
  I: [digits(2), (parts, text) => (parts.hour = Number(text))],
  l: [padded, (parts, text) => (parts.hour = Number(text))],
  M: [digits(2), (parts, text) => (parts.minute = Number(text))],
  S: [digits(2), (parts, text) => (parts.second = Number(text))],
  p: [words(['AM', 'PM', 'am', 'pm']), (parts, text) => (parts.isAfternoon = text.toUpperCase() === 'PM')],
  b: [words(MONTHS), month(MONTHS)],
  h: [words(MONTHS), month(MONTHS)],
  B: [words(LONG_MONTHS), month(LONG_MONTHS)],
  a: [words(DAYS), () => undefined],
  A: [words(LONG_DAYS), () => undefined],
  z: [offset, putOffset],
  // Zone names are ambiguous, but for these; a time with another one is read in the assumed zone.
  Z: [runOf((code) => code >= 0x41 && code <= 0x5a), (parts, text) => (/^(?:UTC|GMT|Z)$/.test(text) ? putOffset(parts, 'Z') : undefined)],
};

/** Letters that stand for several. */
const SHORTHANDS: Readonly<Record<string, string>> = {
  T: '%H:%M:%S',
  R: '%H:%M',
  F: '%Y-%m-%d',
  D: '%m/%d/%y',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
  n: '\n',
  t: '\t',
};

const part = (name: string, shape: Shape, put: PutPart): LogField => ({
  ...shape,
  name,
  role: 'time',
  rank: 3,
  put(draft, value, _line, at) {
    draft.parts ??= { from: at };
    draft.parts.to = at + value.length;
    put(draft.parts, value);
  },
});

/** Whole seconds, milliseconds or microseconds since 1970; their size tells which. */
const epoch = (name: string, rank: number): LogField => ({
  ...shapes.integer,
  name,
  role: 'time',
  rank,
  put(draft, value) {
    draft.call.timeText = value;
    draft.call.zoneKnown = true;
    draft.call.time = guessEpochTime(Number(value))?.time;
  },
});

const SPECIALS: Readonly<Record<string, LogField>> = {
  sec: epoch('time-s', 1),
  msec: epoch('time-ms', 4),
  usec: epoch('time-us', 5),
  msec_frac: part('time', digits(3), (parts, text) => (parts.micros = Number(text) * 1000)),
  usec_frac: part('time', digits(6), (parts, text) => (parts.micros = Number(text))),
};

/**
 * The fields and literals that `%{…}t` stands for.
 * Source: mod_log_config, "%{format}t": `begin:` or `end:` in front, then `sec`, `msec`, `usec`, `msec_frac`, `usec_frac` or a
 * `strftime` format.
 * Errors: AppError `bad-params` for a letter that is not known.
 */
export function expandTime(parameter: string): readonly (LogField | Extract<Token, { kind: 'literal' }>)[] {
  const format = parameter.replace(/^(?:begin|end):/, '');
  const special = Object.hasOwn(SPECIALS, format) ? SPECIALS[format] : undefined;
  if (special !== undefined) return [special];
  const found: (LogField | Extract<Token, { kind: 'literal' }>)[] = [];
  for (const [written, letter] of format.matchAll(/%(.)|[^%]+|%$/gs)) {
    const short = letter === undefined ? undefined : SHORTHANDS[letter];
    const known = letter === undefined ? undefined : LETTERS[letter];
    if (known !== undefined) found.push(part('time', ...known));
    else if (short !== undefined) append(found, expandTime(short));
    else if (letter === 's') found.push(epoch('time-s', 1));
    else if (letter === undefined || letter === '%') found.push({ kind: 'literal', text: letter ?? written });
    else refuse(`%${letter} in a time is not known`);
  }
  return found;
}

/** The time out of its parts; what the line does not say of the zone is assumed. */
export function finishParts(draft: Draft, line: string): void {
  const { parts, call } = draft;
  if (parts === undefined) return;
  const { year, month: monthNumber, day, second = 0, minute = 0, micros = 0, isAfternoon, offset: east, from, to } = parts;
  call.timeText = line.slice(from, to);
  call.zoneKnown = east !== undefined;
  if (year === undefined || monthNumber === undefined || day === undefined || parts.hour === undefined) return;
  const hour = isAfternoon === undefined ? parts.hour : (parts.hour % 12) + (isAfternoon ? 12 : 0);
  call.time = toEpochMicros(year, monthNumber, day, hour, minute, second, micros, east ?? draft.zoneOffsetMinutes);
}
