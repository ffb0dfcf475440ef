import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';
import { AppError } from '#shared/contract/errors.ts';
import type { CaseKey } from './case-key.ts';

/** A connection of the build of SQLite that has ciphers. */
interface CipherDatabase extends Database.Database {
  key(key: Buffer): void;
  rekey(key: Buffer): void;
}

type CipherConstructor = new (path: string, options?: Database.Options) => CipherDatabase;

/** Loaded with the first case that is encrypted: whoever has none never meets a second build of SQLite. Errors: AppError `unavailable`. */
function loadCipher(): CipherConstructor {
  try {
    return createRequire(import.meta.url)('better-sqlite3-multiple-ciphers') as CipherConstructor;
  } catch (cause) {
    throw new AppError('unavailable', 'the build of SQLite that opens encrypted cases cannot be loaded on this machine', {}, { cause });
  }
}

/** A key as SQLCipher takes it without deriving anything more. As bytes, never in a statement: the text of one stands in errors. */
const toRaw = (key: CaseKey): Buffer => Buffer.from(`x'${Buffer.from(key).toString('hex')}'`, 'latin1');

/** `undefined` opens a plain file. */
function open(path: string, options: Database.Options, key: CaseKey | undefined): CipherDatabase {
  const db = new (loadCipher())(path, options);
  try {
    // The format of SQLCipher 4, which other maintained tools read; the library's own would be a lock-in.
    db.pragma("cipher = 'sqlcipher'");
    db.pragma('legacy = 4');
    if (key !== undefined) db.key(toRaw(key));
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/** Opens an encrypted file, or makes one. Shape: nothing of it is read yet; a wrong key shows with the first page. */
export const openEncrypted = (path: string, options: Database.Options, key: CaseKey): Database.Database => open(path, options, key);

/**
 * Writes every page of a file anew under another key; `undefined` stands for plain.
 * Shape: the file is a copy that is thrown away when this fails: it has no journal.
 */
export function rekey(path: string, from: CaseKey | undefined, to: CaseKey | undefined): void {
  const db = open(path, { fileMustExist: true }, from);
  try {
    db.pragma('journal_mode = OFF');
    db.rekey(to === undefined ? Buffer.alloc(0) : toRaw(to));
  } finally {
    db.close();
  }
}
