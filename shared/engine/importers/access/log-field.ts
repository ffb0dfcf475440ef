import { greatest } from '../../../lib/extremes.ts';
import { CLF_TIME_LENGTH, looksLikeClfTime } from '../../../lib/iso-time.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import type { EpochMicros } from '../../../model/units.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Parts of a time that stand apart in a line: `%{%Y-%m-%d}t %{%T}t.%{msec_frac}t`. */
export interface TimeParts {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  micros?: number;
  /** Minutes east of UTC, when the line says. */
  offset?: number;
  isAfternoon?: boolean;
  /** Where the time stands in the line. */
  from?: number;
  to?: number;
}

/** A call while the fields of its line are being taken over. */
export interface Draft {
  readonly call: Mutable<ImportedCall>;
  readonly extras: Header[];
  readonly requestHeaders: Header[];
  readonly responseHeaders: Header[];
  readonly timings: (readonly [phase: string, ms: number])[];
  readonly tls: string[];
  parts: TimeParts | undefined;
  /** Undoes the writer's escapes. */
  readonly unescape: (text: string) => string;
  /** Reads `10/Oct/2000:13:55:36 -0700`. */
  readonly clock: (line: string, at: number) => EpochMicros | undefined;
  /** Minutes east of UTC for times without a zone. */
  readonly zoneOffsetMinutes: number;
}

/** What stands in a field, as far as it helps to find the field's end. */
export interface Shape {
  /** The end of what can be such a value at `at`, or −1 when none stands there. Left out by free text, which ends where the next literal begins. */
  readonly span?: (line: string, at: number) => number;
  /** True when no end needs to be searched for: the value has a length of its own, and another field may follow at once. */
  readonly isFixed?: boolean;
  /** The character that every value begins with, or there is no value: `/` of a path, `?` of a query. */
  readonly first?: string;
  /** True for addresses, names and ids, which hold no blank: a line with one there is of another format. */
  readonly isWord?: boolean;
  /** True for text of the caller's that the writer does not escape: it ends where what follows it stands last in the line. */
  readonly endsLast?: boolean;
  /** True for nginx's lists of tries: `a, b : c`, whose separators are no ends. */
  readonly isList?: boolean;
}

/** A field of a line: how it is found, and what becomes of it. */
export interface LogField extends Shape {
  /** Its name in the line's format, for extras and messages. */
  readonly name: string;
  /** What the text must be, where its end alone does not show a line of another format. */
  readonly accepts?: (text: string) => boolean;
  /** Fields that say the same compete for one place; the highest rank of a role wins and the others are kept as extras. */
  readonly role?: string;
  readonly rank?: number;
  /** `value` with escapes still in, as it stands in `line` at `at`. */
  readonly put: (draft: Draft, value: string, line: string, at: number) => void;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const DASH = 0x2d;

/** The end of a run of characters that pass. */
function endOfRun(line: string, at: number, passes: (code: number) => boolean): number {
  let end = at;
  while (end < line.length && passes(line.charCodeAt(end))) end += 1;
  return end;
}

/** Digits, `-`, or nothing. */
const integerSpan = (line: string, at: number): number => (line.charCodeAt(at) === DASH ? at + 1 : endOfRun(line, at, isDigit));
const decimalSpan = (line: string, at: number): number =>
  line.charCodeAt(at) === DASH ? at + 1 : endOfRun(line, at, (code) => isDigit(code) || code === 0x2e);
const statusSpan = (line: string, at: number): number => {
  if (line.charCodeAt(at) === DASH) return at + 1;
  return isDigit(line.charCodeAt(at)) && isDigit(line.charCodeAt(at + 1)) && isDigit(line.charCodeAt(at + 2)) ? at + 3 : -1;
};
const isLetter = (code: number): boolean =>
  (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f || code === DASH;
const methodSpan = (line: string, at: number): number => {
  const end = endOfRun(line, at, isLetter);
  return end === at ? -1 : end;
};
const clfSpan = (line: string, at: number): number => (looksLikeClfTime(line, at) ? at + CLF_TIME_LENGTH : -1);
const bracketedClfSpan = (line: string, at: number): number => {
  const end = clfSpan(line, at + 1);
  return line[at] === '[' && end !== -1 && line[end] === ']' ? end + 1 : -1;
};
const isIsoCharacter = (code: number): boolean =>
  isDigit(code) || code === DASH || code === 0x3a || code === 0x2b || code === 0x2e || code === 0x54 || code === 0x5a;
const isoSpan = (line: string, at: number): number => {
  const end = endOfRun(line, at, isIsoCharacter);
  return end === at || !isDigit(line.charCodeAt(at)) ? -1 : end;
};

/** The shapes that values have. */
export const shapes = {
  text: {},
  word: { isWord: true },
  integer: { span: integerSpan },
  decimal: { span: decimalSpan },
  status: { span: statusSpan },
  method: { span: methodSpan },
  clf: { span: clfSpan, isFixed: true },
  bracketedClf: { span: bracketedClfSpan, isFixed: true },
  iso: { span: isoSpan },
  list: { isList: true },
  path: { first: '/' },
  query: { first: '?' },
} as const satisfies Readonly<Record<string, Shape>>;

/** Exactly so many digits, as `strftime` writes numbers. */
export const digits = (count: number): Shape => ({
  isFixed: true,
  span: (line, at) => (endOfRun(line.slice(at, at + count), 0, isDigit) === count ? at + count : -1),
});

/** One of some words; the longest that stands there. */
export const words = (list: readonly string[]): Shape => ({
  isFixed: true,
  span: (line, at) =>
    at +
    greatest(
      list.filter((word) => line.startsWith(word, at)).map((word) => word.length),
      -1 - at,
    ),
});

/** A run of characters that pass; at least one. */
export const runOf = (passes: (code: number) => boolean): Shape => ({
  span: (line, at) => {
    const end = endOfRun(line, at, passes);
    return end === at ? -1 : end;
  },
});
