import type { Transform } from 'node:stream';
import { createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { damagedArchive, describeOsError } from './stream.ts';
import type { Compression, Openable, StreamWarning } from './stream.ts';

/** Size of the pieces that are given out. Units: bytes. */
const CHUNK_BYTES = 256 * 1024;
/** How much is decoded at a time. Units: bytes; at deflate's limit of 1,032:1 it gives 16 MB, which bounds memory. */
const FEED_BYTES = 16 * 1024;
/** Output below which a high ratio does not matter. Units: bytes. */
export const RATIO_FREE_BYTES = 10 * 1024 * 1024;
/** Output per input byte above which a stream is taken for a bomb: text logs reach 30, deflate's limit is 1,032. */
export const MAX_RATIO = 100;

/**
 * What a compressed stream holds.
 * Shape:  gzip members one after the other are joined. A stream that ends early or goes bad gives what decoded, then a warning;
 *         bytes after the end are a warning too.
 * Errors: AppError `damaged-file` ARC_RATIO for a bomb.
 */
export function decompressed(packed: Openable, compression: Compression, name: string, maxRatio: number): Openable {
  return {
    size: undefined,
    async *chunks(warn) {
      let end = yield* decodePass(packed, { compression, name, maxRatio }, warn, Number.POSITIVE_INFINITY);
      if (end.failure !== undefined) {
        // zlib throws away what it decoded from the piece that it failed in: once more, that piece byte by byte.
        const again = decodePass(packed, { compression, name, maxRatio }, () => undefined, end.pieceAt);
        let known = end.produced;
        try {
          for (let step = await again.next(); ; step = await again.next()) {
            if (step.done === true) {
              end = step.value;
              break;
            }
            if (step.value.length > known) yield step.value.subarray(known);
            known = Math.max(0, known - step.value.length);
          }
        } finally {
          // Who only wanted the first bytes stops at one of the yields, and the file is still open.
          await again.return(end);
        }
      }
      if (end.failure === undefined && end.tail === 0) return;
      // After a whole member, gunzip looks for another and finds no header.
      const isTail =
        end.failure === undefined || (end.produced > 0 && end.failure instanceof Error && end.failure.message === 'incorrect header check');
      warn({
        code: 'ARC_DAMAGED',
        isCut: !isTail,
        message: isTail
          ? `${name}: bytes after the end of the ${compression} stream were not used`
          : `${name}: the ${compression} stream breaks off after ${String(end.produced)} bytes of content (${describeOsError(end.failure)})`,
      });
    },
  };
}

/** How a pass over a compressed stream ended. Units: bytes. */
interface PassEnd {
  readonly failure: unknown;
  readonly produced: number;
  /** Where the piece begins that failed. */
  readonly pieceAt: number;
  /** Input after the end of the stream. */
  readonly tail: number;
}

/** Decodes once from the start; from `fineFrom` on byte by byte. Errors: AppError `damaged-file` ARC_RATIO. */
async function* decodePass(
  packed: Openable,
  { compression, name, maxRatio }: { readonly compression: Compression; readonly name: string; readonly maxRatio: number },
  warn: (warning: StreamWarning) => void,
  fineFrom: number,
): AsyncGenerator<Uint8Array, PassEnd> {
  const decoder = createDecoder(compression);
  const output: Uint8Array[] = [];
  let failure: unknown;
  let consumed = 0;
  let produced = 0;
  let pieceAt = 0;
  // Listened to instead of iterated: an iterator drops what was decoded in front of an error, and that is evidence.
  decoder.on('data', (chunk: Uint8Array) => output.push(chunk));
  decoder.on('error', (error) => {
    failure ??= error;
  });
  const take = function* (): Generator<Uint8Array> {
    for (const chunk of output.splice(0)) {
      produced += chunk.length;
      checkRatio(produced, consumed, name, maxRatio);
      yield chunk;
    }
  };
  try {
    for await (const chunk of packed.chunks(warn)) {
      for (let at = 0; at < chunk.length && failure === undefined;) {
        const size = consumed >= fineFrom ? 1 : FEED_BYTES;
        const piece = chunk.subarray(at, at + size);
        pieceAt = consumed;
        at += piece.length;
        consumed += piece.length;
        await settled(decoder, (done) => decoder.write(piece, done));
        yield* take();
      }
      if (failure !== undefined) break;
    }
    if (failure === undefined) await settled(decoder, (done) => decoder.once('end', done).end());
    yield* take();
  } finally {
    decoder.destroy();
  }
  const used = (decoder as Transform & { readonly bytesWritten: number }).bytesWritten; // every zlib stream has it
  return { failure, produced, pieceAt, tail: Math.max(0, consumed - used) };
}

/** Runs one step of a decoder to its end, or to the decoder's: one that fails closes without calling back. */
async function settled(decoder: Transform, step: (done: () => void) => void): Promise<void> {
  if (decoder.closed) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      decoder.removeListener('close', done);
      resolve();
    };
    decoder.once('close', done);
    step(done);
  });
}

/** Errors: AppError `damaged-file` ARC_RATIO. Units: bytes. */
export function checkRatio(produced: number, consumed: number, name: string, maxRatio: number): void {
  if (produced <= RATIO_FREE_BYTES || produced <= consumed * maxRatio) return;
  throw damagedArchive(
    'ARC_RATIO',
    `${name}: ${String(consumed)} bytes unpack to more than ${String(produced)}; the limit is ${String(maxRatio)}:1`,
    produced,
  );
}

function createDecoder(compression: Compression): Transform {
  const options = { chunkSize: CHUNK_BYTES };
  if (compression === 'gzip') return createGunzip(options);
  if (compression === 'deflate') return createInflateRaw(options);
  return compression === 'zstd' ? createZstdDecompress(options) : createInflate(options);
}
