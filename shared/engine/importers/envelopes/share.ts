import type { HeadSample } from '../envelope.ts';

/** Share of the head's lines or objects that must wear an envelope. */
const NEEDED_SHARE = 0.6;

/** How many of the head's lines match, when enough of them do; `undefined` otherwise. */
export function countWrapped(head: HeadSample, isWrapped: (line: string) => boolean): number | undefined {
  const wrapped = head.lines.filter(isWrapped).length;
  return wrapped > 0 && wrapped / head.lines.length >= NEEDED_SHARE ? wrapped : undefined;
}

/** True when enough of the head's objects have all these keys. */
export function haveKeys(head: HeadSample, keys: readonly string[]): boolean {
  const wrapped = head.objects.filter((object) => keys.every((key) => object.has(key))).length;
  return wrapped > 0 && wrapped / head.objects.length >= NEEDED_SHARE;
}
