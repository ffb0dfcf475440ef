import { AppError, toAppError } from '#shared/contract/errors.ts';
import type { SqlDriver, SqlRow, SqlStatement, SqlValue } from '#shared/engine/store/driver.ts';
import { existsSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { CaseKey } from './encryption/case-key.ts';
import { openEncrypted } from './encryption/cipher.ts';
import { missingBytes } from './whole-file.ts';

// 13.x is compiled for Node-API 10 and ends the process with a segmentation fault on less, so say it before it does.
if (Number(process.versions.napi) < 10) {
  throw new Error(`better-sqlite3 needs Node-API 10 (Node 22.15 or later); this is Node ${process.versions.node}`);
}

/** Page cache of a writing connection; rows are appended and indices sorted, so a larger one only raises the peak. Units: KiB. */
const WRITER_CACHE_KIB = 64 * 1024;
/**
 * Page cache of a reading connection: columns in memory answer most questions. With 96 MiB a case of 1,000,000
 * calls held some 40 MB more, and answers took as long, within the noise. Units: KiB.
 */
const READER_CACHE_KIB = 48 * 1024;
/** How long a writer waits for the one before to be gone. Units: ms. */
const LOCK_TIMEOUT = 500;
/** How long a connection waits for another one's lock. Units: ms. */
const BUSY_TIMEOUT = 5000;

const statement = (raw: Database.Statement): SqlStatement => ({
  run(...values) {
    const result = raw.run(...values);
    return { changes: result.changes, lastId: Number(result.lastInsertRowid) };
  },
  runAll(values) {
    raw.run(values);
  },
  get: <Row extends object = SqlRow>(...values: SqlValue[]) => raw.get(...values) as Row | undefined,
  all: <Row extends object = SqlRow>(...values: SqlValue[]) => raw.all(...values) as Row[],
  iterate: <Row extends object = SqlRow>(...values: SqlValue[]) => raw.iterate(...values) as IterableIterator<Row>,
});

const driverOver = (db: Database.Database): SqlDriver => {
  const prepared = new Map<string, SqlStatement>();
  return {
    prepare(sql) {
      const known = prepared.get(sql);
      if (known !== undefined) return known;
      const made = statement(db.prepare(sql));
      prepared.set(sql, made);
      return made;
    },
    exec(sql) {
      db.exec(sql);
    },
    transaction: (run) => db.transaction(run)(),
    inTransaction: () => db.inTransaction,
    define(name, run) {
      db.function(name, { deterministic: true, varargs: true }, (...values: unknown[]) => run(...(values as SqlValue[])));
    },
    close() {
      prepared.clear();
      db.close();
    },
  };
};

/** The name of SQLite's for what went wrong, in either build of it. */
const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && thrown.name === 'SqliteError' && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';

/** Why a file could not be opened as a case: a full or broken disk is no fault of the file. */
function notOpened(path: string, cause: unknown): AppError {
  const { code, message } = toAppError(cause);
  if (code === 'unreadable' || code === 'locked-case') return new AppError(code, `${path}: ${message}`, {}, { cause });
  return new AppError(
    'damaged-case',
    `${path} is not a case of Spoor: ${cause instanceof Error ? cause.message : String(cause)}`,
    {},
    { cause },
  );
}

function openPlain(path: string, options: Database.Options): Database.Database {
  // SQLite opens a file that was cut, and answers until it needs a page that is not there.
  const missing = existsSync(path) ? missingBytes(path) : 0;
  if (missing > 0)
    throw new AppError('damaged-case', `${path} is not whole: the last ${String(missing)} bytes that it should have are missing`);
  try {
    return new Database(path, options);
  } catch (cause) {
    throw new AppError(
      'damaged-case',
      `${path} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
      {},
      { cause },
    );
  }
}

/** Reads the first page, too: whether the key is right shows there. Errors: AppError `wrong-passphrase`, `damaged-case`. */
function openWithKey(path: string, options: Database.Options, key: CaseKey): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = openEncrypted(path, options, key);
    db.prepare('SELECT 1 FROM sqlite_schema').get();
    return db;
  } catch (cause) {
    db?.close();
    if (cause instanceof AppError) throw cause;
    if (codeOf(cause) === 'SQLITE_NOTADB')
      throw new AppError('wrong-passphrase', `${path}: wrong passphrase, or the file is damaged`, {}, { cause });
    throw notOpened(path, cause);
  }
}

const openFile = (path: string, options: Database.Options, key: CaseKey | undefined): Database.Database => {
  // A pipe or a device would be waited for without an end.
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) throw new AppError('damaged-case', `${path} is no file`);
  const patient = { timeout: BUSY_TIMEOUT, ...options };
  return key === undefined ? openPlain(path, patient) : openWithKey(path, patient, key);
};

/**
 * Keeps every other writer away from a case until the result is called or this process ends, however it ends. The lock is
 * SQLite's on a file beside the case: one on the case itself would keep our own reader away, too.
 * Errors: AppError `locked-case` while another process has the case open, or when nothing can be written there.
 */
export function lockCase(path: string): () => void {
  const lockPath = `${path}-lock`;
  let lock: Database.Database | undefined;
  try {
    lock = new Database(lockPath, { timeout: LOCK_TIMEOUT });
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock?.close();
    const isBusy = codeOf(cause).startsWith('SQLITE_BUSY');
    const why = isBusy ? 'is open in another Spoor' : 'lies where nothing can be written; copy it to a place of your own';
    throw new AppError('locked-case', `${path} ${why}`, { why: isBusy ? 'in-use' : 'read-only' }, { cause });
  }
  const held = lock;
  return () => {
    // First the name, so that nobody waits for a file that goes; Windows keeps it, which does no harm.
    rmSync(lockPath, { force: true, maxRetries: 0 });
    held.close();
  };
}

/** Opens a case file for the one process that writes it; makes the file when `create`. `key`: of an encrypted one. */
export function openForWriting(path: string, create: boolean, key?: CaseKey): SqlDriver {
  const db = openFile(path, { fileMustExist: !create }, key);
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('journal_mode = WAL');
    // NORMAL stays consistent in WAL mode; what a power cut may take are the last batches, which the ledger then shows. Audit entries are synced.
    db.pragma('synchronous = NORMAL');
    db.pragma(`cache_size = -${String(WRITER_CACHE_KIB)}`);
    db.pragma('temp_store = MEMORY');
    db.pragma('journal_size_limit = 67108864');
    db.pragma('foreign_keys = OFF'); // kept by construction; checked by `verify`, not per row
  } catch (cause) {
    db.close();
    if (codeOf(cause).startsWith('SQLITE_READONLY'))
      throw new AppError('locked-case', `${path} is read-only; copy it to a place of your own`, { why: 'read-only' }, { cause });
    throw notOpened(path, cause);
  }
  return driverOver(db);
}

function openReadOnly(path: string, key: CaseKey | undefined, prepare: (db: Database.Database) => void): SqlDriver {
  const db = openFile(path, { readonly: true, fileMustExist: true }, key);
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma(`cache_size = -${String(READER_CACHE_KIB)}`);
    db.pragma('temp_store = MEMORY');
    prepare(db);
  } catch (cause) {
    db.close();
    throw notOpened(path, cause);
  }
  return driverOver(db);
}

/** Opens a case file for reading only. */
export const openForReading = (path: string, key?: CaseKey): SqlDriver =>
  openReadOnly(path, key, (db) => {
    db.pragma('query_only = ON');
  });

/** Opens a case file for detectors: read only, too, but with temporary tables, which `query_only` would forbid. */
export const openForAsking = (path: string, key?: CaseKey): SqlDriver => openReadOnly(path, key, () => undefined);

/** In place of a path: a case that is nowhere on disk and gone when its process ends. */
export const IN_MEMORY = ':memory:';

/** A database in memory: for a look at evidence before there is a case, for tests and generated lists. */
export function openInMemory(): SqlDriver {
  const db = new Database(IN_MEMORY);
  db.pragma('foreign_keys = OFF'); // as in a case file
  return driverOver(db);
}

/** Folds the write-ahead log into the case and leaves one file that opens from read-only media. */
export function settle(db: SqlDriver): void {
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.exec('PRAGMA journal_mode = DELETE');
}
