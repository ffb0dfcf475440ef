import { parseIsoTime } from '../lib/iso-time.ts';
import { skewText } from './clock-offsets.ts';
import { epochMicros, printTime } from './units.ts';

/** A time of the evidence as it was stamped, and by how much the clock that stamped it ran ahead of the common one. Units: ms. */
export interface Stamped {
  readonly time?: string;
  readonly clockAheadMs?: number;
}

/** The time on the clock that all sources of a chain were set on; as it was stamped where no clock was set. */
export function commonTime({ time, clockAheadMs = 0 }: Stamped): string | undefined {
  if (time === undefined || clockAheadMs === 0) return time;
  const stamp = parseIsoTime(time, 0);
  return typeof stamp === 'string' ? time : printTime(epochMicros(stamp.time - Math.round(clockAheadMs * 1000)));
}

/** Smaller differences are the rounding of a log that writes milliseconds, and not worth a word. Units: ms. */
const WORTH_A_WORD = 2;

/** The last part of a source's name, of the reference of one of its records. Example: `logs.zip!mesh/envoy.log#7` gives `envoy.log`. */
const sourceName = (ref: string): string =>
  ref
    .slice(0, ref.lastIndexOf('#'))
    .split(/[!/\\]/)
    .at(-1) ?? '';

const movedText = (aheadMs: number): string => `${aheadMs > 0 ? '−' : '+'}${skewText(Math.round(Math.abs(aheadMs)))}`;

/** What was done to the clock of a call, in words; absent where nothing was. Example: `clock of envoy.log moved by −41.5 s`. */
export const movedWords = ({ ref, clockAheadMs = 0 }: Stamped & { readonly ref: string }): string | undefined =>
  Math.abs(clockAheadMs) < WORTH_A_WORD ? undefined : `clock of ${sourceName(ref)} moved by ${movedText(clockAheadMs)}`;

/** The same for many calls, a source once: where its clock drifts, or its hosts differ, with the least and the most. */
export function movedSources(calls: readonly (Stamped & { readonly ref: string })[]): readonly string[] {
  const bySource = new Map<string, { ref: string; least: number; most: number }>();
  for (const { ref, clockAheadMs: ahead = 0 } of calls) {
    if (Math.abs(ahead) < WORTH_A_WORD) continue;
    const source = ref.slice(0, ref.lastIndexOf('#'));
    const known = bySource.get(source);
    if (known === undefined) bySource.set(source, { ref, least: ahead, most: ahead });
    else [known.least, known.most] = [Math.min(known.least, ahead), Math.max(known.most, ahead)];
  }
  return [...bySource.values()].map(({ ref, least, most }) => {
    const [from, to] = [movedText(least), movedText(most)];
    return `clock of ${sourceName(ref)} moved by ${from === to ? from : `${from} to ${to}`}`;
  });
}
