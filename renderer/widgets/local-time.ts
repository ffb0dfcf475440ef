import { createContext } from 'react';

/** The zone whose clock is told beside UTC, by its IANA name: `Europe/Amsterdam`; empty for none. */
export const BesideUtc = createContext('');

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes a thousand times as long as using it. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  clocks.set(zone, made);
  return made;
}

/** True for a zone that this machine knows. */
export function isZoneName(zone: string): boolean {
  try {
    clockOf(zone);
    return true;
  } catch {
    // The only way to ask: Intl lists names of one spelling and takes more of them.
    return false;
  }
}

/**
 * A UTC time on the clock of a zone, with the offset that held then, which tells apart the two passes of an hour that the clock is set back over:
 * `2026-10-25 02:30:00.500 +01:00`.
 * Shape: `time` as `2026-10-25T01:30:00.500000Z`; as it stands, when it is no time.
 */
export function toLocalTime(time: string, zone: string): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return time;
  const parts = new Map(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const offset = part('timeZoneName').replace('GMT', '');
  const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  return `${date} ${part('hour')}:${part('minute')}:${part('second')}${time.slice(19, 23)} ${offset === '' ? '+00:00' : offset}`;
}
