import type { StoredDetail } from '../intake/masked-call.ts';
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

const [OPEN, COMMA, CLOSE] = [0x5b, 0x2c, 0x5d];

/** Gathers the details of consecutive calls into compressed blocks. Lifetime: one reader. */
export interface DetailPacker {
  add(detail: StoredDetail): void;
  /** The blocks of everything added since the last time; calls count from 0 again. */
  take(): EncodedBatch['details'];
}

/**
 * Details of consecutive calls, written one after the other as one JSON list and compressed together.
 * Each is turned into bytes as it comes: a whole block as one string would be made and copied twice.
 */
export function detailPacker(codec: CodecPort): DetailPacker {
  const encoder = new TextEncoder();
  let buffer = new Uint8Array(2 * BLOCK_BYTES);
  let blocks: EncodedBatch['details'][number][] = [];
  let first = 0;
  let next = 0;
  let used = 0;

  const close = (): void => {
    if (next === first) return;
    buffer[used] = CLOSE;
    blocks.push({ first, last: next - 1, data: codec.compress(buffer.subarray(0, used + 1)) });
    first = next;
    used = 0;
    if (buffer.length > KEPT_BYTES) buffer = new Uint8Array(2 * BLOCK_BYTES);
  };
  /** Makes room for so many more bytes and the brackets around them. */
  const grow = (more: number): void => {
    if (used + more + 2 <= buffer.length) return;
    const larger = new Uint8Array(used + more + 2);
    larger.set(buffer.subarray(0, used));
    buffer = larger;
  };

  return {
    add(detail) {
      const text = JSON.stringify(detail);
      // What may not fit goes into a block of its own, instead of making a large one larger.
      if (used + text.length * BYTES_PER_UNIT + 2 > buffer.length) close();
      grow(text.length * BYTES_PER_UNIT);
      buffer[used] = next === first ? OPEN : COMMA;
      used += 1 + encoder.encodeInto(text, buffer.subarray(used + 1)).written;
      next += 1;
      if (next - first === CALLS_PER_BLOCK || used >= BLOCK_BYTES) close();
    },
    take() {
      close();
      const taken = blocks;
      blocks = [];
      first = 0;
      next = 0;
      return taken;
    },
  };
}
