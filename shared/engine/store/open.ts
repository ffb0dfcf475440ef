import { AppError } from '../../contract/errors.ts';
import type { CryptoPort } from '../ports.ts';
import type { SqlDriver } from './driver.ts';
import { getMeta, setMeta } from './meta.ts';
import { migrations, standIns } from './migrations/index.ts';

/** `SPOR` in ASCII, so that `file` and we know a case from any other database. */
const APPLICATION_ID = 0x53504f52;

const pragmaNumber = (db: SqlDriver, name: 'application_id' | 'user_version'): number => {
  const row = db.prepare(`SELECT ${name} AS value FROM pragma_${name}`).get<{ value: number }>();
  return row?.value ?? 0;
};

/** Number of the newest schema that this version knows. */
export const newestSchema = (): number => migrations.length;

/**
 * Checks that the database is a case that this version may read.
 * Errors: AppError `damaged-case` when it is no case of ours, `newer-case` when a later version wrote it.
 */
export function checkCase(db: SqlDriver, name: string): number {
  let version: number;
  try {
    if (pragmaNumber(db, 'application_id') !== APPLICATION_ID)
      throw new AppError('damaged-case', `${name} is a database, but not a case of Spoor`);
    version = pragmaNumber(db, 'user_version');
    checkSchema(db, name);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      'damaged-case',
      `${name} is not a case of Spoor: ${cause instanceof Error ? cause.message : String(cause)}`,
      {},
      { cause },
    );
  }
  if (version > newestSchema()) {
    throw new AppError('newer-case', `${name} has schema ${String(version)}; this version of Spoor knows up to ${String(newestSchema())}`, {
      found: version,
      known: newestSchema(),
    });
  }
  return version;
}

/** A trigger, view or virtual table runs code of the file when a table is touched: none but ours, to the letter. */
function checkSchema(db: SqlDriver, name: string): void {
  const ours = migrations.join('');
  const foreign = db
    .prepare("SELECT type, name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'")
    .all<{ type: string; name: string; sql: string | null }>()
    .find(({ sql }) => sql === null || !ours.includes(sql));
  if (foreign !== undefined)
    throw new AppError('damaged-case', `${name} holds a ${foreign.type} that is none of Spoor's: ${foreign.name.slice(0, 100)}`);
}

/** True when the database holds no tables yet. */
const isEmpty = (db: SqlDriver): boolean => db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;

/** True for a database that nobody has put anything into: what the making of a case leaves that ended before its first table. */
export const isBlank = (db: SqlDriver): boolean => isEmpty(db) && pragmaNumber(db, 'application_id') === 0;

/** A whole new case or none: one that ended between its tables and its key could never be opened again. */
function makeCase(db: SqlDriver, crypto: CryptoPort, title: string): void {
  db.transaction(() => {
    for (const migration of migrations) db.exec(migration);
    db.exec(`PRAGMA user_version = ${String(migrations.length)}; PRAGMA application_id = ${String(APPLICATION_ID)};`);
    setMeta(db, 'case_key', [...crypto.randomBytes(32)].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
    setMeta(db, 'title', title);
    setMeta(db, 'revision', '0');
  });
}

/** Brings an empty or older database to the newest schema; gives a new case its key and title. */
export function migrateCase(db: SqlDriver, name: string, crypto: CryptoPort, title: string): void {
  if (isEmpty(db)) {
    makeCase(db, crypto, title);
    return;
  }
  const from = checkCase(db, name);
  for (const [index, migration] of migrations.entries()) {
    if (index < from) continue;
    db.transaction(() => {
      db.exec(migration);
      db.exec(`PRAGMA user_version = ${String(index + 1)}`);
    });
  }
}

/** Gives a reading connection to an older case the tables that the case does not have, empty and in memory; the file stays as it is. */
export function standInForLaterTables(db: SqlDriver, version: number): void {
  const missing = standIns.slice(version).join('');
  if (missing !== '') db.exec(`PRAGMA query_only = OFF; ${missing} PRAGMA query_only = ON;`);
}

/** The random key of the case, for fingerprints. It never leaves the case file. */
export function caseKey(db: SqlDriver): Uint8Array {
  const hex = getMeta(db, 'case_key') ?? '';
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new AppError('damaged-case', 'the key of the case is missing');
  return Uint8Array.from({ length: 32 }, (_, index) => parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}
