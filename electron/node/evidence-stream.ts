import { constants } from 'node:fs';
import { open, lstat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import type { Transform } from 'node:stream';
import { constants as zlibConstants, createGunzip, createInflate, createZstdDecompress, inflateSync } from 'node:zlib';
import { AppError } from '#shared/contract/errors.ts';
import type { IssueCode } from '#shared/engine/importers/issue-codes.ts';
import { startsWithBytes } from '#shared/lib/bytes.ts';

/** Size of the pieces read from disk. Units: bytes; larger ones gain nothing, smaller ones cost calls. */
const CHUNK_BYTES = 256 * 1024;
/** How much is decoded at a time. Units: bytes; at deflate's limit of 1,032:1 it gives 16 MB, which bounds memory. */
const FEED_BYTES = 16 * 1024;
/** Output below which a high ratio does not matter. Units: bytes. */
const RATIO_FREE_BYTES = 10 * 1024 * 1024;
/** Output per input byte above which a stream is taken for a bomb: text logs reach 30, deflate's limit is 1,032. */
const MAX_RATIO = 100;

/** A doubt about bytes that are used all the same. */
export interface StreamWarning {
  readonly code: IssueCode;
  readonly message: string;
}

/** A stretch of bytes that can be read from its start, several times. */
export interface Openable {
  readonly size: number | undefined;
  /** Doubts about the bytes go to `warn`. */
  chunks(warn: (warning: StreamWarning) => void): AsyncIterable<Uint8Array>;
}

/** How a file is compressed, told by its first bytes. */
export type Compression = 'gzip' | 'zstd' | 'zlib';

/** What the first bytes of a file say about it. */
export function sniffPacking(head: Uint8Array): Compression | 'zip' | 'plain' {
  if (startsWithBytes(head, [0x50, 0x4b, 3, 4]) || startsWithBytes(head, [0x50, 0x4b, 5, 6])) return 'zip';
  if (startsWithBytes(head, [0x1f, 0x8b, 8])) return 'gzip';
  if (startsWithBytes(head, [0x28, 0xb5, 0x2f, 0xfd])) return 'zstd';
  return isZlib(head) ? 'zlib' : 'plain';
}

/** zlib has no magic: two bytes that also begin the text `x^`. So the head must really inflate. */
function isZlib(head: Uint8Array): boolean {
  const [first = 0, second = 0] = head;
  if (first !== 0x78 || ![0x01, 0x5e, 0x9c, 0xda].includes(second)) return false;
  try {
    inflateSync(head, { finishFlush: zlibConstants.Z_SYNC_FLUSH, maxOutputLength: 16 * 1024 * 1024 });
    return true;
  } catch (error) {
    // Too much output for the look means that it did inflate.
    return error instanceof RangeError;
  }
}

/** An unreadable place in the evidence. `code` is what the import lists. */
export const unreadable = (code: IssueCode, message: string, cause?: unknown): AppError =>
  new AppError('unreadable', message, { code }, cause === undefined ? undefined : { cause });

/** Bytes that are there but wrong. */
export const damagedArchive = (code: IssueCode, message: string, offset: number, cause?: unknown): AppError =>
  new AppError('damaged-file', message, { code, offset }, cause === undefined ? undefined : { cause });

/** True when a file was touched between two looks at it. */
export function hasChanged(before: Stats, after: Stats): boolean {
  return before.size !== after.size || before.mtimeMs !== after.mtimeMs || before.ino !== after.ino;
}

/**
 * A regular file on disk. Links are not followed, and opening never waits for the other end of a pipe.
 * Errors: AppError `unreadable` with IO_READ, or IO_CHANGED when the file is not the one that was looked at.
 */
export function fileBytes(path: string, name: string, before: Stats): Openable {
  return {
    size: before.size,
    async *chunks() {
      const handle = await openFile(path, name);
      try {
        const now = await handle.stat();
        if (!now.isFile() || hasChanged(before, now)) throw unreadable('IO_CHANGED', `${name}: the file changed after it was chosen`);
        if (before.size > 0)
          yield* handle.createReadStream({
            autoClose: false,
            highWaterMark: CHUNK_BYTES,
            end: before.size - 1,
          }) as AsyncIterable<Uint8Array>;
        if (hasChanged(before, await handle.stat())) throw unreadable('IO_CHANGED', `${name}: the file changed while it was read`);
      } catch (error) {
        throw error instanceof AppError ? error : unreadable('IO_READ', `${name}: ${describeOsError(error)}`, error);
      } finally {
        await handle.close();
      }
    },
  };
}

/**
 * Opens for reading, without following a link and without waiting for the other end of a pipe. Windows has neither flag (they
 * count as 0 in the sum): there a path that became a link in between is opened as what it points to.
 */
export const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function openFile(path: string, name: string): Promise<Awaited<ReturnType<typeof open>>> {
  try {
    return await open(path, OPEN_FLAGS);
  } catch (error) {
    throw unreadable('IO_READ', `${name}: ${describeOsError(error)}`, error);
  }
}

/** The first bytes of a stream, which is then closed. */
export async function readHead(bytes: Openable, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes.chunks(() => undefined)) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= limit) break;
  }
  return Buffer.concat(parts).subarray(0, limit);
}

