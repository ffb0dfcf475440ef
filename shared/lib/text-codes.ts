/** Shorter texts are copied letter by letter: the encoder's call costs more than they do. Units: UTF-16 code units. */
const SHORT = 24;
/** Longer ones too, since the encoder asks for three bytes a letter; their buffer is not kept. Units: UTF-16 code units. */
const LONG = 256 * 1024;
/** Zeros behind the last byte, so that a look ahead of a few bytes needs no check. Units: bytes. */
export const TEXT_CODES_MARGIN = 16;
/** Stands for a UTF-16 code unit above 127 where the text is copied; no byte of UTF-8 has this value. */
const BEYOND_ASCII = 0xff;

const encoder = new TextEncoder();
let kept = new Uint8Array(64 * 1024);

/** A text as bytes that a loop can read. */
export interface TextCodes {
  /** ASCII letters by their code; anything else as bytes of 128 and above. Zeros follow the last byte. */
  readonly codes: Uint8Array;
  /** Units: bytes. */
  readonly length: number;
}

/**
 * Lays out a text for a loop over its letters: reading bytes costs a third of `charCodeAt`, which asks each time how the
 * text is stored. The bytes are UTF-8, or one a code unit; `beyondUnits` turns places in both back.
 * Lifetime: until the next call, which writes over the same buffer.
 */
export function textCodes(text: string): TextCodes {
  const isCopied = text.length <= SHORT || text.length > LONG;
  const room = (isCopied ? 1 : 3) * text.length + TEXT_CODES_MARGIN;
  let codes = kept;
  if (room > codes.length) {
    codes = new Uint8Array(text.length > LONG ? room : room * 2);
    if (text.length <= LONG) kept = codes;
  }
  let length = text.length;
  if (isCopied) {
    for (let at = 0; at < length; at += 1) {
      const code = text.charCodeAt(at);
      codes[at] = code < 128 ? code : BEYOND_ASCII;
    }
  } else length = encoder.encodeInto(text, codes).written;
  codes.fill(0, length, length + TEXT_CODES_MARGIN);
  return { codes, length };
}

/** How many places more than UTF-16 code units a byte of 128 or above makes: add up over a text to turn places back. */
export const beyondUnits = (code: number): number => (code >= 0x80 && code < 0xc0 ? 1 : code >= 0xf0 && code < 0xf8 ? -1 : 0);
