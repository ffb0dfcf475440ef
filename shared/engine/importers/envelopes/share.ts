import type { Envelope, HeadSample } from '../envelope.ts';

/** Share of the head's lines or objects that must wear an envelope. */
const NEEDED_SHARE = 0.6;

/** Recognises an envelope by its lines, and says why: when enough of them match. `what`: what so many of so many are, after "18 of 20 ". */
export const byLines =
  (isWrapped: (line: string) => boolean, what: string): Envelope['recognize'] =>
  ({ lines }) => {
    const wrapped = lines.filter(isWrapped).length;
    return wrapped > 0 && wrapped / lines.length >= NEEDED_SHARE ? `${String(wrapped)} of ${String(lines.length)} ${what}` : undefined;
  };

/** True when enough of the head's objects have all these keys. */
export function haveKeys(head: HeadSample, keys: readonly string[]): boolean {
  const wrapped = head.objects.filter((object) => keys.every((key) => object.has(key))).length;
  return wrapped > 0 && wrapped / head.objects.length >= NEEDED_SHARE;
}
