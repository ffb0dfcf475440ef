import { concatBytes } from './bytes.ts';

/** A step down into a JSON document: an object's key or a list's index. */
export type PathStep = string | number;

/** What to do with a value: look inside, hand it over whole, or pass over it. */
export type Treatment = 'enter' | 'cut' | 'skip';

/** A value that was cut out. */
export interface Piece {
  readonly path: readonly PathStep[];
  readonly kind: ValueKind;
  /** Units: bytes from the start of the stream. */
  readonly start: number;
  readonly length: number;
  /** The value's bytes; only their start when it is above the limit. */
  readonly bytes: Uint8Array;
  /** Levels of brackets inside the piece, itself included. */
  readonly depth: number;
  readonly tooLong: boolean;
  /** What was left out of strings above their limit. Units: bytes. */
  readonly leftOut: number;
}

export type ValueKind = 'object' | 'array' | 'string' | 'scalar';

/** How a stream ended. */
export type CutEnd =
  | { readonly kind: 'complete' }
  /** The stream ends inside a value: where the value began, and its first bytes when it was to be cut. */
  | { readonly kind: 'truncated'; readonly at: number; readonly path: readonly PathStep[]; readonly start: Uint8Array | undefined }
  /** Something that cannot stand there; nothing after it was read. */
  | { readonly kind: 'broken'; readonly at: number; readonly path: readonly PathStep[]; readonly found: string };

interface Frame {
  readonly list: boolean;
  step: PathStep;
  expects: 'key' | 'colon' | 'value';
}

/** A key's text is kept up to here; a longer one matches nothing that we look for. Units: bytes. */
const MAX_KEY_BYTES = 4096;
/** What is kept of a value above the limit. Units: bytes. */
const KEPT_OF_LONG_VALUE = 512;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

const isGap = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x2c;
const endsScalar = (byte: number): boolean =>
  isGap(byte) ||
  byte === CLOSE_BRACE ||
  byte === CLOSE_BRACKET ||
  byte === OPEN_BRACE ||
  byte === OPEN_BRACKET ||
  byte === QUOTE ||
  byte === COLON;

/**
 * Cuts chosen values out of a JSON byte stream without parsing the rest; the same for every size of chunk.
 * Shape:  knows brackets and strings only; whether a piece is JSON is for `JSON.parse` to say. Commas count as blanks, several
 *         documents may follow each other, and a stray closing bracket in a list or at the top is a piece of one byte.
 * Cost:   one pass, no recursion; memory is one piece, at most `maxPiece` bytes.
 * Example: with `(path) => path.length < 2 ? 'enter' : 'cut'`, `{"a":[{"b":1},{}]}` gives the pieces `{"b":1}` and `{}`.
 */
export class JsonCutter {
  readonly #treat: (path: readonly PathStep[], kind: ValueKind) => Treatment;
  readonly #maxPiece: number;
  readonly #maxString: number;
  readonly #frames: Frame[] = [];
  #offset = 0;
  #key: number[] | undefined;
  #broken: CutEnd | undefined;
  // The value that is being passed over or cut out.
  #inValue = false;
  #kind: ValueKind = 'scalar';
  #cutting = false;
  #start = 0;
  #depth = 0;
  #deepest = 0;
  #inString = false;
  #escaped = false;
  #parts: Uint8Array[] = [];
  #size = 0;
  #kept = 0;
  #leftOut = 0;
  /** Where the string that is open began, and whether its rest is being left out. */
  #stringStart = 0;
  #isShortened = false;

  /** Strings inside of pieces that are longer than `maxString` bytes are given without their rest. */
  constructor(
    treat: (path: readonly PathStep[], kind: ValueKind) => Treatment,
    maxPiece: number,
    maxString: number = Number.POSITIVE_INFINITY,
  ) {
    this.#treat = treat;
    this.#maxPiece = maxPiece;
    this.#maxString = maxString;
  }

