import { parseGoDuration } from '../../../lib/go-duration.ts';
import { guessEpochTime, guessWrittenEpoch, looksLikeClfTime, parseClfTime, parseIsoTime } from '../../../lib/iso-time.ts';
import type { ParsedTime } from '../../../lib/iso-time.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import { compileTimePattern } from '../../../lib/time-pattern.ts';
import type { TimeReader } from '../../../lib/time-pattern.ts';
import type { Header } from '../../../model/call.ts';
import type { DurationUnit } from '../../../model/mapping.ts';
import { durationMs, epochMicros } from '../../../model/units.ts';
import type { DurationMs } from '../../../model/units.ts';
import { toNumber, toStatus } from '../read/fields.ts';

/** What a value says as a text; `undefined` for nothing, `""`, and `-`, which logs write for "not known". */
export function toText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' || value === '-' ? undefined : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return toList(value);
  return isJsonObject(value) ? toText(unwrapExtended(value)) : undefined;
}

/** Lists of texts are what headers give that stand several times: one text, as HTTP would join them. */
function toList(values: readonly Json[]): string | undefined {
  const texts = values.filter((value) => typeof value !== 'object').flatMap((value) => toText(value) ?? []);
  return texts.length === 0 ? undefined : texts.join(', ');
}

/** MongoDB's extended JSON: `{"$date": "…"}`, `{"$numberLong": "93"}`, `{"$date": {"$numberLong": "…"}}`. */
function unwrapExtended(value: { readonly [key: string]: Json }): Json | undefined {
  const inner = value['$date'] ?? value['$numberLong'] ?? value['$numberInt'] ?? value['$numberDouble'] ?? value['$oid'];
  return inner !== value ? inner : undefined;
}

/** Whatever a value is, as one text, for the call's other fields; an empty object or list says nothing. */
export function toAnyText(value: Json): string | undefined {
  if (typeof value !== 'object' || value === null) return toText(value);
  const text = JSON.stringify(value);
  return text === '{}' || text === '[]' ? undefined : text;
}

/** A query, as its text or as the table `{name: value | [values]}` that gateways written in Lua make of it. */
export function toQuery(value: Json | undefined): string | undefined {
  if (!isJsonObject(value)) return toText(value)?.replace(/^\?/, '');
  const pairs = Object.entries(value).flatMap(([name, entry]) =>
    (Array.isArray(entry) ? (entry as readonly Json[]) : [entry]).map((one) =>
      one === true ? encode(name) : `${encode(name)}=${encode(toText(one) ?? '')}`,
    ),
  );
  return pairs.length === 0 ? undefined : pairs.join('&');
}

/** A lone half of a surrogate pair cannot be encoded. */
const encode = (text: string): string => encodeURIComponent(text.replaceAll(/[\uD800-\uDFFF]/gu, '\uFFFD'));

/** Adds the headers that stand in an object, in a list of `{name, value}`, or in the text of a header block. */
export function addHeaders(value: Json | undefined, headers: Header[]): void {
  if (typeof value === 'string') {
    for (const line of value.split(/\r?\n/)) {
      const colon = line.indexOf(':', 1);
      if (colon > 0) headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
    }
    return;
  }
  if (Array.isArray(value)) {
    for (const entry of value as readonly Json[]) {
      if (!isJsonObject(entry)) continue;
      const name = toText(entry['name'] ?? entry['key']);
      const text = toText(entry['value']);
      if (name !== undefined && text !== undefined) headers.push([name, text]);
    }
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [name, entry] of Object.entries(value)) {
    for (const one of Array.isArray(entry) ? (entry as readonly Json[]) : [entry]) {
      const text = typeof one === 'string' ? one : toText(one);
      if (text !== undefined) headers.push([name, text]);
    }
  }
}

/** How many of a unit are in a millisecond. */
const PER_MS: Readonly<Record<Exclude<DurationUnit, 'go'>, number>> = { s: 1e-3, ms: 1, us: 1e3, ns: 1e6 };

/** Rounded to nanoseconds: what a double adds beyond them is no measurement. */
const toMs = (value: number, unit: Exclude<DurationUnit, 'go'>): DurationMs => durationMs(Math.round((value / PER_MS[unit]) * 1e6) / 1e6);

const DECIMAL_COMMA = /^(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+),\d+$/;

/**
 * A number, also as spreadsheets of many countries write it: `1.234,5` is 1234.5.
 * Trap: a comma between two digits is taken for the decimal one, as lists of numbers have a blank behind it or dots of their own
 * (`0.1, 0.2` and `0.1,0.2`).
 */
