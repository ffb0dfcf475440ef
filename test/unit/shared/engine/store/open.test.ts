import { expect, test } from 'vitest';
import { openInMemory } from '#electron/node/sqlite.ts';
import { caseKey, checkCase, migrateCase, newestSchema } from '#shared/engine/store/open.ts';
import { getMeta } from '#shared/engine/store/meta.ts';
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