  /** The pieces that end inside this chunk. */
  push(chunk: Uint8Array): Piece[] {
    const pieces: Piece[] = [];
    let at = 0;
    while (at < chunk.length && this.#broken === undefined) {
      if (this.#inValue) at = this.#readValue(chunk, at, pieces);
      else if (this.#key !== undefined) at = this.#readKey(chunk, at, this.#key);
      else at = this.#readBetween(chunk, at, pieces);
    }
    this.#offset += chunk.length;
    return pieces;
  }

  /** Ends the stream: a bare scalar at the top ends here, and it says what was left open. */
  end(): { readonly pieces: readonly Piece[]; readonly end: CutEnd } {
    const pieces: Piece[] = [];
    if (this.#broken !== undefined) return { pieces, end: this.#broken };
    if (this.#inValue && this.#kind === 'scalar' && this.#frames.length === 0) this.#finish(new Uint8Array(0), pieces);
    if (this.#inValue) {
      const start = this.#cutting ? concatBytes(this.#parts).subarray(0, KEPT_OF_LONG_VALUE) : undefined;
      return { pieces, end: { kind: 'truncated', at: this.#start, path: this.#path(), start } };
    }
    if (this.#frames.length > 0) return { pieces, end: { kind: 'truncated', at: this.#offset, path: this.#path(), start: undefined } };
    return { pieces, end: { kind: 'complete' } };
  }

  /** True between two documents: nothing is open. */
  get isBetween(): boolean {
    return this.#frames.length === 0 && !this.#inValue && this.#key === undefined && this.#broken === undefined;
  }

  /** Gives up what is open and goes on after what was pushed so far, as with a new document. Gives how the old one ended. */
  restart(): CutEnd {
    const { end } = this.end();
    this.#frames.length = 0;
    this.#key = undefined;
    this.#escaped = false;
    this.#inValue = false;
    this.#parts = [];
    this.#broken = undefined;
    return end;
  }

  #path(): PathStep[] {
    return this.#frames.map((frame) => frame.step);
  }

  #readBetween(chunk: Uint8Array, from: number, pieces: Piece[]): number {
    let at = from;
    while (at < chunk.length) {
      const byte = chunk[at] ?? 0;
      if (isGap(byte)) {
        at += 1;
        continue;
      }
      const frame = this.#frames.at(-1);
      if (frame === undefined || frame.list) {
        if (byte === CLOSE_BRACKET && frame !== undefined) {
          this.#leave();
          at += 1;
          continue;
        }
        if (frame !== undefined) frame.step = Number(frame.step) + 1;
        return this.#begin(chunk, at, byte, pieces);
      }
      if (frame.expects === 'key' && byte === QUOTE) {
        this.#key = [];
        return at + 1;
      }
      if (frame.expects === 'key' && byte === CLOSE_BRACE) {
        this.#leave();
        at += 1;
        continue;
      }
      if (frame.expects === 'colon' && byte === COLON) {
        frame.expects = 'value';
        at += 1;
        continue;
      }
      if (frame.expects === 'value' && byte !== CLOSE_BRACE && byte !== CLOSE_BRACKET && byte !== COLON)
        return this.#begin(chunk, at, byte, pieces);
      this.#broken = { kind: 'broken', at: this.#offset + at, path: this.#path(), found: printByte(byte) };
      return chunk.length;
    }
    return at;
  }

  #readKey(chunk: Uint8Array, from: number, key: number[]): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === QUOTE && !this.#escaped) {
        const frame = this.#frames.at(-1);
        if (frame !== undefined) {
          frame.step = parseKey(key);
          frame.expects = 'colon';
        }
        this.#key = undefined;
        return at + 1;
      }
      this.#escaped = byte === BACKSLASH && !this.#escaped;
      if (key.length < MAX_KEY_BYTES) key.push(byte);
    }
    return chunk.length;
  }

  #begin(chunk: Uint8Array, at: number, byte: number, pieces: Piece[]): number {
    const kind: ValueKind = byte === OPEN_BRACE ? 'object' : byte === OPEN_BRACKET ? 'array' : byte === QUOTE ? 'string' : 'scalar';
    const treatment = this.#treat(this.#path(), kind);
    if (treatment === 'enter' && (kind === 'object' || kind === 'array')) {
      this.#frames.push({ list: kind === 'array', step: kind === 'array' ? -1 : '', expects: 'key' });
      return at + 1;
    }
    this.#inValue = true;
    this.#kind = kind;
    this.#cutting = treatment === 'cut';
    this.#start = this.#offset + at;
    this.#depth = kind === 'object' || kind === 'array' ? 1 : 0;
    this.#deepest = this.#depth;
    this.#inString = kind === 'string';
    this.#escaped = false;
    this.#parts = [];
    this.#size = 0;
    this.#kept = 0;
    this.#leftOut = 0;
    this.#stringStart = this.#start + 1;
    this.#isShortened = false;
    if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte === COLON) {
      this.#finish(chunk.subarray(at, at + 1), pieces);
      return at + 1;
    }
    return this.#readValue(chunk, at + 1, pieces, at);
  }

