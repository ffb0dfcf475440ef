import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { newCaseKey } from '#electron/node/encryption/case-key.ts';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { openScratch } from '#electron/node/scratch.ts';
import { openForReading, openForWriting, openInMemory } from '#electron/node/sqlite.ts';
import { copyCase } from '#shared/engine/store/copy.ts';
import { migrateCase } from '#shared/engine/store/open.ts';

test('a scratch case is worked on, read as one whole file, and leaves nothing', async () => {
  const db = openInMemory();
  migrateCase(db, 'case', nodeCrypto, 'one');
  const scratch = openScratch(undefined);
  if (process.platform !== 'win32') expect(statSync(dirname(scratch.path)).mode & 0o077).toBe(0);
  copyCase(db, scratch.path);
  const title = await scratch.work((copy) => Promise.resolve(copy.prepare("SELECT value FROM meta WHERE key = 'title'").get()));
  expect(title).toEqual({ value: 'one' });
  const bytes = Buffer.concat([...scratch.read()]);
  expect(bytes.length).toBe(statSync(scratch.path).size);
  expect(bytes.subarray(0, 15).toString()).toBe('SQLite format 3');
  scratch.remove();
  expect(existsSync(dirname(scratch.path))).toBe(false);
});

test('a scratch case of an encrypted one is encrypted while it is worked on, and plain when it is handed on', async () => {
  const key = await newCaseKey('a phrase of words');
  const from = openScratch(key);
  const scratch = openScratch(key);
  try {
    const db = openForWriting(from.path, true, key);
    migrateCase(db, 'case', nodeCrypto, 'planted-title');
    copyCase(db, scratch.path);
    db.close();
    await scratch.work((copy) => {
      copy.exec('CREATE TABLE later (a); VACUUM');
      expect(readFileSync(scratch.path).includes('planted-title')).toBe(false);
      return Promise.resolve();
    });
    expect(readFileSync(scratch.path).includes('planted-title')).toBe(false);
    const handed = join(dirname(scratch.path), 'handed.spoor');
    writeFileSync(handed, Buffer.concat([...scratch.read()]));
    const read = openForReading(handed);
    expect(read.prepare("SELECT value FROM meta WHERE key = 'title'").get()).toEqual({ value: 'planted-title' });
    expect(read.prepare('SELECT integrity_check AS verdict FROM pragma_integrity_check').all()).toEqual([{ verdict: 'ok' }]);
    read.close();
  } finally {
    from.remove();
    scratch.remove();
  }
});
