import { constants } from 'node:fs';
import { open, lstat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { constants as zlibConstants, inflateSync } from 'node:zlib';
import { AppError } from '#shared/contract/errors.ts';
import type { IssueCode } from '#shared/engine/importers/issue-codes.ts';
import { startsWithBytes } from '#shared/lib/bytes.ts';
import { isTarHeader, TAR_BLOCK } from './tar-header.ts';

/** Size of the pieces read from disk. Units: bytes; larger ones gain nothing, smaller ones cost calls. */
const CHUNK_BYTES = 256 * 1024;
/** A doubt about bytes that are used all the same. */
export interface StreamWarning {
  readonly code: IssueCode;
  readonly message: string;
  /** Bytes are missing, as against bytes that are left over or doubtful. */
  readonly isCut?: boolean;
}

/** A stretch of bytes that can be read from its start, several times. */
export interface Openable {
  readonly size: number | undefined;
  /** Doubts about the bytes go to `warn`. */
  chunks(warn: (warning: StreamWarning) => void): AsyncIterable<Uint8Array>;
  /** The last bytes, `most` or fewer; only where they can be read without all that stands before. */
  readonly last?: (most: number) => Promise<Uint8Array>;
}

/** How bytes are compressed. */
export type Compression = FileCompression | 'deflate';

/** How a file is compressed, told by its first bytes; bare deflate has none of its own. */
export type FileCompression = 'gzip' | 'zstd' | 'zlib';

/** What the first bytes of a file say about it. */
export function sniffPacking(head: Uint8Array): FileCompression | 'zip' | 'tar' | 'plain' {
  if (startsWithBytes(head, [0x50, 0x4b, 3, 4]) || startsWithBytes(head, [0x50, 0x4b, 5, 6])) return 'zip';
  if (startsWithBytes(head, [0x1f, 0x8b, 8])) return 'gzip';
  if (startsWithBytes(head, [0x28, 0xb5, 0x2f, 0xfd])) return 'zstd';
  if (isZlib(head)) return 'zlib';
  return isTarHeader(head.subarray(0, TAR_BLOCK)) ? 'tar' : 'plain';
}

/** Packers that are known but not read, by the bytes that their files begin with. */
const FOREIGN: readonly (readonly [readonly number[], string])[] = [
  [[0x42, 0x5a, 0x68, -1, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59], 'bzip2'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], 'xz'],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], '7-Zip'],
  [[0x52, 0x61, 0x72, 0x21, 0x1a, 7], 'RAR'],
  [[0x04, 0x22, 0x4d, 0x18], 'LZ4'],
];

/** The packer of a file that has to be unpacked by other means; `undefined` for all others. */
export const findForeignPacker = (head: Uint8Array): string | undefined =>
  FOREIGN.find(([magic]) => magic.every((byte, index) => byte === -1 || head[index] === byte))?.[1];

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
 * A regular file on disk, or a stretch of one. Links are not followed, and opening never waits for the other end of a pipe.
 * Errors: AppError `unreadable` with IO_READ, or IO_CHANGED when the file is not the one that was looked at.
 */
export function fileBytes(path: string, name: string, before: Stats, start = 0, length: number = before.size): Openable {
  const end = Math.min(start + length, before.size);
  return {
    size: Math.max(0, end - start),
    last: (most) => {
      const from = Math.max(start, end - most);
      return readHead(fileBytes(path, name, before, from, end - from), most);
    },
    async *chunks() {
      const handle = await openFile(path, name);
      try {
        const now = await handle.stat();
        if (!now.isFile() || hasChanged(before, now)) throw unreadable('IO_CHANGED', `${name}: the file changed after it was chosen`);
        yield* readAhead(handle, start, end);
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
 * The bytes from `start` to `end`, or to the end of the file; the next piece is read while one is looked at.
 * Not a read stream: V8 does not see what the buffers of one cost, and keeps hundreds of megabytes of them.
 */
async function* readAhead(handle: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  const readAt = (at: number): Promise<Uint8Array> | undefined => {
    if (at >= end) return undefined;
    const chunk = new Uint8Array(Math.min(CHUNK_BYTES, end - at));
    const read = handle.read(chunk, 0, chunk.length, at).then(({ bytesRead }) => chunk.subarray(0, bytesRead));
    read.catch(() => undefined); // it is thrown where it is waited for, if that place is still reached
    return read;
  };
  let at = start;
  for (let next = readAt(at); next !== undefined;) {
    const chunk = await next;
    if (chunk.length === 0) return;
    at += chunk.length;
    next = readAt(at);
    yield chunk;
  }
}

/**
 * Opens for reading, without following a link and without waiting for the other end of a pipe. Windows has neither flag (they
 * count as 0 in the sum): there a path that became a link in between is opened as what it points to.
 */
export const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function openFile(path: string, name: string): Promise<FileHandle> {
  try {
    return await open(path, OPEN_FLAGS);
  } catch (error) {
    throw unreadable('IO_READ', `${name}: ${describeOsError(error)}`, error);
  }
}

/** A stretch of bytes that can only be read from their start. */
export function stretchOf(bytes: Openable, start: number, length: number): Openable {
  return {
    size: undefined,
    async *chunks(warn) {
      let at = 0;
      if (length === 0) return;
      for await (const chunk of bytes.chunks(warn)) {
        const piece = chunk.subarray(Math.max(0, start - at), Math.max(0, start + length - at));
        if (piece.length > 0) yield piece;
        at += chunk.length;
        if (at >= start + length) return;
      }
    },
  };
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

/** Longest file that is read although most of it is a hole. Units: bytes. */
export const SPARSE_FREE_BYTES = 1024 ** 3;

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