  #readValue(chunk: Uint8Array, from: number, pieces: Piece[], first: number = from): number {
    let begin = first;
    if (this.#kind === 'scalar') {
      let at = from;
      while (at < chunk.length && !endsScalar(chunk[at] ?? 0)) at += 1;
      if (at < chunk.length) this.#finish(chunk.subarray(begin, at), pieces);
      else this.#keep(chunk.subarray(begin));
      return at;
    }
    let depth = this.#depth;
    let deepest = this.#deepest;
    let inString = this.#inString;
    const length = chunk.length;
    let at = from;
    if (this.#escaped && at < length) {
      this.#escaped = false;
      at += 1;
    }
    while (at < length) {
      const byte = chunk[at];
      at += 1;
      if (inString) {
        if (byte === QUOTE) {
          inString = false;
          if (this.#offset + at - 1 - this.#stringStart > this.#maxString) begin = this.#shorten(chunk, begin, at - 1);
          if (depth === 0) break;
        } else if (byte === BACKSLASH) {
          if (at < length) at += 1;
          else this.#escaped = true;
        }
      } else if (byte === QUOTE) {
        inString = true;
        this.#stringStart = this.#offset + at;
        this.#isShortened = false;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        depth += 1;
        if (depth > deepest) deepest = depth;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1;
        if (depth === 0) break;
      }
    }
    if (inString && this.#offset + length - this.#stringStart > this.#maxString) begin = this.#shorten(chunk, begin, length);
    this.#depth = depth;
    this.#deepest = deepest;
    this.#inString = inString;
    if (depth === 0 && !inString) this.#finish(chunk.subarray(begin, at), pieces);
    else this.#keep(chunk.subarray(begin));
    return at;
  }

  /** Leaves out what stands up to `end` of the open string above its limit; gives where to go on. */
  #shorten(chunk: Uint8Array, begin: number, end: number): number {
    if (!this.#cutting) return begin;
    const limit = Math.max(begin, this.#stringStart + this.#maxString - this.#offset);
    this.#keep(chunk.subarray(begin, limit));
    if (!this.#isShortened && this.#kept <= this.#maxPiece) {
      const kept = concatBytes(this.#parts);
      this.#parts = [kept.subarray(0, wholeEnd(kept))];
    }
    this.#isShortened = true;
    this.#size += end - limit;
    this.#leftOut += end - limit;
    return end;
  }

  #keep(piece: Uint8Array): void {
    const before = this.#kept;
    this.#size += piece.length;
    if (!this.#cutting || before > this.#maxPiece) return;
    this.#kept += piece.length;
    this.#parts.push(piece.slice());
    if (this.#kept > this.#maxPiece) this.#parts = [concatBytes(this.#parts).slice(0, KEPT_OF_LONG_VALUE)];
  }

  #finish(last: Uint8Array, pieces: Piece[]): void {
    const length = this.#size + last.length;
    if (this.#cutting) {
      const tooLong = this.#kept + last.length > this.#maxPiece;
      let bytes = last;
      if (this.#kept > this.#maxPiece) bytes = concatBytes(this.#parts);
      else if (this.#parts.length > 0) bytes = concatBytes([...this.#parts, last]);
      if (tooLong) bytes = bytes.subarray(0, KEPT_OF_LONG_VALUE);
      pieces.push({
        path: this.#path(),
        kind: this.#kind,
        start: this.#start,
        length,
        bytes,
        depth: this.#deepest,
        tooLong,
        leftOut: this.#leftOut,
      });
    }
    this.#inValue = false;
    this.#parts = [];
    this.#afterValue();
  }

  #leave(): void {
    this.#frames.pop();
    this.#afterValue();
  }

  #afterValue(): void {
    const frame = this.#frames.at(-1);
    if (frame !== undefined && !frame.list) frame.expects = 'key';
  }
}

/** The end of what a string can be cut to: not inside of an escape or of a character of several bytes. */
function wholeEnd(bytes: Uint8Array): number {
  let end = bytes.length;
  // A whole character at the very end goes too: it is not worth telling apart.
  while (end > 0 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  if (end > 0 && (bytes[end - 1] ?? 0) >= 0xc0) end -= 1;
  const slash = bytes.subarray(0, end).lastIndexOf(BACKSLASH);
  if (slash === -1 || end - slash >= 6) return end;
  let run = 0;
  while (bytes[slash - run] === BACKSLASH) run += 1;
  const needed = bytes[slash + 1] === 0x75 ? 6 : 2;
  return run % 2 === 1 && end - slash < needed ? slash : end;
}

function parseKey(bytes: readonly number[]): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
  if (!text.includes('\\')) return text;
  try {
    const parsed: unknown = JSON.parse(`"${text}"`);
    return typeof parsed === 'string' ? parsed : text;
  } catch (error) {
    if (error instanceof SyntaxError) return text; // an escape that JSON does not have: the key matches nothing that we look for
    throw error;
  }
}

function printByte(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte 0x${byte.toString(16).padStart(2, '0')}`;
}
