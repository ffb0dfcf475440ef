import type { ByteRange } from '../../../model/call.ts';
import { MAX_LINE_BYTES } from '../../../lib/lines.ts';
import type { Unwrapped } from '../envelope.ts';

interface Passing {
  readonly text: string;
  readonly value: Unwrapped['value'];
  readonly outer: Unwrapped['outer'];
}

interface Where {
  readonly record: number;
  readonly at: ByteRange;
}

/** Streams that may have a piece waiting: containers have two. */
const MAX_STREAMS = 64;

/** A record whose pieces are all there; it stands where its first piece stood, and reaches to the end of the last. */
export interface Joined {
  readonly record: Passing;
  readonly where: Where;
}

/**
 * Puts records together that a container runtime or a syslog daemon cut into pieces.
 * Shape: pieces of several streams may alternate; `key` tells the streams apart.
 */
export function createJoiner(): {
  /** The whole record once its last piece is there. */
  add(piece: NonNullable<Unwrapped['piece']>, record: Passing, where: Where): Joined | undefined;
  /** What never got its last piece. */
  rest(): readonly Joined[];
} {
  const open = new Map<string, { parts: string[]; units: number; first: Passing; where: Where }>();
  const close = (held: { parts: string[]; first: Passing; where: Where }): Joined => ({
    record: { ...held.first, text: held.parts.join('') },
    where: held.where,
  });
  return {
    add({ key, last }, record, where) {
      const held = open.get(key);
      if (held === undefined) {
        if (last) return { record, where };
        const oldest = open.size >= MAX_STREAMS ? [...open][0] : undefined;
        if (oldest !== undefined) open.delete(oldest[0]);
        open.set(key, { parts: [record.text], units: record.text.length, first: record, where });
        return oldest === undefined ? undefined : close(oldest[1]);
      }
      held.units += record.text.length;
      held.parts.push(record.text);
      held.where = {
        record: held.where.record,
        at: { start: held.where.at.start, length: where.at.start + where.at.length - held.where.at.start },
      };
      // A stream that never says "last" must not grow for ever: what is there is given out, and the next piece begins anew.
      if (!last && held.units <= MAX_LINE_BYTES) return undefined;
      open.delete(key);
      return close(held);
    },
    rest: () => [...open.values()].map(close),
  };
}
