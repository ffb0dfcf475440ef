import { isZoneName } from './local-time.ts';

/** What a person may give as a zone, in words. */
export const ZONE_FORMS = 'UTC, an offset such as +02:00 or a name such as Europe/Brussels';

const OFFSET = /^(?:utc|z|gmt|[+-]\d{1,2}:?(?:\d{2})?)$/i;

/** True for what the engine takes as a zone: UTC, an offset from it or the IANA name of one. Empty says nothing. */
export function isZone(text: string): boolean {
  const zone = text.trim();
  return zone === '' || OFFSET.test(zone) || (/^[a-z]/i.test(zone) && isZoneName(zone));
}
