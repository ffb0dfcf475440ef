import { concatBytes } from './bytes.ts';

/** Longest line that is read. Units: bytes; 16 MB holds a gateway record with its bodies, and bounds memory. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;
/** What is kept of a line above the limit, for the excerpt. Units: bytes. */
const KEPT_OF_LONG_LINE = 512;

/** One line without its end. */
export interface Line {
  /** 1-based; every line counts, blank ones too. */
  readonly number: number;
  /** Units: bytes from the start of the stream. */
  readonly start: number;
  readonly length: number;
  /** The line's text, or its start when it is too long. */
  readonly text: string;
  /** The line's bytes while nothing else was cut; only their start when it is too long. */
  readonly bytes: Uint8Array;
  readonly problem: 'invalid-utf8' | 'too-long' | undefined;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * Cuts a UTF-8 stream into lines that LF, CRLF or a lone CR ends; the same for every size of chunk.
 * Cost: one pass; memory is one line, at most 16 MB. Each line is decoded on its own, so that a short string kept from it
 * does not hold a whole chunk in memory.
 */
export class LineCutter {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #maxLine: number;
  #offset = 0;
  #number = 0;
  #start = 0;
  #carry: Uint8Array[] = [];
  #carried = 0;
  #afterCr = false;

  constructor(maxLine: number = MAX_LINE_BYTES) {
    this.#maxLine = maxLine;
  }

  /** Lines given out so far. */
  get lines(): number {
    return this.#number;
  }

  /** The lines that end inside this chunk. */
  push(chunk: Uint8Array): Line[] {
    const lines: Line[] = [];
    let at = 0;
    if (this.#afterCr && chunk.length > 0) {
      this.#afterCr = false;
      if (chunk[0] === LF) {
        at = 1;
        this.#start = this.#offset + 1;
      }
    }
    let nextLf = chunk.indexOf(LF, at);
    let nextCr = chunk.indexOf(CR, at);
    while (nextLf !== -1 || nextCr !== -1) {
      const end = nextCr === -1 || (nextLf !== -1 && nextLf < nextCr) ? nextLf : nextCr;
      lines.push(this.#line(chunk.subarray(at, end)));
      at = end + 1;
      if (end === nextCr) {
        if (chunk[at] === LF) at += 1;
        else if (at === chunk.length) this.#afterCr = true;
        nextCr = chunk.indexOf(CR, at);
      }
      if (nextLf !== -1 && nextLf < at) nextLf = chunk.indexOf(LF, at);
      this.#start = this.#offset + at;
    }
    if (at < chunk.length) this.#keep(chunk.subarray(at));
    this.#offset += chunk.length;
    return lines;
  }

  /** The last line when nothing ends it. */
  end(): Line | undefined {
    return this.#carried === 0 ? undefined : this.#line(new Uint8Array(0));
  }

  #keep(piece: Uint8Array): void {
    const room = this.#carried > this.#maxLine ? 0 : piece.length;
    this.#carried += piece.length;
    if (this.#carried > this.#maxLine) {
      if (room > 0) this.#carry = [concatBytes([...this.#carry, piece]).slice(0, KEPT_OF_LONG_LINE)];
      return;
    }
    this.#carry.push(piece.slice());
  }

  #line(last: Uint8Array): Line {
    this.#number += 1;
    const start = this.#start;
    const length = this.#carried + last.length;
    let bytes = last;
    if (this.#carried > 0) {
      bytes = this.#carried > this.#maxLine ? concatBytes(this.#carry) : concatBytes([...this.#carry, last]);
      this.#carry = [];
      this.#carried = 0;
    }
    if (length > this.#maxLine) {
      return {
        number: this.#number,
        start,
        length,
        text: this.#decoder.decode(bytes.subarray(0, KEPT_OF_LONG_LINE)),
        bytes,
        problem: 'too-long',
      };
    }
    const text = this.#decoder.decode(bytes);
    const problem = text.includes('\uFFFD') && !isUtf8(bytes) ? 'invalid-utf8' : undefined;
    return { number: this.#number, start, length, text, bytes, problem };
  }
}

/** True when the bytes are valid UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
