import { AppError } from '../../contract/errors.ts';
import type { CryptoPort } from '../ports.ts';
import type { SqlDriver } from './driver.ts';
import { getMeta, setMeta } from './meta.ts';
import { firstIndices } from './migrations/0001-first.ts';
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
    if (version <= newestSchema()) checkSchema(db, name, version);
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

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

/** Statements as SQLite keeps them: without the schema's name, and without what they did if there was one. */
const asKept = (sql: string): string =>
  sql.replaceAll(/\b(CREATE (?:TABLE|(?:UNIQUE )?INDEX|TRIGGER) )(?:IF NOT EXISTS )?(?:main\.)?/g, '$1');

const OURS = asKept([...migrations, firstIndices].join('\n'));
const TABLE_NAME = /\bCREATE TABLE (\w+)/g;
/** What `ALTER TABLE … ADD COLUMN` puts into the text of a table, by the table. */
const ADDED = [...migrations.join('\n').matchAll(/\bALTER TABLE (\w+) ADD COLUMN ([^;]+);/g)].map(([, table = '', column = '']) => ({
  table,
  text: `, ${column}`,
}));
const asMade = (name: string, sql: string): string =>
  ADDED.filter(({ table }) => table === name).reduce((text, added) => text.replace(added.text, ''), sql);

/** True for what our statements made. A column's default, a check and an index's expression run as well as a trigger does: all to the letter. */
function isOurs({ type, name, sql }: SchemaRow): boolean {
  // What SQLite makes by itself: indices of keys, its statistics.
  if (sql === null) return type === 'index' && name.startsWith('sqlite_autoindex_');
  if (type === 'table' && name.startsWith('sqlite_')) return true;
  return OURS.includes(type === 'table' ? asMade(name, sql) : sql);
}

/** A trigger, view or virtual table runs code of the file when a table is touched, and an index may answer what its table does not hold. */
function checkSchema(db: SqlDriver, name: string, version: number): void {
  const rows = db.prepare('SELECT type, name, sql FROM sqlite_schema').all<SchemaRow & Record<string, string | null>>();
  const foreign = rows.find((row) => !isOurs(row));
  if (foreign !== undefined)
    throw new AppError(
      'damaged-case',
      `${name} holds ${foreign.type === 'index' ? 'an' : 'a'} ${foreign.type} that is none of Spoor's: ${foreign.name.slice(0, 100)}`,
    );
  const held = new Set(rows.map((row) => row.name));
  for (const [, table = ''] of asKept(migrations.slice(0, version).join('\n')).matchAll(TABLE_NAME))
    if (!held.has(table)) throw new AppError('damaged-case', `${name} lacks the table ${table}`);
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
