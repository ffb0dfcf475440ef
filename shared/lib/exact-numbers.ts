import type { Json } from './json.ts';

/** From this many digits on a whole number may not fit a double: 2^53 has sixteen. */
const LONG = /\d{16}/;
/** A number of JSON, its sign with it. */
const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
/** Digits of the largest double; a longer number is Infinity, and to compare it digit by digit takes the square of its length. */
const MOST_DIGITS = 309;
const [QUOTE, ESCAPE, MINUS, ZERO, NINE] = [0x22, 0x5c, 0x2d, 0x30, 0x39];

/** A JSON text in which every whole number keeps its digits. */
export interface ExactText {
  readonly text: string;
  /** The first number that became a text, and is no time in nanoseconds. */
  readonly odd: string | undefined;
}

/**
 * Puts whole numbers that no double holds into quotes, so that parsing keeps their digits: an id that is rounded is another id, and a time in
 * nanoseconds is up to 128 ns off.
 * Shape: `text` is valid JSON; it stays so, and is given back as it is where it has no such number.
 * Example: `{"id":9007199254740993}` is `{"id":"9007199254740993"}`.
 * Cost: one look for sixteen digits in a row; where there are some, one pass.
 */
export function quoteLongNumbers(text: string): ExactText {
  if (!LONG.test(text)) return { text, odd: undefined };
  const parts: string[] = [];
  let from = 0;
  let odd: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      NUMBER.lastIndex = at;
      const [written = '', fraction, exponent] = NUMBER.exec(text) ?? [];
      if (fraction === undefined && exponent === undefined && !fitsDouble(written)) {
        parts.push(text.slice(from, at), '"', written, '"');
        from = at + written.length;
        if (odd === undefined && !isTimeInNanos(written, keyBefore(text, at))) odd = written;
      }
      at += Math.max(written.length, 1) - 1;
    }
  }
  return { text: from === 0 ? text : parts.join('') + text.slice(from), odd };
}

/**
 * Parses JSON and keeps the digits of its whole numbers: those that no double holds become texts, see `quoteLongNumbers`.
 * Errors: SyntaxError for what is no JSON.
 */
export function parseExact(text: string): Json {
  const value = JSON.parse(text) as Json; // JSON.parse gives nothing else
  const exact = quoteLongNumbers(text).text;
  return exact === text ? value : (JSON.parse(exact) as Json);
}

/** Place of the quote that ends the string which begins at `at`. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  for (let code = text.charCodeAt(end); code !== QUOTE && end < text.length; code = text.charCodeAt(end)) end += code === ESCAPE ? 2 : 1;
  return end;
}

function fitsDouble(written: string): boolean {
  if (written.length < 16) return true;
  const value = Number(written);
  return written.length <= MOST_DIGITS && Number.isFinite(value) && BigInt(written) === BigInt(value);
}

const KEY_BEFORE = /"([^"\\]{1,64})"\s*:\s*$/;
/** Characters that a key and the colon after it take at most. */
const KEY_REACH = 80;
const keyBefore = (text: string, at: number): string => KEY_BEFORE.exec(text.slice(Math.max(0, at - KEY_REACH), at))?.[1] ?? '';

/** What names of times end with: `EdgeStartTimestamp`, `startTimeUnixNano`, `eventtime`; `received_at`, `ts`; `createdAt`. */
const TIME_NAMES = [/(?:time|stamp|date|nanos?|epoch)$/i, /(?:^|[^a-z])(?:ts|ns|at)$/i, /[a-z](?:Ts|Ns|At)$/];

/** Nineteen digits from 2001 to 2100 under the name of a time: all that is asked of it, to the microsecond, a double holds as well. */
const isTimeInNanos = (written: string, key: string): boolean => /^[1-4]\d{18}$/.test(written) && TIME_NAMES.some((name) => name.test(key));
