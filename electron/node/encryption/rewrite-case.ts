import { chmodSync, closeSync, existsSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import { appendAudit } from '#shared/engine/store/audit/append.ts';
import { verifyChain } from '#shared/engine/store/audit/verify.ts';
import { copyCase } from '#shared/engine/store/copy.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { isShared } from '#shared/engine/store/share/redact-copy.ts';
import type { CaseKey } from './case-key.ts';
import { rekey } from './cipher.ts';
import { nodeCrypto } from '../crypto.ts';
import type { PassphraseDeed } from '../engine/protocol.ts';
import { nodePorts } from '../ports.ts';
import { lockCase, openForWriting, settle } from '../sqlite.ts';

/** What stands beside a case while its copy under another key is made. */
const copyOf = (path: string): string => `${path}.rewriting`;

/** Deletes what a rewriting left that was killed: it may be plain where the case is encrypted. Shape: called under the lock of the case. */
export function removeRewriting(path: string): void {
  const copy = copyOf(existsSync(path) ? realpathSync(path) : path);
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(copy + end, { force: true });
}

/** What must be the same of a case and its copy: whole pages, rows of each table, every digest of the audit log. Errors: AppError `damaged-case`. */
function describe(db: SqlDriver, path: string): string {
  const [first] = db.prepare('PRAGMA integrity_check(1)').all<{ integrity_check: string }>();
  if (first?.integrity_check !== 'ok') throw new AppError('damaged-case', `${path} is damaged: ${first?.integrity_check ?? ''}`);
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all<{ name: string }>();
  const rows = tables.map(({ name }) => [
    name,
    db.prepare(`SELECT count(*) AS n FROM "${name.replaceAll('"', '""')}"`).get<{ n: number }>()?.n,
  ]);
  return JSON.stringify([verifyChain(db, nodeCrypto, undefined), rows]);
}

/** Contents and name of a file, past what the system still holds in memory. */
function sync(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

const DEED: Readonly<Record<PassphraseDeed, string>> = {
  set: 'encrypted',
  change: 'under another passphrase',
  remove: 'no longer encrypted',
};

/**
 * Replaces a case by a copy of it under another key; `undefined` is plain. The copy is compared with the case before it takes its place in one step,
 * and tells of it in its audit log: until then the case is as it was, whatever happens.
 * Errors: AppError `locked-case`, `damaged-case`, `wrong-passphrase`, `unreadable` without room for a second file.
 * Cost:   reads the case three times, writes it twice.
 */
export function rewriteCase(
  given: string,
  deed: PassphraseDeed,
  from: CaseKey | undefined,
  to: CaseKey | undefined,
  version: string,
): void {
  if (!existsSync(given)) throw new AppError('not-found', `there is no case at ${given}`);
  const path = realpathSync(given);
  const copy = copyOf(path);
  const unlock = lockCase(path);
  try {
    removeRewriting(path);
    const before = copyUnderOldKey(path, copy, from);
    chmodSync(copy, statSync(path).mode);
    rekey(copy, from, to);
    const db = openForWriting(copy, false, to);
    try {
      if (describe(db, copy) !== before)
        throw new AppError('damaged-case', `the copy of ${path} is not the same; the case is left as it was`);
      appendAudit(db, nodePorts(version), { action: 'case.passphrase', about: { now: DEED[deed] }, outcome: 'done' });
      settle(db);
    } finally {
      db.close();
    }
    sync(copy);
    renameSync(copy, path);
    syncFolder(path);
  } finally {
    removeRewriting(path);
    unlock();
  }
}

/** Brings the case up to date, folds it into one file and copies that; gives what the copy must be like. */
function copyUnderOldKey(path: string, copy: string, key: CaseKey | undefined): string {
  const db = openForWriting(path, false, key);
  try {
    migrateCase(db, path, nodeCrypto, '');
    if (isShared(db)) throw new AppError('locked-case', `${path} is a redacted copy of a case: it is for reading`, { why: 'shared' });
    const before = describe(db, path);
    settle(db);
    copyCase(db, copy);
    return before;
  } finally {
    db.close();
  }
}
