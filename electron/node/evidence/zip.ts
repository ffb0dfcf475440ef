import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { AppError } from '#shared/contract/errors.ts';
import type { IssueCode } from '#shared/engine/importers/issue-codes.ts';
import { describePassedOver } from './archive.ts';
import type { ArchiveItem, ArchiveListing } from './archive.ts';
import { findNameDanger, isResourceFork } from './names.ts';
import { checkRatio, RATIO_FREE_BYTES } from './decompress.ts';
import type { ArchiveLimits } from './limits.ts';
import { damagedArchive, describeOsError, hasChanged, OPEN_FLAGS, unreadable } from './stream.ts';
import type { Openable } from './stream.ts';
import { memberName, refusal, STORED } from './zip-member.ts';
import { salvageZip } from './zip-salvage.ts';

/**
 * Lists a zip file member by member, judging each on its own. One whose directory is damaged gives the members that are found without it.
 * Errors: AppError `damaged-file` (ARC_DAMAGED, ARC_COUNT, ARC_SIZE) when the archive as a whole is not read.
 */
export async function listZip(path: string, name: string, stats: Stats, limits: ArchiveLimits): Promise<ArchiveListing> {
  try {
    return await listByDirectory(path, name, stats, limits);
  } catch (error) {
    if (error instanceof AppError && error.details['code'] === 'ARC_DAMAGED') return await salvageZip(path, name, stats, limits);
    throw error;
  }
}

/** yauzl stops at the first bad name, so it is asked for raw names. Errors: as `listZip`. */
async function listByDirectory(path: string, name: string, stats: Stats, limits: ArchiveLimits): Promise<ArchiveListing> {
  const { zip, close } = await openZip(path, name, stats);
  try {
    if (zip.entryCount > limits.members) {
      throw damagedArchive('ARC_COUNT', `${name}: ${String(zip.entryCount)} members; the limit is ${String(limits.members)}`, 0);
    }
    const items: ArchiveItem[] = [];
    let folders = 0;
    let forks = 0;
    let packed = 0;
    for (let entry = await nextEntry(zip, name); entry !== undefined; entry = await nextEntry(zip, name)) {
      packed += entry.compressedSize;
      const label = memberName(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields);
      if (label.endsWith('/') && findNameDanger(label) === undefined) folders += 1;
      else if (isResourceFork(label)) forks += 1;
      else items.push(judge(entry, label, { path, name, stats, maxRatio: limits.ratio }));
    }
    if (packed > stats.size)
      throw damagedArchive('ARC_SIZE', `${name}: its members overlap: they claim ${String(packed)} of ${String(stats.size)} bytes`, 0);
    return { items, notes: describePassedOver(name, folders, forks) };
  } finally {
    await close();
  }
}

/** True when the file ends like a zip archive, whatever it begins with. */
export async function canOpenZip(path: string): Promise<boolean> {
  try {
    const { close } = await openZip(path, path);
    await close();
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** A zip that is being read, and how to let go of its file. */
interface OpenedZip {
  readonly zip: ZipFile;
  readonly close: () => Promise<void>;
}

/** Errors: AppError IO_READ, IO_CHANGED when the file is not the one of `before`, ARC_DAMAGED when it is no zip. */
async function openZip(path: string, name: string, before?: Stats): Promise<OpenedZip> {
  let handle;
  try {
    handle = await open(path, OPEN_FLAGS);
  } catch (error) {
    throw unreadable('IO_READ', `${name}: ${describeOsError(error)}`, error);
  }
  const file = handle;
  const now = await file.stat();
  if (before !== undefined && hasChanged(before, now)) {
    await file.close();
    throw unreadable('IO_CHANGED', `${name}: the archive changed after it was listed`);
  }
  // A reader of our own over the handle: yauzl's opens by path and by descriptor follow links or leave the closing to chance.
  const reader = new HandleReader(file);
  return await new Promise((resolve, reject) => {
    yauzl.fromRandomAccessReader(
      reader,
      now.size,
      { lazyEntries: true, decodeStrings: false, validateEntrySizes: false, autoClose: false },
      (error, zip) => {
        if (error === null) resolve({ zip, close: () => file.close() });
        else {
          file.close().then(
            () => {
              reject(damagedArchive('ARC_DAMAGED', `${name}: not a whole zip archive: ${describeZipError(error)}`, 0, error));
            },
            (closing: unknown) => {
              reject(unreadable('IO_READ', `${name}: ${describeOsError(closing)}`, closing));
            },
          );
        }
      },
    );
  });
}

/**
 * Lets yauzl read from an open file handle. Lifetime: one ZipFile. Who opened the handle closes it: yauzl 3.4 counts its readers, and
 * does not let go of one whose member breaks off, so that a damaged archive of many members would leave as many files open.
 */
class HandleReader extends yauzl.RandomAccessReader {
  readonly #file: Awaited<ReturnType<typeof open>>;

  constructor(file: Awaited<ReturnType<typeof open>>) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return this.#file.createReadStream({ start, end: end - 1, autoClose: false, highWaterMark: 256 * 1024 });
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    this.#file.read(buffer, offset, length, position).then(
      ({ bytesRead }) => {
        callback(bytesRead < length ? new Error('unexpected end of file') : null);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

function nextEntry(zip: ZipFile, name: string): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      zip.removeListener('entry', onEntry);
      zip.removeListener('end', onEnd);
      zip.removeListener('error', onError);
    };
    const onEntry = (entry: Entry): void => {
      settle();
      resolve(entry);
    };
    const onEnd = (): void => {
      settle();
      resolve(undefined);
    };
    const onError = (error: Error): void => {
      settle();
      reject(damagedArchive('ARC_DAMAGED', `${name}: the archive's directory is damaged: ${describeZipError(error)}`, 0, error));
    };
    zip.on('entry', onEntry);
    zip.on('end', onEnd);
    zip.on('error', onError);
    zip.readEntry();
  });
}

