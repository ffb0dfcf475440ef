import { guessWrittenEpoch, looksLikeClfTime, parseClfTime, parseIsoTime } from '../../../lib/iso-time.ts';
import type { ImportedCall, TimeKind } from '../../../model/call.ts';
import { toLooseText } from './fields.ts';

/** The fields of a call that say when it was. */
export type Stamp = Pick<ImportedCall, 'time' | 'timeText' | 'timeKind' | 'zoneKnown'>;

const EPOCH = /^\d+(?:\.\d+)?$/;

/**
 * Reads a record's time in the spellings that gateways choose from: ISO 8601, also with ` UTC` at its end as BigQuery writes it,
 * the common log's `10/Oct/2000:13:55:36 -0700`, and epoch numbers, whose digits tell their unit.
 * Units: `zoneOffsetMinutes` east of UTC, for texts that name no zone.
 */
export function readStamp(value: unknown, kind: TimeKind, zoneOffsetMinutes: number): Stamp {
  const timeText = toLooseText(value);
  if (timeText === undefined) return { timeKind: 'unknown', zoneKnown: false };
  if (EPOCH.test(timeText)) {
    const guess = guessWrittenEpoch(timeText);
    return { time: guess?.time, timeText, timeKind: guess === undefined ? 'unknown' : kind, zoneKnown: true };
  }
  if (looksLikeClfTime(timeText, 0)) {
    const time = parseClfTime(timeText, 0);
    return { time, timeText, timeKind: time === undefined ? 'unknown' : kind, zoneKnown: time !== undefined };
  }
  const parsed = parseIsoTime(timeText.endsWith(' UTC') ? `${timeText.slice(0, -4)}Z` : timeText, zoneOffsetMinutes);
  if (typeof parsed === 'string') return { timeText, timeKind: 'unknown', zoneKnown: false };
  return { time: parsed.time, timeText, timeKind: kind, zoneKnown: parsed.zoneKnown };
}
