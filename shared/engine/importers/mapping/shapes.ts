import { parseGoDuration } from '../../../lib/go-duration.ts';
import { guessEpochTime } from '../../../lib/iso-time.ts';
import type { DurationUnit, MappedField } from '../../../model/mapping.ts';
import { toNumber } from '../read/fields.ts';
import { compileTime } from './values.ts';

const METHOD = /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|TRACE|CONNECT|PROPFIND|REPORT|MKCOL|COPY|MOVE|LOCK|UNLOCK|PURGE|SEARCH|QUERY)$/i;
const REQUEST_LINE = /^[A-Z][A-Z0-9_-]{2,19} \S.*(?: HTTP\/\d(?:\.\d)?)$/s;
const TARGET = /^(?:\/|\*$|[a-z][a-z0-9+.-]*:\/\/)/i;
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?|\[?[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*(?:%[\w.]+)?\]?(?::\d{1,5})?)$/i;
const HOST = /^(?:[\w*-]+(?:\.[\w-]+)*\.?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/** An IPv6 address with a zone, brackets and a port is shorter; the pattern takes quadratic time. Units: characters. */
const MAX_ADDRESS = 80;
/** A DNS name has at most 253. Units: characters. */
const MAX_HOST = 260;

const isCount = (text: string): boolean => (toNumber(text) ?? -1) >= 0;
const isWord = (text: string): boolean => text.length <= 200 && !/[{}\n]/.test(text);

/** What a field's value looks like; fields that are not named take any short text. */
const SHAPES: { readonly [Field in MappedField]?: (text: string) => boolean } = {
  method: (text) => METHOD.test(text),
  request: (text) => REQUEST_LINE.test(text),
  url: (text) => TARGET.test(text),
  path: (text) => TARGET.test(text),
  query: (text) => !text.startsWith('/'),
  scheme: (text) => /^(?:https?|wss?)$/i.test(text),
  host: (text) => text.length <= MAX_HOST && HOST.test(text),
  port: (text) => /^\d{1,5}$/.test(text),
  status: (text) => /^(?:[1-5]\d\d(?: [a-z][\w' -]{0,60})?|0|000)$/i.test(text),
  reqBytes: isCount,
  resBytes: isCount,
  clientIp: (text) => text.split(',').every((hop) => hop.length <= MAX_ADDRESS && ADDRESS.test(hop.trim())),
  forwardedFor: (text) => text.length <= 2000,
  userAgent: (text) => text.length <= 4000,
  referer: (text) => text.length <= 4000,
};

/** True when a text could be the value of a field. */
export const fits = (field: MappedField, text: string): boolean => (SHAPES[field] ?? isWord)(text);

const readAny = compileTime('auto');
/** The web is not older: what lies before is a count or an id, not a time. Units: epoch seconds; 1995-01-01. */
const FIRST_TIME = 788_918_400;

/** How a time is written, in words; `undefined` when a text is none. */
export function describeTime(text: string): string | undefined {
  const number = toNumber(text);
  if (number !== undefined) {
    const guess = guessEpochTime(number);
    return guess === undefined || guess.time < FIRST_TIME * 1e6 ? undefined : `epoch ${guess.unit}`;
  }
  const read = readAny?.(text, 0);
  if (read === undefined || typeof read === 'string') return undefined;
  if (/^\[?\d\d\/[A-Z]/i.test(text)) return 'common-log times';
  return read.zoneKnown ? 'times with a zone' : 'times without a zone';
}

/** What a length of time is measured in, and why; `doubt` when the values alone had to tell. */
export interface FoundUnit {
  readonly unit: DurationUnit;
  readonly why: string;
  readonly doubt: string | undefined;
}

/** The middle of the values that are not zero. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.filter((number) => number > 0).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** A whole number above this is finer than milliseconds: a usual call takes less than ten seconds. */
const MAX_USUAL_MS = 10_000;
/** A whole number above this is nanoseconds: as microseconds it would be more than ten seconds. */
const MAX_USUAL_US = 10_000_000;

/** Variables of nginx; a log with two of them among its keys is nginx's. */
const NGINX_NAMES =
  /^(?:time_local|time_iso8601|msec|remote_addr|remote_user|request_uri|request_length|bytes_sent|body_bytes_sent|upstream_\w+|server_protocol|http_user_agent|http_referer)$/;
const NEEDED_NGINX_NAMES = 2;
const MILLISECONDS_AT_MOST = /^\d+(?:\.\d{1,3})?$/;

/**
 * The unit of a field called `request_time`, if it is nginx's variable: seconds with three decimals, however long the calls are.
 * Shape: JSON writers cut zeros off, so that whole numbers count only among other variables of nginx.
 */
export function guessRequestTime(texts: readonly string[], names: readonly string[]): FoundUnit | undefined {
  if (texts.length === 0 || !texts.every((text) => MILLISECONDS_AT_MOST.test(text))) return undefined;
  if (names.filter((name) => NGINX_NAMES.test(name)).length >= NEEDED_NGINX_NAMES)
    return { unit: 's', why: 'the name is a variable of nginx, as others are', doubt: undefined };
  if (!texts.some((text) => text.includes('.'))) return undefined;
  return { unit: 's', why: 'the name and its decimals are those of nginx', doubt: 'no value names its unit; it could be milliseconds' };
}

/** The unit of a length of time whose name does not tell it; `undefined` when the texts are no lengths of time. */
export function guessUnit(texts: readonly string[]): FoundUnit | undefined {
  if (texts.length === 0) return undefined;
  if (texts.every((text) => toNumber(text) === undefined && parseGoDuration(text.replaceAll(' ', '')) !== undefined))
    return { unit: 'go', why: 'each value names its unit', doubt: undefined };
  const numbers = texts.flatMap((text) => toNumber(text) ?? []);
  if (numbers.length < texts.length || numbers.some((number) => number < 0)) return undefined;
  const middle = median(numbers);
  const doubt = (other: string): string => `no value names its unit; it could be ${other}`;
  if (numbers.some((number) => !Number.isInteger(number))) {
    // nginx and most servers in scripting languages give seconds; a call of several seconds is rare, one of several ms is not.
    return middle < 1
      ? { unit: 's', why: 'fractions, mostly below 1', doubt: doubt('milliseconds') }
      : { unit: 'ms', why: 'fractions, mostly above 1', doubt: doubt('seconds') };
  }
  if (middle > MAX_USUAL_US) return { unit: 'ns', why: 'whole numbers, mostly above ten million', doubt: doubt('microseconds') };
  if (middle > MAX_USUAL_MS)
    return { unit: 'us', why: 'whole numbers, mostly above ten thousand', doubt: doubt('nanoseconds or milliseconds') };
  return { unit: 'ms', why: 'whole numbers', doubt: doubt('seconds or microseconds') };
}