const describeZipError = (error: Error): string => error.message.split('\n')[0]?.slice(0, 200) ?? 'unknown';

/** The archive that a member lies in. */
interface Around {
  readonly path: string;
  readonly name: string;
  readonly stats: Stats;
  readonly maxRatio: number;
}

function judge(entry: Entry, raw: string, archive: Around): ArchiveItem {
  const label = raw.replaceAll('\\', '/');
  const name = `${archive.name}!${label}`;
  const fail = (code: IssueCode, message: string): ArchiveItem => ({ kind: 'failure', name, code, message: `${name}: ${message}` });
  const type = (entry.externalFileAttributes >>> 16) & constants.S_IFMT;
  const refused = refusal(raw, { isEncrypted: entry.isEncrypted(), method: entry.compressionMethod });
  if (refused?.code === 'ARC_NAME') return fail(refused.code, refused.message);
  if (type !== 0 && type !== constants.S_IFREG)
    return fail('ARC_LINK', type === constants.S_IFLNK ? 'a symbolic link' : 'neither a file nor a folder');
  if (refused !== undefined) return fail(refused.code, refused.message);
  if (entry.compressionMethod === STORED && entry.compressedSize !== entry.uncompressedSize) {
    return fail('ARC_SIZE', `stored, but ${String(entry.compressedSize)} bytes are declared as ${String(entry.uncompressedSize)}`);
  }
  if (entry.uncompressedSize > RATIO_FREE_BYTES && entry.uncompressedSize > entry.compressedSize * archive.maxRatio) {
    return fail(
      'ARC_RATIO',
      `${String(entry.compressedSize)} bytes unpack to ${String(entry.uncompressedSize)}; the limit is ${String(archive.maxRatio)}:1`,
    );
  }
  return { kind: 'member', name, bytes: memberBytes(entry, name, archive) };
}

/**
 * The bytes of one member, checked against what the directory declares.
 * Errors: AppError `damaged-file`: ARC_SIZE at the first byte too many or when some lack, ARC_RATIO, ARC_DAMAGED; a wrong
 * checksum is a warning, since the bytes may still be the best there is.
 */
function memberBytes(entry: Entry, name: string, archive: Around): Openable {
  return {
    size: entry.uncompressedSize,
    async *chunks(warn) {
      const { zip, close } = await openZip(archive.path, archive.name, archive.stats);
      let produced = 0;
      let checksum = 0;
      try {
        const raw = await openRaw(zip, entry, name);
        const output: Readable =
          entry.compressionMethod === STORED ? raw : pipeline(raw, createInflateRaw({ chunkSize: 256 * 1024 }), () => undefined);
        for await (const chunk of output as AsyncIterable<Uint8Array>) {
          produced += chunk.length;
          if (produced > entry.uncompressedSize) {
            throw damagedArchive(
              'ARC_SIZE',
              `${name}: ${String(entry.uncompressedSize)} bytes are declared, but there are more`,
              entry.uncompressedSize,
            );
          }
          checkRatio(produced, entry.compressedSize, name, archive.maxRatio);
          checksum = crc32(chunk, checksum);
          yield chunk;
        }
        if (produced < entry.uncompressedSize) {
          throw damagedArchive(
            'ARC_SIZE',
            `${name}: ${String(entry.uncompressedSize)} bytes are declared, but there are only ${String(produced)}`,
            produced,
          );
        }
        if (checksum !== entry.crc32)
          warn({ code: 'ARC_CRC', message: `${name}: the checksum does not match; the bytes are not the ones that were packed` });
      } catch (error) {
        throw error instanceof AppError
          ? error
          : damagedArchive(
              'ARC_DAMAGED',
              `${name}: breaks off after ${String(produced)} bytes: ${describeOsError(error)}`,
              produced,
              error,
            );
      } finally {
        await close();
      }
    },
  };
}

function openRaw(zip: ZipFile, entry: Entry, name: string): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, { decodeFileData: false }, (error, stream) => {
      if (error === null) resolve(stream);
      else reject(damagedArchive('ARC_DAMAGED', `${name}: ${describeZipError(error)}`, 0, error));
    });
  });
}
