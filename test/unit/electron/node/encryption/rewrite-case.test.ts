import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isEncrypted, newCaseKey, type CaseKey } from '#electron/node/encryption/case-key.ts';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { removeRewriting, rewriteCase } from '#electron/node/encryption/rewrite-case.ts';
import { lockCase, openForReading, openForWriting, settle } from '#electron/node/sqlite.ts';
import { first, firstIndices } from '#shared/engine/store/migrations/0001-first.ts';
import { migrateCase } from '#shared/engine/store/open.ts';

const PLANTED = 'planted-evidence-77c2';
const folder = mkdtempSync(join(tmpdir(), 'spoor-rewrite-'));
const path = join(folder, 'case.spoor');
let keys: readonly [CaseKey, CaseKey];

beforeAll(async () => {
  keys = [await newCaseKey('a phrase of words'), await newCaseKey('another phrase')];
});
beforeEach(() => {
  rmSync(path, { force: true });
  const db = openForWriting(path, true);
  migrateCase(db, path, nodeCrypto, PLANTED);
  settle(db);
  db.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Title of the case, and what its log says was done to its passphrase. */
function look(key: CaseKey | undefined): { readonly title: unknown; readonly done: readonly unknown[] } {
  const db = openForReading(path, key);
  try {
    return {
      title: db.prepare("SELECT value FROM meta WHERE key = 'title'").get<{ value: string }>()?.value,
      done: db.prepare("SELECT payload ->> '$.about.now' AS now FROM audit WHERE action = 'case.passphrase' ORDER BY seq").all().map(({ now }) => now),
    };
  } finally {
    db.close();
  }
} // prettier-ignore

test('a case is encrypted, takes another passphrase and none again; its log tells of each, and nothing is left beside it', () => {
  const [one, two] = keys;
  rewriteCase(path, 'set', undefined, one, 'test');
  expect(isEncrypted(path)).toBe(true);
  expect(readFileSync(path).includes(PLANTED)).toBe(false);
  expect(look(one)).toEqual({ title: PLANTED, done: ['encrypted'] });
  rewriteCase(path, 'change', one, two, 'test');
  expect(() => look(one)).toThrow(/wrong passphrase/);
  expect(look(two).title).toBe(PLANTED);
  rewriteCase(path, 'remove', two, undefined, 'test');
  expect(look(undefined)).toEqual({ title: PLANTED, done: ['encrypted', 'under another passphrase', 'no longer encrypted'] });
  expect(readdirSync(folder)).toEqual(['case.spoor']);
});

test('a wrong key, a case that is open and a damaged one are left as they were', () => {
  const [one, two] = keys;
  rewriteCase(path, 'set', undefined, one, 'test');
  const before = readFileSync(path);
  expect(() => {
    rewriteCase(path, 'change', two, one, 'test');
  }).toThrow(/wrong passphrase/);
  const unlock = lockCase(path);
  expect(() => {
    rewriteCase(path, 'change', one, two, 'test');
  }).toThrow(/open in another Spoor/);
  unlock();
  expect(readFileSync(path).equals(before)).toBe(true);
  const damaged = Buffer.from(before);
  damaged.writeUInt8(damaged.readUInt8(before.length - 2000) ^ 1, before.length - 2000);
  writeFileSync(path, damaged);
  expect(() => {
    rewriteCase(path, 'remove', one, undefined, 'test');
  }).toThrow();
  expect(isEncrypted(path)).toBe(true);
  expect(readdirSync(folder)).toEqual(['case.spoor']);
});

test('a case of the first schema is brought up to date and encrypted; what a killed rewriting left is deleted', () => {
  rmSync(path);
  const old = new Database(path);
  old.exec(`${first} ${firstIndices} PRAGMA user_version = 1; PRAGMA application_id = ${String(0x53504f52)};`);
  old.exec(`INSERT INTO meta (key, value) VALUES ('title', '${PLANTED}'), ('case_key', '${'a'.repeat(64)}')`);
  old.close();
  rewriteCase(path, 'set', undefined, keys[0], 'test');
  expect(look(keys[0])).toEqual({ title: PLANTED, done: ['encrypted'] });
  writeFileSync(`${path}.rewriting`, PLANTED);
  removeRewriting(path);
  expect(existsSync(`${path}.rewriting`)).toBe(false);
});