/**
 * What a compressed stream holds.
 * Shape:  gzip members one after the other are joined. A stream that ends early or goes bad gives what decoded, then a warning;
 *         bytes after the end are a warning too.
 * Errors: AppError `damaged-file` ARC_RATIO for a bomb.
 */
export function decompressed(packed: Openable, compression: Compression, name: string): Openable {
  return {
    size: undefined,
    async *chunks(warn) {
      let end = yield* decodePass(packed, compression, name, warn, Number.POSITIVE_INFINITY);
      if (end.failure !== undefined) {
        // zlib throws away what it decoded from the piece that it failed in: once more, that piece byte by byte.
        const again = decodePass(packed, compression, name, () => undefined, end.pieceAt);
        let known = end.produced;
        for (let step = await again.next(); ; step = await again.next()) {
          if (step.done === true) {
            end = step.value;
            break;
          }
          if (step.value.length > known) yield step.value.subarray(known);
          known = Math.max(0, known - step.value.length);
        }
      }
      if (end.failure === undefined && end.tail === 0) return;
      // After a whole member, gunzip looks for another and finds no header.
      const isTail =
        end.failure === undefined || (end.produced > 0 && end.failure instanceof Error && end.failure.message === 'incorrect header check');
      warn({
        code: 'ARC_DAMAGED',
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
  compression: Compression,
  name: string,
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
      checkRatio(produced, consumed, name);
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
export function checkRatio(produced: number, consumed: number, name: string): void {
  if (produced <= RATIO_FREE_BYTES || produced <= consumed * MAX_RATIO) return;
  throw damagedArchive(
    'ARC_RATIO',
    `${name}: ${String(consumed)} bytes unpack to more than ${String(produced)}; the limit is ${String(MAX_RATIO)}:1`,
    produced,
  );
}

function createDecoder(compression: Compression): Transform {
  const options = { chunkSize: CHUNK_BYTES };
  if (compression === 'gzip') return createGunzip(options);
  return compression === 'zstd' ? createZstdDecompress(options) : createInflate(options);
}

/** Longest file that is read although most of it is a hole. Units: bytes. */
const SPARSE_FREE_BYTES = 1024 ** 3;

/** Why a path is not read, or what it is. Links are looked at, not followed. */
export async function inspectPath(path: string, name: string): Promise<{ readonly stats: Stats } | { readonly message: string }> {
  let stats: Stats;
  try {
    stats = await lstat(path);
  } catch (error) {
    return { message: `${name}: ${describeOsError(error)}` };
  }
  if (stats.isSymbolicLink()) return { message: `${name}: a symbolic link; links are not followed` };
  if (stats.isDirectory()) return { stats };
  if (!stats.isFile()) return { message: `${name}: not a regular file (${describeKind(stats)})` };
  // A hole of a terabyte is made in no time and would take hours to read. Windows reports no blocks.
  if (process.platform !== 'win32' && stats.size > SPARSE_FREE_BYTES && stats.blocks * 512 < stats.size / 100) {
    return { message: `${name}: a sparse file; only ${String(stats.blocks * 512)} of its ${String(stats.size)} bytes exist` };
  }
  return { stats };
}

function describeKind(stats: Stats): string {
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'a device' : 'something else';
}

const OS_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'a symbolic link; links are not followed',
  EBUSY: 'another program has locked it',
  ENAMETOOLONG: 'the path is too long for this system',
  EISDIR: 'a folder',
  EIO: 'the disk reports a read error',
  EMFILE: 'too many files are open',
  Z_BUF_ERROR: 'it ends early',
  Z_DATA_ERROR: 'the data is not valid',
};

/** An operating system's or zlib's error in plain words. */
export function describeOsError(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return OS_ERRORS[code] ?? `error ${code}`;
  return error instanceof Error ? error.message : String(error);
}
