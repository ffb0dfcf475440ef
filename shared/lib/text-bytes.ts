import { startsWithBytes } from './bytes.ts';

/** Encodings that a source may have; anything that is not UTF-16 is taken for UTF-8, unless it was said to be in another. */
export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32' | 'windows-1252';

/** Bytes that decide about the encoding; fewer only at the end of a short source. */
const DECIDING_BYTES = 4;

/** The encoding and the length of the byte order mark, from the first four bytes. UTF-16 without a mark: every other byte is zero. */
export function detectEncoding(head: Uint8Array): { readonly encoding: TextEncodingName; readonly markLength: number } {
  if (startsWithBytes(head, [0xef, 0xbb, 0xbf])) return { encoding: 'utf-8', markLength: 3 };
  if (startsWithBytes(head, [0xff, 0xfe, 0, 0]) || startsWithBytes(head, [0, 0, 0xfe, 0xff])) return { encoding: 'utf-32', markLength: 4 };
  if (startsWithBytes(head, [0xff, 0xfe])) return { encoding: 'utf-16le', markLength: 2 };
  if (startsWithBytes(head, [0xfe, 0xff])) return { encoding: 'utf-16be', markLength: 2 };
  const [a = 0, b = 0, c = 0, d = 0] = head;
  if (head.length >= DECIDING_BYTES) {
    if (a === 0 && b === 0 && c === 0 && d !== 0) return { encoding: 'utf-32', markLength: 0 };
    if (a !== 0 && b === 0 && c === 0 && d === 0) return { encoding: 'utf-32', markLength: 0 };
    if (a !== 0 && b === 0 && c !== 0 && d === 0) return { encoding: 'utf-16le', markLength: 0 };
    if (a === 0 && b !== 0 && c === 0 && d !== 0) return { encoding: 'utf-16be', markLength: 0 };
  }
  return { encoding: 'utf-8', markLength: 0 };
}

/** The start of a source as text, for recognition; a character that is cut off at the end becomes U+FFFD. */
export function headText(head: Uint8Array): string {
  const { encoding, markLength } = detectEncoding(head);
  if (encoding === 'utf-32') return '';
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(head.subarray(markLength));
}

/** Every runtime has the class; not all of their type libraries name the instance's type alike. */
type Decoder = InstanceType<typeof TextDecoder>;

interface Segment {
  readonly utf8Start: number;
  readonly sourceStart: number;
  readonly text: string;
}

/**
 * Turns a stream of text bytes into UTF-8 without a byte order mark, and remembers which place came from where.
 * Lifetime: one source. UTF-8 passes through without a copy.
 */
export class TextBytes {
  encoding: TextEncodingName = 'utf-8';
  readonly #given: 'windows-1252' | undefined;
  #markLength = 0;
  /** Units: source bytes for a UTF-16 unit. */
  #width = 2;
  #utf8Length = 0;
  #sourceLength = 0;
  /** Units: source bytes that came. Half a UTF-16 unit at the end becomes a whole U+FFFD, which is longer than what it stands for. */
  #received = 0;
  #segments: Segment[] = [];
  /** Where the last question ended, as questions come in rising order. */
  #cursor = { unit: 0, utf8: 0 };

  /** `given` is the encoding of a source that has no byte order mark. */
  constructor(given?: 'windows-1252') {
    this.#given = given;
  }

  /** The stream as UTF-8. Errors: RangeError for UTF-32, which no runtime decodes. */
  async *read(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let head: Uint8Array | undefined = new Uint8Array(0);
    let decoder: Decoder | undefined;
    for await (const chunk of chunks) {
      this.#received += chunk.length;
      let piece = chunk;
      if (head !== undefined) {
        piece = joined(head, chunk);
        if (piece.length < DECIDING_BYTES) {
          head = piece;
          continue;
        }
        head = undefined;
        decoder = this.#begin(piece);
        piece = piece.subarray(this.#markLength);
      }
      const out = decoder === undefined ? piece : this.#transcode(decoder, piece, true);
      if (out.length > 0) yield out;
    }
    if (head !== undefined && head.length > 0) {
      decoder = this.#begin(head);
      const piece = head.subarray(this.#markLength);
      const out = decoder === undefined ? piece : this.#transcode(decoder, piece, true);
      if (out.length > 0) yield out;
    }
    const rest = decoder === undefined ? undefined : this.#transcode(decoder, new Uint8Array(0), false);
    if (rest !== undefined && rest.length > 0) yield rest;
  }

  /**
   * The place in the source of a place in the UTF-8 stream.
   * Shape:  ask in rising order; what lies before an answer is forgotten.
   */
  toSource(utf8Offset: number): number {
    if (this.encoding === 'utf-8') return utf8Offset + this.#markLength;
    for (;;) {
      const [segment, next] = this.#segments;
      if (segment === undefined) return Math.min(this.#sourceLength, this.#received);
      if (next !== undefined && utf8Offset >= next.utf8Start) {
        this.#segments.shift();
        this.#cursor = { unit: 0, utf8: next.utf8Start };
        continue;
      }
      let { unit, utf8 } = this.#cursor;
      while (utf8 < utf8Offset && unit < segment.text.length) {
        const point = segment.text.codePointAt(unit) ?? 0;
        utf8 += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        unit += point < 0x10000 ? 1 : 2;
      }
      this.#cursor = { unit, utf8 };
      return Math.min(segment.sourceStart + unit * this.#width, this.#received);
    }
  }

  #begin(head: Uint8Array): Decoder | undefined {
    const found = detectEncoding(head);
    const encoding = found.markLength === 0 ? (this.#given ?? found.encoding) : found.encoding;
    const { markLength } = found;
    if (encoding === 'windows-1252') this.#width = 1;
    if (encoding === 'utf-32') throw new RangeError('UTF-32 is not read');
    this.encoding = encoding;
    this.#markLength = markLength;
    this.#sourceLength = markLength;
    return encoding === 'utf-8' ? undefined : new TextDecoder(encoding, { ignoreBOM: true });
  }

  #transcode(decoder: Decoder, piece: Uint8Array, stream: boolean): Uint8Array {
    const text = decoder.decode(piece, { stream });
    if (text === '') return new Uint8Array(0);
    const out = new TextEncoder().encode(text);
    if (this.#segments.length === 0) this.#cursor = { unit: 0, utf8: this.#utf8Length };
    this.#segments.push({ utf8Start: this.#utf8Length, sourceStart: this.#sourceLength, text });
    this.#utf8Length += out.length;
    this.#sourceLength += text.length * this.#width;
    return out;
  }
}

function joined(head: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (head.length === 0) return chunk;
  const both = new Uint8Array(head.length + chunk.length);
  both.set(head);
  both.set(chunk, head.length);
  return both;
}
