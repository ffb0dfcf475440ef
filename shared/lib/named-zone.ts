import { epochMicros, type EpochMicros } from '../model/units.ts';

/** What a clock on the wall of a zone meant. */
export interface SettledTime {
  readonly time: EpochMicros;
  /** Where the clock showed the time twice: how much later its second pass is. Units: µs. */
  readonly secondPass?: number;
  /** True where the clock was set forward over the time, so that it was never shown. */
  readonly isSkipped?: true;
}

/** A zone with its changes of the clock. */
export interface NamedZone {
  /** Its IANA name, such as `Europe/Brussels`. */
  readonly name: string;
  /**
   * The time at which a clock of the zone shows what `wall` reads as if it were UTC. Of two such times it is the first; a time that was never shown
   * counts on from before the change, as the clocks of Java and of RFC 5545 do.
   */
  readonly settle: (wall: EpochMicros) => SettledTime;
}

const MINUTE_MICROS = 60_000_000;
/** Clocks change at quarters of an hour, so what holds at the start of one holds to its end. Units: µs. */
const QUARTER = 15 * MINUTE_MICROS;
/** Two changes of a clock are days apart, so offsets a day before and after are those around a change. Units: µs. */
const DAY = 24 * 60 * MINUTE_MICROS;
/** Quarters of an hour that are kept: three years. Times beyond are looked up again. */
const KEPT = 100_000;

const OFFSET = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** Units: µs east of UTC. */
function toOffset(text: string): number {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = OFFSET.exec(text) ?? [];
  const micros = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1_000_000;
  return sign === '-' ? -micros : micros;
}

/** What holds in a quarter of an hour of the clock on the wall. Units: µs. */
interface Quarter {
  readonly offset: number;
  readonly secondPass?: number;
  readonly isSkipped?: true;
}

/**
 * Opens a zone by its IANA name; `undefined` for a name that is not known.
 * Cost:    a look-up in a table a time, some µs for each quarter of an hour that is asked for first.
 * Example: 02:30 on 25 October 2026 in `Europe/Brussels` is 00:30 UTC, with a second pass an hour later.
 */
export function openNamedZone(name: string): NamedZone | undefined {
  let clock: Intl.DateTimeFormat;
  try {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    // The only way to ask: Intl lists names of one spelling and takes more of them.
    return undefined;
  }
  const offsetAt = (micros: number): number =>
    toOffset(clock.formatToParts(micros / 1000).find(({ type }) => type === 'timeZoneName')?.value ?? '');
  const look = (wall: number): Quarter => {
    const [before, after] = [offsetAt(wall - DAY), offsetAt(wall + DAY)];
    if (before === after) return { offset: before };
    const held = [before, after].filter((offset) => offsetAt(wall - offset) === offset);
    if (held.length === 2) return { offset: before, secondPass: before - after };
    return held[0] === undefined ? { offset: before, isSkipped: true } : { offset: held[0] };
  };
  const quarters = new Map<number, Quarter>();
  const quarterAt = (number: number): Quarter => {
    const known = quarters.get(number);
    if (known !== undefined) return known;
    if (quarters.size >= KEPT) quarters.clear();
    const made = look(number * QUARTER);
    quarters.set(number, made);
    return made;
  };
  return {
    name,
    settle(wall) {
      const { offset, ...about } = quarterAt(Math.floor(wall / QUARTER));
      return { time: epochMicros(wall - offset), ...about };
    },
  };
}
