import { AppError } from '../../contract/errors.ts';
import { openNamedZone, type NamedZone } from '../../lib/named-zone.ts';

/** Largest distance of a zone from UTC that any place has used. Units: minutes. */
const FARTHEST = 18 * 60;

/** The zone that stamps without one are read in. */
export interface StampZone {
  /** Units: minutes east of UTC; 0 for a zone with changes of the clock, whose stamps are first read as if they were UTC. */
  readonly offsetMinutes: number;
  readonly named?: NamedZone;
}

const UTC: StampZone = { offsetMinutes: 0 };

/** Reads `UTC`, `Z`, `+02:00`, `+0530`, `-7` or an IANA name such as `Europe/Brussels`. Errors: AppError `bad-params` for anything else. */
export function readZone(zone: string): StampZone {
  if (/^(utc|z|gmt)$/i.test(zone)) return UTC;
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (match !== null) {
    const minutes = (Number(match[2]) * 60 + Number(match[3] ?? '0')) * (match[1] === '-' ? -1 : 1);
    if (Math.abs(minutes) <= FARTHEST) return { offsetMinutes: minutes };
  }
  // Intl takes offsets as names too, but other ones than we do.
  const named = /^[a-z]/i.test(zone) ? openNamedZone(zone) : undefined;
  if (named !== undefined) return { offsetMinutes: 0, named };
  const likely = Intl.supportedValuesOf('timeZone').find((name) =>
    name.toLowerCase().endsWith(`/${zone.toLowerCase().replaceAll(' ', '_')}`),
  );
  const example = likely === undefined ? 'a name such as Europe/Brussels' : `the name, which may be ${likely}`;
  throw new AppError('bad-params', `${zone} is not a time zone; give UTC, an offset such as +02:00 or ${example}`);
}
