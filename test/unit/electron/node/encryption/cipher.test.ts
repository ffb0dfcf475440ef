import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseKeyFor, isEncrypted, newCaseKey, type CaseKey } from '#electron/node/encryption/case-key.ts';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { nodePorts } from '#electron/node/ports.ts';
import { openForReading, openForWriting, settle } from '#electron/node/sqlite.ts';
import { createEngine } from '#shared/engine/index.ts';
import { copyCase } from '#shared/engine/store/copy.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { idleContext } from '#test/support/fuzz/engine-over.ts';

const PHRASE = 'correct horse battery staple';
const PLANTED = 'planted-evidence-5f1d';
const folder = mkdtempSync(join(tmpdir(), 'spoor-cipher-'));
const at = (name: string): string => join(folder, name);
let key: CaseKey;

beforeAll(async () => {
  key = await newCaseKey(PHRASE);
  const db = openForWriting(at('whole.spoor'), true, key);
  migrateCase(db, 'whole', nodeCrypto, PLANTED);
  settle(db);
  db.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Title of a case that opens, else the code of what it said. */
function open(path: string, with_: CaseKey | undefined): unknown {
  let db: SqlDriver | undefined;
  try {
    db = openForReading(path, with_);
    return db.prepare("SELECT value FROM meta WHERE key = 'title'").get<{ value: string }>()?.value;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown ? thrown.code : thrown;
  } finally {
    db?.close();
  }
}

test('what an encrypted case holds stands neither in the file nor in the log beside it, while it is open and after', () => {
  const path = at('open.spoor');
  const db = openForWriting(path, true, key);
  migrateCase(db, path, nodeCrypto, PLANTED);
  const files = ['', '-wal', '-shm'].map((end) => readFileSync(path + end));
  expect(files.every((bytes) => bytes.length > 0)).toBe(true);
  settle(db);
  db.close();
  for (const bytes of [...files, readFileSync(path)])
    for (const text of [PLANTED, 'SQLite format', 'CREATE TABLE', 'case_key']) expect(bytes.includes(text)).toBe(false);
  expect(open(path, key)).toBe(PLANTED);
});

test('the key of a passphrase is the one that SQLCipher makes of it by itself', async () => {
  const derived = await caseKeyFor(at('whole.spoor'), PHRASE);
  expect(Buffer.from(derived ?? []).equals(key)).toBe(true);
  // The library's own way from the passphrase, as any tool of SQLCipher 4 goes it.
  type Own = new (path: string) => { pragma(sql: string): unknown; key(key: Buffer): void; prepare(sql: string): { get(): unknown }; close(): void };
  const db = new (createRequire(import.meta.url)('better-sqlite3-multiple-ciphers') as Own)(at('whole.spoor'));
  db.pragma("cipher = 'sqlcipher'");
  db.pragma('legacy = 4');
  db.key(Buffer.from(PHRASE));
  expect(db.prepare("SELECT value FROM meta WHERE key = 'title'").get()).toEqual({ value: PLANTED });
  db.close();
}); // prettier-ignore

test('a file is opened with what it needs, or says what that is', async () => {
  const path = at('whole.spoor');
  await expect(caseKeyFor(path, undefined)).rejects.toMatchObject({ code: 'passphrase-needed' });
  expect(open(path, await caseKeyFor(path, `${PHRASE} `))).toBe('wrong-passphrase');
  expect(open(path, key)).toBe(PLANTED);
  openForWriting(at('plain.spoor'), true).close();
  writeFileSync(at('nothing.spoor'), '');
  expect(['plain', 'nothing', 'absent'].map((name) => isEncrypted(at(`${name}.spoor`)))).toEqual([false, false, false]);
  expect(isEncrypted(folder)).toBe(false);
  await expect(caseKeyFor(at('plain.spoor'), PHRASE)).rejects.toMatchObject({ code: 'not-encrypted' });
  expect(await caseKeyFor(at('absent.spoor'), undefined)).toBeUndefined();
  expect((await caseKeyFor(at('nothing.spoor'), PHRASE))?.length).toBe(48);
});

test('a file that was cut within a page is not said to open without a passphrase', async () => {
  const cut = readFileSync(at('whole.spoor')).subarray(0, 4096 * 3 + 17);
  writeFileSync(at('within.spoor'), cut);
  await expect(caseKeyFor(at('within.spoor'), PHRASE)).rejects.toMatchObject({ code: 'damaged-case' });
});

test('a case at whose end a power cut left a part of a page opens with its passphrase, from the log beside it', async () => {
  const path = at('grown.spoor');
  const db = openForWriting(path, true, key);
  migrateCase(db, path, nodeCrypto, PLANTED);
  for (const end of ['', '-wal']) copyFileSync(path + end, at(`torn.spoor${end}`));
  db.close();
  appendFileSync(at('torn.spoor'), Buffer.alloc(512, 7));
  await expect(caseKeyFor(at('torn.spoor'), undefined)).rejects.toMatchObject({ code: 'passphrase-needed' });
  expect(open(at('torn.spoor'), await caseKeyFor(at('torn.spoor'), PHRASE))).toBe(PLANTED);
});

test('a copy of an encrypted case is encrypted with the same key', () => {
  const db = openForReading(at('whole.spoor'), key);
  copyCase(db, at('copy.spoor'));
  db.close();
  expect(isEncrypted(at('copy.spoor'))).toBe(true);
  expect(open(at('copy.spoor'), key)).toBe(PLANTED);
});

test('no changed, cut or swapped page of an encrypted case is taken for what was written', async () => {
  const whole = readFileSync(at('whole.spoor'));
  const pages = whole.length / 4096;
  const changed = (name: string, change: (bytes: Buffer) => void): string => {
    const bytes = Buffer.from(whole);
    change(bytes);
    writeFileSync(at(name), bytes);
    return at(name);
  };
  const flip = (offset: number) => (bytes: Buffer) => {
    bytes[offset] = (bytes[offset] ?? 0) ^ 1;
  };
  expect(open(changed('salt.spoor', flip(3)), key)).toBe('wrong-passphrase');
  expect(open(changed('first.spoor', flip(1000)), key)).toBe('wrong-passphrase');
  const cut = changed('cut.spoor', () => undefined);
  truncateSync(cut, 4096 * (pages - 1));
  expect(open(cut, key)).toBe('damaged-case');
  truncateSync(cut, 4096 * (pages - 2) + 17);
  expect(isEncrypted(cut)).toBe(false);

  const checkOf = async (path: string): Promise<string> => {
    const db = openForReading(path, key);
    try {
      const { database, sound } = await createEngine(db, nodePorts('test'), () => undefined)['case.verify']({}, idleContext);
      expect(sound).toBe(database.length === 0);
      return database.join('; ');
    } finally {
      db.close();
    }
  };
  expect(await checkOf(at('whole.spoor'))).toBe('');
  for (let page = 2; page < pages; page += 5) {
    const path = changed('page.spoor', flip(page * 4096 + 2000));
    // Where the schema itself stands on it, the case does not open at all.
    if (open(path, key) === PLANTED)
      expect(await checkOf(path)).toMatch(new RegExp(`page ${String(page + 1)}: unable to get|cannot be read to its end`));
    else expect(open(path, key)).toBe('damaged-case');
  }
  const swapped = changed('swapped.spoor', (bytes) => {
    whole.copy(bytes, 4096 * 5, 4096 * 6, 4096 * 7);
  });
  expect(await checkOf(swapped)).toMatch(/page 6: unable to get|cannot be read to its end/);
});
