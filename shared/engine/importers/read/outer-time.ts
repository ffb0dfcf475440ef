import { guessEpochTime, parseIsoTime } from '../../../lib/iso-time.ts';
import { compileTimePattern } from '../../../lib/time-pattern.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import type { Outer } from '../importer.ts';

/** `Mar 24 14:02:50` after RFC 3164, with the year put in front. */
const readYearless = compileTimePattern('%Y %b %e %H:%M:%S');

/**
 * Gives a call that has no time of its own the time of the envelope that its record stood in.
 * Units: `zoneOffsetMinutes` east of UTC, for envelopes that name no zone; `year` for those that name no year. Without one such a
 *        call has no time: a year that is guessed looks as right as the right one.
 */
export function withOuterTime(call: ImportedCall, outer: Outer, zoneOffsetMinutes: number, year?: number): ImportedCall {
  if (call.time !== undefined || outer.time === undefined || call.timeText !== undefined) return call;
  const timeText = outer.time;
  if (/^\d+(?:\.\d+)?$/.test(timeText)) {
    const guess = guessEpochTime(Number(timeText));
    return guess === undefined ? call : { ...call, time: guess.time, timeText, timeKind: 'unknown', zoneKnown: true };
  }
  const iso = parseIsoTime(timeText, zoneOffsetMinutes);
  const isYearless = iso === 'shape' && year !== undefined;
  const parsed = isYearless ? (readYearless?.(`${String(year)} ${timeText.slice(0, YEARLESS_LENGTH)}`, zoneOffsetMinutes) ?? iso) : iso;
  if (typeof parsed === 'string') return { ...call, timeText, zoneKnown: false };
  return { ...call, time: parsed.time, timeText, timeKind: 'unknown', zoneKnown: parsed.zoneKnown };
}

/** `Mar 24 14:02:50`. Units: characters; fractions that some daemons add are dropped. */
const YEARLESS_LENGTH = 15;

/** Keeps with a call which machine and program its line came from, where an envelope told. */
export function withOuterName(call: ImportedCall, { host, program }: Outer): ImportedCall {
  if (host === undefined && program === undefined) return call;
  const named: Header[] = [...(call.extras ?? [])];
  if (host !== undefined) named.push(['log-host', host]);
  if (program !== undefined) named.push(['log-program', program]);
  return { ...call, extras: named };
}
