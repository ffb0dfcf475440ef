/** Zones in use that lie off the whole hour. Units: minutes east of UTC. Source: IANA time zone database, 2025. */
const PART_HOURS = [-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825];
const [WEST, EAST] = [-12, 14];
const ZONES: readonly number[] = [...Array.from({ length: EAST - WEST + 1 }, (_, place) => (WEST + place) * 60), ...PART_HOURS];

/** Units: minutes. */
export const MAX_ZONE_MINUTES = EAST * 60;
/** A clock is taken to be off by less beside its zone: half of the least distance of two zones. Units: minutes. */
const MAX_REST = 7.5;

/** The zone that a log was written in whose stamps lie so far ahead of UTC; `undefined` near none. Units: minutes east of UTC. Example: 115.6 is 120. */
export function zoneOf(aheadMinutes: number): number | undefined {
  const nearest = ZONES.reduce((best, zone) => (Math.abs(zone - aheadMinutes) < Math.abs(best - aheadMinutes) ? zone : best));
  return Math.abs(nearest - aheadMinutes) <= MAX_REST ? nearest : undefined;
}

/** `+02:00`, as `--timezone` takes it. */
function printZone(minutes: number): string {
  const digits = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${digits(Math.floor(Math.abs(minutes) / 60))}:${digits(Math.abs(minutes) % 60)}`;
}

/** What a source's times say of themselves, as far as its zone can be told from it. */
export interface ZonedSource {
  readonly timezone: string;
  /** Units: ms. */
  readonly clockAheadMs?: number;
}

/**
 * The zone that a source was most likely written in, as `--timezone` takes it: its stamps name none and were read as UTC, and beside other logs they lie
 * off by about a zone. `undefined` for all others.
 */
export function likelyZone({ timezone, clockAheadMs = 0 }: ZonedSource): string | undefined {
  const zone = timezone === 'assumed UTC' ? zoneOf(clockAheadMs / 60_000) : undefined;
  return zone === undefined || zone === 0 ? undefined : printZone(zone);
}
