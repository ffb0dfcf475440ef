import { CannotRun, type PatternPiece } from './rule.ts';
import { MAX_SIGMA_VALUE } from './sizes.ts';

/** Splits a value at its wildcards. Sigma: `\*`, `\?` and `\\` stand for the signs themselves; any other backslash is one. */
export function readPattern(value: string): readonly PatternPiece[] {
  if (value.length > MAX_SIGMA_VALUE) throw new CannotRun(`a value has more than ${String(MAX_SIGMA_VALUE)} characters`);
  const pieces: PatternPiece[] = [];
  let text = '';
  const end = (): void => {
    if (text !== '') pieces.push({ text });
    text = '';
  };
  for (let at = 0; at < value.length; at += 1) {
    const sign = value.charAt(at);
    const next = value.charAt(at + 1);
    if (sign === '\\' && (next === '*' || next === '?' || next === '\\')) {
      text += next;
      at += 1;
    } else if (sign === '*' || sign === '?') {
      end();
      // Two stars are one.
      if (sign === '?' || pieces.at(-1) !== 'many') pieces.push(sign === '*' ? 'many' : 'one');
    } else text += sign;
  }
  end();
  return pieces;
}

/** The text of a pattern without wildcards. Errors: CannotRun, as encodings of a wildcard have no meaning. */
export function plainText(pieces: readonly PatternPiece[], modifier: string): string {
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') throw new CannotRun(`${modifier} cannot encode a wildcard`);
      return piece.text;
    })
    .join('');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding. */
export function toBase64(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += ALPHABET.charAt(bits >> 18) + ALPHABET.charAt((bits >> 12) & 63);
    text += (b === undefined ? '=' : ALPHABET.charAt((bits >> 6) & 63)) + (c === undefined ? '=' : ALPHABET.charAt(bits & 63));
  }
  return text;
}

/** Characters at the start, by offset, and at the end, by what is left over, that depend on the neighbours. Source: pySigma, base64offset. */
const HEAD = [0, 2, 3] as const;
const TAIL = [0, -3, -2] as const;

/** The three ways in which bytes can look inside of a longer text that was encoded as Base64. */
export const base64Variants = (bytes: readonly number[]): readonly string[] =>
  HEAD.map((head, offset) => {
    const encoded = toBase64([...Array.from({ length: offset }, () => 32), ...bytes]);
    const tail = TAIL[(bytes.length + offset) % 3];
    return tail === undefined || tail === 0 ? encoded.slice(head) : encoded.slice(head, tail);
  });

/** A text as the bytes that an encoding modifier asks for. */
export function encodeText(text: string, encoding: 'utf8' | 'utf16le' | 'utf16be' | 'utf16'): readonly number[] {
  if (encoding === 'utf8') return [...new TextEncoder().encode(text)];
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  if (encoding === 'utf16be') return units.flatMap((unit) => [unit >> 8, unit & 255]);
  return [...(encoding === 'utf16' ? [255, 254] : []), ...units.flatMap((unit) => [unit & 255, unit >> 8])];
}

/** Signs that introduce an option of a Windows command. */
const DASHES = ['-', '/', '\u2013', '\u2014', '\u2015'];
/** Most dashes in one value that are varied together: five signs each. */
const MAX_DASHES = 3;

/** A value with each of its option dashes written in every way. */
export function dashVariants(value: string): readonly string[] {
  const parts = value.split(/(?<=^|\s)[-/\u2013\u2014\u2015](?=\w)/u);
  if (parts.length === 1) return [value];
  if (parts.length - 1 > MAX_DASHES) throw new CannotRun(`windash varies at most ${String(MAX_DASHES)} dashes of a value`);
  let made = [parts[0] ?? ''];
  for (const part of parts.slice(1)) made = made.flatMap((start) => DASHES.map((dash) => `${start}${dash}${part}`));
  return made;
}
