/**
 * Unpacks DEFLATE data (RFC 1951) in memory, for bodies inside of evidence: importers run where no zlib is.
 * Cost: about 50 MB/s; the output grows as it is needed, never beyond its limit.
 */

/** Bits of the longest Huffman code. RFC 1951, 3.2.1. */
const MAX_CODE_BITS = 15;
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385,
  24577,
];
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
/** The order in which the lengths of the code-length code stand. RFC 1951, 3.2.7. */
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A Huffman code: how many codes have each length, and the symbols in the order of their codes. */
interface Huffman {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

/** What was unpacked, and why it is not everything. */
export interface Inflated {
  readonly content: Uint8Array;
  /** `cut`: the packed bytes end too early. `limit`: there is more than was asked for. */
  readonly end: 'whole' | 'cut' | 'limit';
}

const broken = (): never => {
  throw new RangeError('not DEFLATE data');
};

class Inflater {
  readonly #input: Uint8Array;
  readonly #limit: number;
  #at: number;
  #bits = 0;
  #bitCount = 0;
  #output = new Uint8Array(4096);
  #length = 0;
  #end: Inflated['end'] = 'whole';

  constructor(input: Uint8Array, from: number, limit: number) {
    this.#input = input;
    this.#at = from;
    this.#limit = limit;
  }

  /** Errors: RangeError when the data is no DEFLATE. */
  run(): Inflated {
    let last = false;
    while (!last && !this.#isOver()) {
      last = this.#take(1) === 1;
      const type = this.#take(2);
      if (type === 0) this.#stored();
      else if (type === 1) this.#codes(FIXED_LENGTHS, FIXED_DISTANCES);
      else if (type === 2) this.#dynamic();
      else broken();
    }
    return { content: this.#output.subarray(0, this.#length), end: this.#end };
  }

  #isOver(): boolean {
    return this.#end !== 'whole';
  }

  #take(count: number): number {
    while (this.#bitCount < count) {
      const byte = this.#input[this.#at];
      if (byte === undefined) {
        this.#end = 'cut';
        return 0;
      }
      this.#at += 1;
      this.#bits |= byte << this.#bitCount;
      this.#bitCount += 8;
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#bitCount -= count;
    return value;
  }

  /** One symbol, bit by bit, along the canonical code. */
  #symbol({ counts, symbols }: Huffman): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= MAX_CODE_BITS; length += 1) {
      code |= this.#take(1);
      if (this.#isOver()) return 0;
      const count = counts[length] ?? 0;
      if (code - first < count) return symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return broken();
  }

  #put(byte: number): void {
    if (this.#length === this.#limit) {
      this.#end = 'limit';
      return;
    }
    if (this.#length === this.#output.length) this.#grow();
    this.#output[this.#length] = byte;
    this.#length += 1;
  }

  #grow(): void {
    const larger = new Uint8Array(Math.min(this.#limit, this.#output.length * 2));
    larger.set(this.#output);
    this.#output = larger;
  }

  #stored(): void {
    this.#bits = 0;
    this.#bitCount = 0;
    const length = this.#take(16);
    if ((length ^ 0xffff) !== this.#take(16) && !this.#isOver()) broken();
    for (let index = 0; index < length; index += 1) {
      const byte = this.#take(8);
      if (this.#isOver()) return;
      this.#put(byte);
    }
  }

  #dynamic(): void {
    const lengthCount = this.#take(5) + 257;
    const distanceCount = this.#take(5) + 1;
    const orderCount = this.#take(4) + 4;
    const orderLengths = new Uint8Array(19);
    for (let index = 0; index < orderCount; index += 1) orderLengths[CODE_ORDER[index] ?? 0] = this.#take(3);
    const order = toHuffman(orderLengths);
    const lengths = new Uint8Array(lengthCount + distanceCount);
    for (let at = 0; at < lengths.length;) {
      const symbol = this.#symbol(order);
      if (this.#isOver()) return;
      if (symbol < 16) {
        lengths[at] = symbol;
        at += 1;
        continue;
      }
      if (symbol === 16 && at === 0) broken();
      const value = symbol === 16 ? (lengths[at - 1] ?? 0) : 0;
      const times = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      if (this.#isOver()) return;
      if (at + times > lengths.length) broken();
      lengths.fill(value, at, at + times);
      at += times;
    }
    this.#codes(toHuffman(lengths.subarray(0, lengthCount)), toHuffman(lengths.subarray(lengthCount)));
  }

  #codes(lengths: Huffman, distances: Huffman): void {
    for (;;) {
      const symbol = this.#symbol(lengths);
      if (this.#isOver()) return;
      if (symbol < 256) {
        this.#put(symbol);
        continue;
      }
      if (symbol === 256) return;
      const base = LENGTH_BASE[symbol - 257] ?? broken();
      const length = base + this.#take(LENGTH_BITS[symbol - 257] ?? 0);
      const far = this.#symbol(distances);
      const distance = (DISTANCE_BASE[far] ?? broken()) + this.#take(DISTANCE_BITS[far] ?? 0);
      if (this.#isOver()) return;
      if (distance > this.#length) broken();
      for (let index = 0; index < length; index += 1) this.#put(this.#output[this.#length - distance] ?? 0);
    }
  }
}

function toHuffman(lengths: Uint8Array): Huffman {
  const counts = new Uint16Array(MAX_CODE_BITS + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const offsets = new Uint16Array(MAX_CODE_BITS + 2);
  for (let length = 1; length <= MAX_CODE_BITS; length += 1) offsets[length + 1] = (offsets[length] ?? 0) + (counts[length] ?? 0);
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const place = offsets[length] ?? 0;
    symbols[place] = symbol;
    offsets[length] = place + 1;
  }
  return { counts, symbols };
}

const FIXED_LENGTHS = toHuffman(
  Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
);
const FIXED_DISTANCES = toHuffman(new Uint8Array(30).fill(5));

/**
 * The content of a body with `content-encoding: gzip` or `deflate`, at most `limit` bytes of it; `undefined` when it is something
 * else. Checksums are not checked: proxies cut bodies short, and what is there is evidence.
 */
export function inflateBody(bytes: Uint8Array, encoding: string, limit: number): Inflated | undefined {
  const from =
    encoding === 'gzip' || encoding === 'x-gzip' ? afterGzipHeader(bytes) : encoding === 'deflate' ? afterZlibHeader(bytes) : undefined;
  if (from === undefined) return undefined;
  try {
    return new Inflater(bytes, from, limit).run();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Where the data of a gzip member begins (RFC 1952); `undefined` when this is none. */
function afterGzipHeader(bytes: Uint8Array): number | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return undefined;
  const flags = bytes[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + ((bytes[at + 1] ?? 0) << 8);
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end === -1) return undefined;
    at = end + 1;
  }
  return (flags & 2) === 0 ? at : at + 2;
}

/** `deflate` is zlib by the standard and bare DEFLATE in many servers. RFC 1950: the header is a multiple of 31. */
function afterZlibHeader(bytes: Uint8Array): number {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0 ? 2 : 0;
}
