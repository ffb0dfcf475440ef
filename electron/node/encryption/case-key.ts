import { pbkdf2, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { AppError } from '#shared/contract/errors.ts';
import { whyNoPassphrase } from '#shared/model/passphrase.ts';

/** SQLCipher's key of 32 bytes, and behind it the salt of 16 that stands in clear at the front of the file. */
export type CaseKey = Uint8Array;

/** Units: bytes. */
const KEY = 32;
/** Units: bytes. */
const SALT = 16;
/** Size of a page, and so the least that an encrypted case can have. Units: bytes. */
const PAGE = 4096;
const ROUNDS = 256_000;
const PLAIN = 'SQLite format 3\0';

const derive = promisify(pbkdf2);

/**
 * The key that SQLCipher 4 makes of a passphrase, so that its own tools open the file with the same passphrase. Made here, once for all
 * connections of a case: the processes that read evidence are never told the passphrase.
 * Source: SQLCipher, "Design": PBKDF2-HMAC-SHA512, 256,000 rounds, over the UTF-8 bytes as they are.
 * Cost:   some tenths of a second, in a thread of the platform's.
 */
const toKey = async (passphrase: string, salt: Uint8Array): Promise<CaseKey> =>
  Buffer.concat([await derive(passphrase, salt, ROUNDS, KEY, 'sha512'), salt]);

/** The key of a passphrase for a file that is yet to be written. Errors: AppError `bad-params` for one that is too short. */
export async function newCaseKey(passphrase: string): Promise<CaseKey> {
  const why = whyNoPassphrase(passphrase);
  if (why !== undefined) throw new AppError('bad-params', why);
  return toKey(passphrase, randomBytes(SALT));
}

/** Errors: AppError `unreadable`. */
function readStart(path: string): Buffer {
  const start = Buffer.alloc(SALT);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, start, 0, SALT, 0);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new AppError('unreadable', `${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {}, { cause });
  }
  return start;
}

const sizeOf = (path: string): number => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true ? stat.size : 0;
};

/** A power cut may leave a part of a page at the end of the file; the log beside it has the whole of it. */
const isWhole = (path: string): boolean => sizeOf(path) % PAGE === 0 || ['-wal', '-journal'].some((end) => sizeOf(path + end) > 0);

/**
 * What stands where an encrypted case has its salt; `undefined` for a file that is plain, empty or not there.
 * Shape: not to be asked in a process that has the file open: closing it lets go of the locks that SQLite holds on it there.
 */
function saltOf(path: string): Uint8Array | undefined {
  if (sizeOf(path) === 0) return undefined;
  const start = readStart(path);
  return start.toString('latin1') === PLAIN ? undefined : start;
}

/**
 * Whether a file can only be opened with a passphrase, if it is a case.
 * Shape: whole pages that do not begin as a plain database does: more cannot be told of an encrypted file without its key.
 */
export const isEncrypted = (path: string): boolean => saltOf(path) !== undefined && isWhole(path);

/**
 * What a file is opened with; `undefined` for a plain one.
 * Shape:  a file that is not there or is empty becomes an encrypted case where a passphrase is given.
 * Errors: AppError `passphrase-needed` without one, `not-encrypted` with one for a plain file, `damaged-case` for one that was cut.
 */
export async function caseKeyFor(path: string, passphrase: string | undefined): Promise<CaseKey | undefined> {
  if (passphrase === undefined) {
    if (isEncrypted(path)) throw new AppError('passphrase-needed', `${path} is encrypted, if it is a case: it needs its passphrase`);
    return undefined;
  }
  const salt = saltOf(path);
  if (salt !== undefined && !isWhole(path))
    throw new AppError('damaged-case', `${path} is no case, or it was cut: an encrypted one has whole pages of ${String(PAGE)} bytes`);
  if (salt !== undefined) return toKey(passphrase, salt);
  if (sizeOf(path) > 0) throw new AppError('not-encrypted', `${path} is not encrypted: it opens without a passphrase`);
  return newCaseKey(passphrase);
}
