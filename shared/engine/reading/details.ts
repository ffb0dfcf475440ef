import type { StoredDetail } from '../intake/masking/masked-call.ts';
import type { CodecPort } from '../ports.ts';
import type { EncodedBatch } from './encoded-batch.ts';

/** Calls whose details are compressed together: enough to gain from repetition, few enough to read one in some milliseconds. */
const CALLS_PER_BLOCK = 256;
/** Past this a block is full whatever it counts, so that calls with large bodies are read as quickly. Units: bytes. */
const BLOCK_BYTES = 256 * 1024;
/** A buffer larger than this is not kept for the next block. Units: bytes. */
const KEPT_BYTES = 4 * 1024 * 1024;
/** Most bytes that UTF-8 takes for a UTF-16 code unit. */
const BYTES_PER_UNIT = 3;

/** A block as it is before it is compressed. Shape: see `detailPacker`. */
export function packBlock(parts: readonly { readonly bytes: Uint8Array; readonly isText: boolean }[]): Uint8Array {
  const head = headOf(parts.map(({ bytes, isText }) => (isText ? -bytes.length : bytes.length)));
  const block = new Uint8Array(parts.reduce((size, { bytes }) => size + bytes.length, head.length));
  let at = head.length;
  block.set(head);
  for (const { bytes } of parts) {
    block.set(bytes, at);
    at += bytes.length;
  }
  return block;
}

const headOf = (lengths: readonly number[]): Uint8Array => new TextEncoder().encode(`${JSON.stringify(lengths)}\n`);

/** Gathers the details of consecutive calls into compressed blocks. Lifetime: one reader. */
export interface DetailPacker {
  /** `isReread`: the record's text gives the rest again, so that it alone is kept. */
  add(detail: StoredDetail, isReread: boolean): void;
  /** The blocks of everything added since the last time; calls count from 0 again. */
  take(): EncodedBatch['details'];
}

/**
 * Details of consecutive calls one after the other, compressed together; `store/read/details.ts` reads them.
 * Shape: a line of JSON with the byte length of each, negative where it is a record's text instead of JSON; then the bytes.
 * Each is turned into bytes as it comes: a whole block as one string would be made and copied twice.
 */
export function detailPacker(codec: CodecPort): DetailPacker {
  const encoder = new TextEncoder();
  let buffer = new Uint8Array(2 * BLOCK_BYTES);
  let blocks: EncodedBatch['details'][number][] = [];
  let lengths: number[] = [];
  let first = 0;
  let used = 0;

  const close = (): void => {
    const count = lengths.length;
    if (count === 0) return;
    const head = headOf(lengths);
    const block = new Uint8Array(head.length + used);
    block.set(head);
    block.set(buffer.subarray(0, used), head.length);
    blocks.push({ first, last: first + count - 1, data: codec.compress(block) });
    first += count;
    lengths = [];
    used = 0;
    if (buffer.length > KEPT_BYTES) buffer = new Uint8Array(2 * BLOCK_BYTES);
  };
  /** Makes room for so many more bytes. */
  const grow = (more: number): void => {
    if (used + more <= buffer.length) return;
    const larger = new Uint8Array(used + more);
    larger.set(buffer.subarray(0, used));
    buffer = larger;
  };

  return {
    add(detail, isReread) {
      const isText = isReread && detail.raw !== undefined && detail.raw !== '';
      const text = isText ? detail.raw : JSON.stringify(detail);
      // What may not fit goes into a block of its own, instead of making a large one larger.
      if (used + text.length * BYTES_PER_UNIT > buffer.length) close();
      grow(text.length * BYTES_PER_UNIT);
      const { written } = encoder.encodeInto(text, used === 0 ? buffer : buffer.subarray(used));
      lengths.push(isText ? -written : written);
      used += written;
      if (lengths.length === CALLS_PER_BLOCK || used >= BLOCK_BYTES) close();
    },
    take() {
      close();
      const taken = blocks;
      blocks = [];
      first = 0;
      return taken;
    },
  };
}
