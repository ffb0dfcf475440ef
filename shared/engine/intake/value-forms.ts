import type { CryptoPort } from '../ports.ts';

/** Hex digits of a fingerprint: 13 × 4 = 52 bits, which a double and an SQLite integer both hold exactly. */
const FINGERPRINT_DIGITS = 13;
/** Longer texts are not decoded any further: no id or token that links two calls is longer. Units: characters. */
const MAX_FORM_LENGTH = 1024;
/** Shorter decoded forms would match by chance. Units: characters. */
const MIN_FORM_LENGTH = 4;

const BASE64 = /^[A-Za-z0-9+/_-]{8,}={0,2}$/;
const HEX = /^(?:[0-9a-fA-F]{2}){4,}$/;
/** What a decoded form may hold: anything that prints. Decoded bytes that are not text are chance, not a hidden value. */

const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\ufffd]/;

/** The first 52 bits of the HMAC-SHA-256 of a text: equal values meet in the value index, and none can be read back. */
export function valueFingerprint(crypto: CryptoPort, caseKey: Uint8Array, text: string): number {
  return fingerprintNumber(crypto.hmacHex(caseKey, text));
}

/** The number that `valueFingerprint` would give, from the full hex fingerprint of the same text. */
export const fingerprintNumber = (hex: string): number => Number.parseInt(hex.slice(0, FINGERPRINT_DIGITS), 16);

/**
 * The spellings under which one value may turn up in another call: as it is, URL-decoded, decoded from base64 and hex, lower-cased.
 * Example: `Zm9vYmFyLTE%3D` → `Zm9vYmFyLTE%3D`, `Zm9vYmFyLTE=`, `foobar-1`, and the lower-cased ones.
 * Shape:  the exact text first, then in that order, each once; decoded forms only when they are printable text.
 */
export function valueForms(text: string): readonly string[] {
  const forms = new Set([text]);
  if (text.length > MAX_FORM_LENGTH) return [...forms];
  if (text.includes('%') || text.includes('+')) add(forms, urlDecoded(text));
  for (const form of [...forms]) {
    if (BASE64.test(form)) add(forms, base64Decoded(form));
    if (HEX.test(form)) add(forms, hexDecoded(form));
  }
  for (const form of [...forms]) add(forms, form.toLowerCase());
  return [...forms];
}

function add(forms: Set<string>, form: string | undefined): void {
  if (form !== undefined && form.length >= MIN_FORM_LENGTH && !UNPRINTABLE.test(form)) forms.add(form);
}

function urlDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // A lone `%` is text, not an encoding: the exact form stands.
    return undefined;
  }
}

/** The text that base64 or base64url stands for; `undefined` when it stands for none. */
export function base64Decoded(text: string): string | undefined {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (standard.length % 4 === 1) return undefined;
  try {
    const binary = atob(standard);
    return utf8(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch {
    // Not base64 after all: the exact form stands.
    return undefined;
  }
}

function hexDecoded(text: string): string | undefined {
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16);
  return utf8(bytes);
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Bytes, not text.
    return undefined;
  }
}
