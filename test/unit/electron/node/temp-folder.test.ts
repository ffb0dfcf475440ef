import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeTempFolder } from '#electron/node/temp-folder.ts';

/** No process has it: the greatest that Linux gives out is 2^22. */
const NOBODY = 4_999_999;

test('a folder of a process that is gone goes with the next one, others stay', () => {
  const root = mkdtempSync(join(tmpdir(), 'spoor-test-'));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const mine = basename(makeTempFolder(mkdtempSync(join(root, 'names-'))));
  const orphan = mine.replace(`-${String(process.pid)}-`, `-${String(NOBODY)}-`);
  const left = join(root, orphan);
  mkdirSync(left);
  writeFileSync(join(left, '1'), 'evidence');
  const elsewhere = join(root, orphan.replace(/^spoor-[0-9a-f]{8}/, 'spoor-00000000'));
  mkdirSync(elsewhere);
  const kept = join(root, 'not-ours');
  mkdirSync(kept);
  const link = join(root, `${orphan.slice(0, -1)}_`);
  symlinkSync(kept, link);

  const made = makeTempFolder(root);
  expect(existsSync(left)).toBe(false);
  expect([existsSync(elsewhere), existsSync(kept), existsSync(link)]).toEqual([true, true, true]);
  expect(readdirSync(root)).toContain(basename(made));
  if (process.platform !== 'win32') expect(statSync(made).mode & 0o077).toBe(0);
  expect(makeTempFolder(root)).not.toBe(made);
});
