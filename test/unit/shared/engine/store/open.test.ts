import { expect, test } from 'vitest';
import { openInMemory } from '#electron/node/sqlite.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { caseKey, checkCase, migrateCase, newestSchema, standInForLaterTables } from '#shared/engine/store/open.ts';
import { getMeta, setMeta } from '#shared/engine/store/meta.ts';
import { first, firstIndices } from '#shared/engine/store/migrations/0001-first.ts';
import { listTags } from '#shared/engine/store/read/review/review.ts';
import { fixedCrypto, memoryCase } from '#test/support/case.ts';

test('a new case has the newest schema, a title and a key of its own', () => {
  const db = memoryCase();
  expect(checkCase(db, 'memory')).toBe(newestSchema());
  expect(getMeta(db, 'title')).toBe('Test case');
  expect(caseKey(db)).toHaveLength(32);
});

test('migrating again changes nothing', () => {
  const db = memoryCase();
  const before = getMeta(db, 'case_key');
  migrateCase(db, 'memory', fixedCrypto, 'Other title');
  expect(getMeta(db, 'case_key')).toBe(before);
  expect(getMeta(db, 'title')).toBe('Test case');
});

test('a database of another program is refused and not touched', () => {
  const db = openInMemory();
  db.exec('CREATE TABLE recipe (id INTEGER PRIMARY KEY)');
  expect(() => {
    migrateCase(db, 'recipes.db', fixedCrypto, '');
  }).toThrow('recipes.db is a database, but not a case of Spoor');
  expect(db.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'recipe' }]);
});

test('a case of a later version is refused with both numbers', () => {
  const db = memoryCase();
  db.exec(`PRAGMA user_version = ${String(newestSchema() + 3)}`);
  expect(() => checkCase(db, 'future.spoor')).toThrow(`future.spoor has schema ${String(newestSchema() + 3)}`);
});

test('every table is STRICT', () => {
  const tables = memoryCase()
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
    .all();
  expect(tables).toEqual([]);
});

/** A case as version 0.1.0 left it: the first migration and nothing of the later ones. */
function caseOfFirstSchema(): SqlDriver {
  const db = openInMemory();
  db.exec(`${first} ${firstIndices} PRAGMA user_version = 1; PRAGMA application_id = ${String(0x53504f52)};`);
  setMeta(db, 'case_key', '01'.repeat(32));
  setMeta(db, 'title', 'Old case');
  setMeta(db, 'revision', '7');
  return db;
}

test('a case of the first schema gets the tables of the analyst and keeps what it holds', () => {
  const db = caseOfFirstSchema();
  db.exec("INSERT INTO term VALUES (1, 'api.acme.test')");
  migrateCase(db, 'old.spoor', fixedCrypto, 'Other title');
  expect(checkCase(db, 'old.spoor')).toBe(newestSchema());
  expect([getMeta(db, 'title'), getMeta(db, 'revision')]).toEqual(['Old case', '7']);
  expect(db.prepare('SELECT value FROM term').all()).toEqual([{ value: 'api.acme.test' }]);
  expect(listTags(db)).toEqual([]);
  const names = (each: SqlDriver): unknown =>
    each.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'trigger') ORDER BY name").all();
  expect(names(db)).toEqual(names(memoryCase()));
});

test('a case of the first schema that is only read has those tables empty, and its file is as before', () => {
  const db = caseOfFirstSchema();
  const before = db.prepare('SELECT name FROM main.sqlite_schema').all();
  standInForLaterTables(db, checkCase(db, 'old.spoor'));
  expect(listTags(db)).toEqual([]);
  expect(db.prepare('SELECT name FROM main.sqlite_schema').all()).toEqual(before);
  expect(() => db.exec("INSERT INTO term VALUES (1, 'x')")).toThrow('readonly');
});
