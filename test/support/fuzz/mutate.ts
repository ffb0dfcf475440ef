import { toBytes } from '../read-evidence.ts';
import type { Random } from '../large/random.ts';

/** Largest input that mutation makes, but for twice the input that it began with: large inputs have tests of their own. Units: bytes. */
const MOST_BYTES = 256 * 1024;

/** Pieces that formats give a meaning to, or that programs are known to stumble over. */
const PIECES: readonly Uint8Array[] = [
  ...[
    '{', '}', '[', ']', '"', '\\', ',', ':', '\n', '\r', '\t', ' ', '\0', '\u2028', '\u202E', '\uFEFF', '<', '>', '<![CDATA[', ']]>', '&lt;', '&#x0;',
    'null', 'true', '-0', '1e400', '-1', '9007199254740993', '0x7f', 'NaN', '""', '{}', '[]', '[{}]', '{"__proto__":{"polluted":1}}', '"constructor"',
    '"\\ud800"', '"\\u0000"', '__proto__', 'toString', '%', '%00', '%zz', '..', '../../', '://', '?', '&', '=', ';', '|', "'", '`', '$ref', '#/',
    'http://[::1]:99999/', 'javascript:1', '=cmd|x', '&a', '*a', '!!js/function', '---', '- ', '(', ')', '/(a+)+$/', 'or', 'not ', '0001-01-01T00:00:00Z',
    '9999-12-31T24:00:60Z', '1790000000', '1790000000000000', 'Infinity', 'application/json', 'Content-Encoding: gzip', 'eyJhbGciOiJub25lIn0.e30.',
  ].map(toBytes),
  Uint8Array.of(0xff), Uint8Array.of(0xc3), Uint8Array.of(0xed, 0xa0, 0x80), Uint8Array.of(0xff, 0xfe), Uint8Array.of(0x80), Uint8Array.of(0, 0, 0, 0),
  Uint8Array.of(0xff, 0xff, 0xff, 0xff), Uint8Array.of(0x7f, 0xff, 0xff, 0xff),
]; // prettier-ignore

const join = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** A stretch of an input: mostly short, now and then long. */
function stretch(random: Random, length: number): readonly [from: number, to: number] {
  const from = random.int(0, length);
  const most = random.chance(0.8) ? 16 : length;
  return [from, Math.min(length, from + random.int(1, Math.max(1, most)))];
}

type Change = (input: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

const CHANGES: readonly Change[] = [
  // A byte is another one.
  (input, random) => {
    const changed = input.slice();
    for (let left = random.int(1, 4); left > 0 && changed.length > 0; left -= 1)
      changed[random.int(0, changed.length - 1)] = random.int(0, 255);
    return changed;
  },
  // A bit is turned over.
  (input, random) => {
    const changed = input.slice();
    const at = random.int(0, Math.max(0, changed.length - 1));
    if (changed.length > 0) changed[at] = (changed[at] ?? 0) ^ (1 << random.int(0, 7));
    return changed;
  },
  // A piece with a meaning stands where it should not, or in place of something.
  (input, random) => {
    const [from, to] = stretch(random, input.length);
    return join(input.subarray(0, from), random.pick(PIECES), input.subarray(random.chance(0.5) ? from : to));
  },
  // A stretch is missing.
  (input, random) => {
    const [from, to] = stretch(random, input.length);
    return join(input.subarray(0, from), input.subarray(to));
  },
  // A stretch stands several times.
  (input, random) => {
    const [from, to] = stretch(random, input.length);
    const times = Array.from({ length: random.chance(0.1) ? 500 : random.int(1, 4) }, () => input.subarray(from, to));
    return join(input.subarray(0, to), ...times, input.subarray(to));
  },
  // The end is missing.
  (input, random) => input.slice(0, random.int(0, input.length)),
  // A stretch comes from another input.
  (input, random, other) => {
    const [from, to] = stretch(random, input.length);
    const [start, end] = stretch(random, other.length);
    return join(input.subarray(0, from), other.subarray(start, end), input.subarray(to));
  },
  // Digits are others: lengths, counts, times.
  (input, random) => {
    const changed = input.slice();
    const from = random.int(0, Math.max(0, changed.length - 1));
    for (let at = from; at < Math.min(changed.length, from + 64); at += 1) {
      const byte = changed[at] ?? 0;
      if (byte >= 0x30 && byte <= 0x39 && random.chance(0.5)) changed[at] = 0x30 + random.int(0, 9);
    }
    return changed;
  },
];

/** Changes an input in one to four ways; the same chance gives the same input. */
export function mutate(input: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  const most = Math.max(MOST_BYTES, 2 * input.length);
  let changed = input;
  for (let left = random.int(1, 4); left > 0; left -= 1) {
    const next = random.pick(CHANGES)(changed, random, other);
    if (next.length <= most) changed = next;
  }
  return changed;
}
