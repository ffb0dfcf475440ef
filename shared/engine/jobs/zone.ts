import { AppError } from '../../contract/errors.ts';

/** Largest distance of a zone from UTC that any place has used. Units: minutes. */
const FARTHEST = 18 * 60;

/** Minutes east of UTC of `UTC`, `Z`, `+02:00`, `+0530` or `-7`. Errors: AppError `bad-params` for anything else. */
export function zoneOffset(zone: string): number {
  if (/^(utc|z|gmt)$/i.test(zone)) return 0;
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (match !== null) {
    const minutes = (Number(match[2]) * 60 + Number(match[3] ?? '0')) * (match[1] === '-' ? -1 : 1);
    if (Math.abs(minutes) <= FARTHEST) return minutes;
  }
  throw new AppError('bad-params', `${zone} is not a time zone; give UTC or an offset such as +02:00`);
}
