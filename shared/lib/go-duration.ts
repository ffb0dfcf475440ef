import { durationMs } from '../model/units.ts';
import type { DurationMs } from '../model/units.ts';

/** Milliseconds in each unit that Go prints; both spellings of micro (U+00B5 and U+03BC) are in use. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  '\u00B5s': 1e-3,
  '\u03BCs': 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Longest text of a duration that any program prints. Units: characters. */
const MAX_LENGTH = 40;
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|\u00B5s|\u03BCs|ms|s|m|h)/y;

/**
 * Reads a length of time that carries its own unit, as Go's `time.Duration` prints it: `4.529µs`, `1m2.5s`; `undefined` otherwise.
 * Example: `1m2.5s` is 62,500 ms. A negative one, which a clock that was set back gives, is not a length of time.
 */
export function parseGoDuration(text: string): DurationMs | undefined {
  if (text.length === 0 || text.length > MAX_LENGTH) return undefined;
  let total = 0;
  PART.lastIndex = 0;
  for (let at = 0; at < text.length; at = PART.lastIndex) {
    const match = PART.exec(text);
    if (match === null) return undefined;
    total += Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0);
  }
  return durationMs(total);
}