export function toLocalNumber(value: Json | undefined): number | undefined {
  return toNumber(typeof value === 'string' && DECIMAL_COMMA.test(value.trim()) ? value.replaceAll('.', '').replace(',', '.') : value);
}

/**
 * A length of time in a unit; a text that names its own unit overrules it.
 * Shape: nginx lists one number for each upstream that was tried, `0.001, 0.002 : 0.003`: their sum is the time that was spent.
 */
export function toDuration(value: Json | undefined, unit: DurationUnit): DurationMs | undefined {
  const number = toLocalNumber(value);
  if (number !== undefined) return number < 0 || unit === 'go' ? undefined : toMs(number, unit);
  const text = toText(value);
  if (text === undefined) return undefined;
  const named = parseGoDuration(text.replaceAll(' ', ''));
  if (named !== undefined) return named;
  if (unit === 'go' || !/^[\d.,:\s-]+$/.test(text)) return undefined;
  const parts = text.split(/[,:]/).flatMap((part) => toNumber(part.trim()) ?? []);
  return parts.length < 2 || parts.some((part) => part < 0)
    ? undefined
    : toMs(
        parts.reduce((sum, part) => sum + part, 0),
        unit,
      );
}

/** A status, also with its words behind it, `200 OK`, as many frameworks write it. */
export function toLooseStatus(value: Json | undefined): number | undefined {
  return toStatus(typeof value === 'string' && STATUS_WORDS.test(value) ? value.slice(0, 3) : value);
}

const STATUS_WORDS = /^[1-5]\d\d [a-z]/i;

/** Shapes beside ISO 8601 and the common log's that programs write without being asked to. */
const OTHER_TIMES: readonly TimeReader[] = [
  '%Y/%m/%d %H:%M:%S', // Go's log package, Caddy's `wall`
  '%Y/%m/%d %H:%M:%S.%f',
  '%Y/%m/%d - %H:%M:%S', // Gin
  '%a, %d %b %Y %H:%M:%S %Z', // RFC 9110
  '%a %b %e %H:%M:%S %Y', // asctime
  '%b %d, %Y @ %H:%M:%S.%f', // Kibana's exports
].flatMap((pattern) => compileTimePattern(pattern) ?? []);

const EPOCH_MICROS: Readonly<Record<string, number>> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 };

/** Makes the reader of one declared time format; `undefined` when the format is none. */
export function compileTime(format: string): TimeReader | undefined {
  if (format === 'auto') return readAnyTime;
  if (format === 'iso') return parseIsoTime;
  if (format === 'clf') return readClf;
  const micros = EPOCH_MICROS[format];
  if (micros === undefined) return compileTimePattern(format);
  return (text) => {
    const number = toNumber(text);
    // The magnitude is not asked: what is declared counts. It is bounded as every other time is.
    const time = number === undefined ? undefined : number * micros;
    if (time === undefined) return 'shape';
    return guessEpochTime(time / 1e6) === undefined || time / 1e6 >= 1e11
      ? 'range'
      : { time: epochMicros(Math.round(time)), zoneKnown: true };
  };
}

/** `10/Oct/2000:13:55:36 -0700`, with the brackets that logs put around it or without. */
function readClf(text: string): ParsedTime | 'shape' | 'range' {
  const at = text.startsWith('[') ? 1 : 0;
  if (!looksLikeClfTime(text, at)) return 'shape';
  const time = parseClfTime(text, at);
  return time === undefined ? 'range' : { time, zoneKnown: true };
}

/** BigQuery and Athena end a time in ` UTC`; Go prints the zone's name after its offset, ` +0100 CET`. */
const ZONE_NAME = / ?(?:([+-]\d{4}) [A-Z]{2,5}|(?:UTC|GMT))$/;
const withoutName = (_: string, offset: string | undefined): string => offset ?? 'Z';

function readAnyTime(text: string, zoneOffsetMinutes: number): ParsedTime | 'shape' | 'range' {
  const number = toNumber(text);
  if (number !== undefined) {
    const guess = guessWrittenEpoch(text);
    return guess === undefined ? 'range' : { time: guess.time, zoneKnown: true };
  }
  const iso = parseIsoTime(ZONE_NAME.test(text) ? text.replace(ZONE_NAME, withoutName) : text, zoneOffsetMinutes);
  if (iso !== 'shape') return iso;
  const clf = readClf(text);
  if (clf !== 'shape') return clf;
  for (const read of OTHER_TIMES) {
    const time = read(text, zoneOffsetMinutes);
    if (time !== 'shape') return time;
  }
  return 'shape';
}
