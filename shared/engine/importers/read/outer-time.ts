import { guessEpochTime, parseIsoTime } from '../../../lib/iso-time.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { Outer } from '../importer.ts';

/**
 * Gives a call that has no time of its own the time of the envelope that its record stood in.
 * Units: `zoneOffsetMinutes` east of UTC, for envelopes that name no zone.
 */
export function withOuterTime(call: ImportedCall, outer: Outer, zoneOffsetMinutes: number): ImportedCall {
  if (call.time !== undefined || outer.time === undefined || call.timeText !== undefined) return call;
  const timeText = outer.time;
  if (/^\d+(?:\.\d+)?$/.test(timeText)) {
    const guess = guessEpochTime(Number(timeText));
    return guess === undefined ? call : { ...call, time: guess.time, timeText, timeKind: 'unknown', zoneKnown: true };
  }
  const parsed = parseIsoTime(timeText, zoneOffsetMinutes);
  if (typeof parsed === 'string') return { ...call, timeText };
  return { ...call, time: parsed.time, timeText, timeKind: 'unknown', zoneKnown: parsed.zoneKnown };
}
