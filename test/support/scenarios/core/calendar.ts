/** Moments of a scenario. Units: epoch milliseconds, UTC, everywhere in the generator. */
export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export type Zone = 'Europe/Berlin' | 'America/New_York' | 'Asia/Kolkata' | 'America/Los_Angeles' | 'Europe/Lisbon' | 'Asia/Singapore';

/** The evidence of a scenario: from its first midnight, for so many days. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Monday 2026-09-14: no clock is changed in the weeks after it. */
export const DEFAULT_START = Date.UTC(2026, 8, 14);

/** East of UTC in September, written out: zone tables differ between machines. Units: minutes. */
const OFFSETS: Readonly<Record<Zone, number>> = {
  'Europe/Berlin': 120,
  'America/New_York': -240,
  'Asia/Kolkata': 330,
  'America/Los_Angeles': -420,
  'Europe/Lisbon': 60,
  'Asia/Singapore': 480,
};

/** Units: minutes east of UTC. */
export function zoneOffset(zone: Zone): number {
  return OFFSETS[zone];
}

/** Share of a day's traffic per local hour, from midnight on. */
const RHYTHMS = {
  shopper: [1, 0.6, 0.4, 0.3, 0.4, 0.8, 2, 3.5, 4.5, 5, 5.5, 6, 6.5, 6, 5.5, 5.5, 6, 7, 8, 9, 9.5, 8, 5, 2.5],
  office: [0, 0, 0, 0, 0, 0, 0.1, 1, 6, 9, 10, 9, 5, 8, 10, 9, 7, 3, 0.8, 0.3, 0.2, 0.1, 0, 0],
  traveller: [0.4, 0.2, 0.2, 0.4, 1, 3, 5, 6, 6, 5, 4, 4, 5, 5, 4, 4, 5, 7, 8, 8, 7, 5, 3, 1],
  steady: Array.from({ length: 24 }, () => 1),
} as const;
/** Weight of Sunday to Saturday. */
const WEEKS = {
  shopper: [1.3, 0.9, 0.9, 0.95, 1, 1.1, 1.35],
  office: [0.02, 1, 1.05, 1.05, 1, 0.85, 0.03],
  traveller: [1.1, 1, 0.95, 0.95, 1.05, 1.2, 0.9],
  steady: [1, 1, 1, 1, 1, 1, 1],
} as const;

export type Rhythm = keyof typeof RHYTHMS;

/** The expected share of a local day that falls into the UTC hour which begins at `hourStart`; zones of half hours are rounded down. */
export function shareOfDay(rhythm: Rhythm, zone: Zone, hourStart: number): number {
  const local = new Date(hourStart + zoneOffset(zone) * MINUTE_MS);
  const table = RHYTHMS[rhythm];
  const total = table.reduce((sum: number, value) => sum + value, 0);
  return ((table[local.getUTCHours()] ?? 0) / total) * (WEEKS[rhythm][local.getUTCDay()] ?? 1);
}

/** The first moment at or after `after` at which a clock in UTC shows that full hour. */
export function nextAt(hour: number, after: number): number {
  const today = Math.floor(after / DAY_MS) * DAY_MS + hour * HOUR_MS;
  return today >= after ? today : today + DAY_MS;
}

/** The first moments of all hours of a span. */
export function hoursOf({ start, end }: Span): readonly number[] {
  return Array.from({ length: Math.ceil((end - start) / HOUR_MS) }, (_, hour) => start + hour * HOUR_MS);
}
