import { spellingsOf } from './raw.ts';
import type { LoneSecret } from './lone-secret.ts';

/** Bytes that are looked up together. */
const WINDOW = 8;
/** Every third byte is looked at: whatever stands in a text begins at one of the three before. */
const STRIDE = 3;
/** Bits of the first look-up for each window: one in sixteen looks further for nothing. */
const BITS_PER_WINDOW = 16;
const MIN_BITS = 1 << 16;

/** Looks for many secrets at once in texts that hold hardly any. Lifetime: one import. */
export interface SecretSearch {
  /** The text with the secrets masked that stand in it, in any of their spellings; the same text where none does. */
  mask(text: string): string;
  /** True when one may stand in these bytes, as themselves or in JSON; seldom true where none does. Units of `from` and `to`: bytes. */
  mayHold(bytes: Uint8Array, from?: number, to?: number): boolean;
}

interface Spelled {
  readonly spelling: string;
  readonly token: string;
}

const hashAt = (bytes: Uint8Array, at: number): number => {
  const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
  const high = (bytes[at + 4] ?? 0) | ((bytes[at + 5] ?? 0) << 8) | ((bytes[at + 6] ?? 0) << 16) | ((bytes[at + 7] ?? 0) << 24);
  const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0;
};

/**
 * A search for the secrets, whose order does not matter.
 * Shape: their spellings are at least `WINDOW + STRIDE - 1` bytes long, as rare ones are.
 * Cost: one look-up for every third byte, however many secrets there are: 1 GB of text in about 2 s.
 */
export function secretSearch(secrets: readonly LoneSecret[]): SecretSearch {
  const encoder = new TextEncoder();
  const places = new Map<number, Spelled[]>();
  const put = (bytes: Uint8Array, spelled: Spelled): void => {
    for (let offset = 0; offset < STRIDE; offset += 1) {
      const hash = hashAt(bytes, offset);
      const known = places.get(hash);
      if (known === undefined) places.set(hash, [spelled]);
      else if (!known.includes(spelled)) known.push(spelled);
    }
  };
  for (const { text, token } of secrets)
    for (const spelling of spellingsOf(text)) {
      const spelled = { spelling, token };
      put(encoder.encode(spelling), spelled);
      const inJson = JSON.stringify(spelling).slice(1, -1);
      if (inJson !== spelling) put(encoder.encode(inJson), spelled);
    }
  const size = 2 ** Math.ceil(Math.log2(Math.max(MIN_BITS, places.size * BITS_PER_WINDOW)));
  const bits = new Uint8Array(size / 8);
  const last = size - 1;
  for (const hash of places.keys()) bits[(hash & last) >>> 3] = (bits[(hash & last) >>> 3] ?? 0) | (1 << (hash & 7));
  const isMarked = (hash: number): boolean => ((bits[(hash & last) >>> 3] ?? 0) & (1 << (hash & 7))) !== 0;

  let buffer = new Uint8Array(64 * 1024);
  const candidatesIn = (text: string): ReadonlySet<Spelled> => {
    if (text.length * 3 > buffer.length) buffer = new Uint8Array(text.length * 6);
    const { written } = encoder.encodeInto(text, buffer);
    const found = new Set<Spelled>();
    for (let at = 0; at + WINDOW <= written; at += STRIDE) {
      const hash = hashAt(buffer, at);
      if (isMarked(hash)) for (const spelled of places.get(hash) ?? []) found.add(spelled);
    }
    return found;
  };

  return {
    mayHold(bytes, from = 0, to = bytes.length) {
      for (let at = from; at + WINDOW <= to; at += STRIDE) {
        const hash = hashAt(bytes, at);
        if (isMarked(hash) && places.has(hash)) return true;
      }
      return false;
    },
    mask(text) {
      if (text.length < WINDOW) return text;
      const candidates = candidatesIn(text);
      if (candidates.size === 0) return text;
      let masked = text;
      // A secret may begin with another: were the shorter replaced first, the rest of the longer would stand in clear.
      for (const { spelling, token } of [...candidates].sort((a, b) => b.spelling.length - a.spelling.length))
        masked = masked.replaceAll(spelling, () => token);
      return masked;
    },
  };
}
