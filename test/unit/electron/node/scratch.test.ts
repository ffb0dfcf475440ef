import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { openScratch } from '#electron/node/scratch.ts';
import { openInMemory } from '#electron/node/sqlite.ts';
import { copyCase } from '#shared/engine/store/copy.ts';
import { migrateCase } from '#shared/engine/store/open.ts';

test('a scratch case is worked on, read as one whole file, and leaves nothing', async () => {
  const db = openInMemory();
  migrateCase(db, 'case', nodeCrypto, 'one');
  const scratch = openScratch();
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
