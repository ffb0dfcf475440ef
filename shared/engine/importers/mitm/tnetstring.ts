import { concatBytes } from '../../../lib/bytes.ts';

/** A value of a tnetstring: bytes, text, number, truth, nothing, list or dictionary. */
export type Tnet = Uint8Array | string | number | boolean | null | readonly Tnet[] | TnetDict;
/** A dictionary; a map, because its keys are the file's. */
export type TnetDict = ReadonlyMap<string, Tnet>;

/** Levels of lists and dictionaries inside each other; real flows have six. */
const MAX_DEPTH = 32;
/** Digits of a length; more than this is no tnetstring. Source: mitmproxy, `io/tnetstring.py`. */
const MAX_DIGITS = 12;

const COLON = 0x3a;
const ZERO = 0x30;
const isDigit = (byte: number): boolean => byte >= ZERO && byte <= 0x39;
const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads one tnetstring: `LEN:payload` and a letter for its type; `undefined` when the bytes are not exactly that.
 * Source: mitmproxy, `io/tnetstring.py`: `,` bytes, `;` text, `#` whole number, `^` float, `!` truth, `~` nothing, `]` list, `}`
 * dictionary. Lengths count bytes.
 * Example: `8:1:1#1:2#]` is the list of 1 and 2.
 */
export function parseTnet(bytes: Uint8Array): Tnet | undefined {
  const found = readValue(bytes, 0, 0);
  return found?.next === bytes.length ? found.value : undefined;
}

interface Found {
  readonly value: Tnet;
  readonly next: number;
}

function readValue(bytes: Uint8Array, from: number, depth: number): Found | undefined {
  let at = from;
  let length = 0;
  while (at < bytes.length && at - from < MAX_DIGITS && isDigit(bytes[at] ?? 0)) {
    length = length * 10 + (bytes[at] ?? 0) - ZERO;
    at += 1;
  }
  if (at === from || bytes[at] !== COLON || depth > MAX_DEPTH) return undefined;
  const start = at + 1;
  const end = start + length;
  if (end >= bytes.length) return undefined;
  const payload = bytes.subarray(start, end);
  const value = toValue(payload, String.fromCharCode(bytes[end] ?? 0), depth);
  return value === undefined ? undefined : { value, next: end + 1 };
}

function toValue(payload: Uint8Array, type: string, depth: number): Tnet | undefined {
  switch (type) {
    case ',':
      return payload;
    case ';':
      return utf8.decode(payload);
    case '#':
    case '^': {
      const text = utf8.decode(payload);
      return text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
    }
    case '!':
      return utf8.decode(payload) === 'true';
    case '~':
      return payload.length === 0 ? null : undefined;
    case ']':
      return readItems(payload, depth);
    case '}':
      return readDict(payload, depth);
    default:
      return undefined;
  }
}

function readItems(payload: Uint8Array, depth: number): Tnet[] | undefined {
  const items: Tnet[] = [];
  for (let at = 0; at < payload.length;) {
    const found = readValue(payload, at, depth + 1);
    if (found === undefined) return undefined;
    items.push(found.value);
    at = found.next;
  }
  return items;
}

function readDict(payload: Uint8Array, depth: number): TnetDict | undefined {
  const items = readItems(payload, depth);
  if (items === undefined || items.length % 2 !== 0) return undefined;
  const dict = new Map<string, Tnet>();
  for (let at = 0; at < items.length; at += 2) {
    const key = items[at];
    const value = items[at + 1];
    // Old versions write keys as bytes, newer ones as text.
    const name = key instanceof Uint8Array ? utf8.decode(key) : key;
    if (typeof name !== 'string' || value === undefined) return undefined;
    dict.set(name, value);
  }
  return dict;
}

/** One top-level value of a dump. */
export interface TnetFrame {
  /** Units: bytes from the start of the stream. */
  readonly start: number;
  readonly length: number;
  /** The value with its length and type; only its start when it is above the limit. */
  readonly bytes: Uint8Array;
  readonly tooLong: boolean;
}

/** What is kept of a frame above the limit. Units: bytes. */
const KEPT_OF_LONG = 512;

/**
 * Cuts a stream of tnetstrings at the top level; the same for every size of chunk.
 * Cost: holds one frame, at most `maxFrame` bytes; a longer one is passed over, because its length is known.
 */
export class TnetCutter {
  readonly #maxFrame: number;
  #parts: Uint8Array[] = [];
  #held = 0;
  #start = 0;
  #offset = 0;
  /** Bytes of the frame that begins at `#start`, once its length was read. */
  #wanted: number | undefined;
  /** Where something stands that is no length; nothing after it is read. */
  brokenAt: number | undefined;

  constructor(maxFrame: number) {
    this.#maxFrame = maxFrame;
  }

  /** The frames that end inside this chunk. */
  push(chunk: Uint8Array): TnetFrame[] {
    const frames: TnetFrame[] = [];
    let at = 0;
    while (at < chunk.length && this.brokenAt === undefined) {
      if (this.#wanted === undefined) {
        at = this.#readLength(chunk, at);
        continue;
      }
      const rest = this.#wanted - (this.#offset + at - this.#start);
      const taken = Math.min(rest, chunk.length - at);
      this.#keep(chunk.subarray(at, at + taken));
      at += taken;
      if (taken === rest) frames.push(this.#finish(this.#wanted));
    }
    this.#offset += chunk.length;
    return frames;
  }

  /** The frame that the stream ends inside of, and its first bytes. */
  end(): { readonly start: number; readonly bytes: Uint8Array } | undefined {
    if (this.brokenAt !== undefined || this.#held === 0) return undefined;
    return { start: this.#start, bytes: concatBytes(this.#parts).slice(0, KEPT_OF_LONG) };
  }

  #readLength(chunk: Uint8Array, from: number): number {
    const byte = chunk[from] ?? 0;
    if (this.#held === 0) {
      if (isBlank(byte)) return from + 1;
      this.#start = this.#offset + from;
    }
    if (byte === COLON && this.#held > 0) {
      const digits = utf8.decode(concatBytes(this.#parts));
      this.#wanted = this.#held + 1 + Number(digits) + 1;
    } else if (!isDigit(byte) || this.#held >= MAX_DIGITS) {
      this.brokenAt = this.#start;
      return chunk.length;
    }
    this.#keep(chunk.subarray(from, from + 1));
    return from + 1;
  }

  #keep(piece: Uint8Array): void {
    const room = (this.#wanted ?? 0) > this.#maxFrame ? Math.max(0, KEPT_OF_LONG - this.#held) : piece.length;
    if (room > 0) this.#parts.push(piece.slice(0, room));
    this.#held += piece.length;
  }

  #finish(length: number): TnetFrame {
    const frame = { start: this.#start, length, bytes: concatBytes(this.#parts), tooLong: length > this.#maxFrame };
    this.#parts = [];
    this.#held = 0;
    this.#wanted = undefined;
    return frame;
  }
}
