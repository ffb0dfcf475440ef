import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isEncrypted, type CaseKey } from '#electron/node/encryption/case-key.ts';
import { openForWriting } from '#electron/node/sqlite.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';

/** What the cases of a harness are kept under; a harness that is handed none keeps them plain. The key is 32 bytes, the salt 16. */
export const HARNESS_KEY: CaseKey = Uint8Array.from({ length: 48 }, (_, index) => (index * 37 + 11) & 0xff);

/** What no file of an encrypted case may hold: a database's own words, and some of the bundle's that stand in no key position. */
const PLAIN_WORDS: readonly (string | Buffer)[] = [
  'SQLite format 3',
  'CREATE TABLE',
  'api.example',
  '/v1/orders/',
  'curl/8',
  'broken line',
  'note 1',
  'a.log',
  Buffer.from(HARNESS_KEY.subarray(0, 32)),
  Buffer.from(HARNESS_KEY.subarray(0, 32)).toString('hex'),
];

/** Words of the list above that some bytes hold. */
export const plainWordsIn = (bytes: Buffer): readonly string[] => PLAIN_WORDS.filter((word) => bytes.includes(word)).map(String);

/** What of an encrypted case stands in clear in its files: the case, its log, its journal, a copy that was begun. Empty for a plain case. */
export function findClear(casePath: string, key: CaseKey | undefined): readonly string[] {
  if (key === undefined) return [];
  return readdirSync(dirname(casePath))
    .filter((name) => name.startsWith(basename(casePath)))
    .flatMap((name) => plainWordsIn(readFileSync(join(dirname(casePath), name))).map((word) => `${name} holds “${word}” in clear`));
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** An empty file has no salt: a passphrase makes another key for it. What lies beside it must not stand in the way of that one either. */
function openEmptyAnew(casePath: string, key: CaseKey): void {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-empty-'));
  try {
    for (const end of ['', '-wal', '-journal']) if (existsSync(casePath + end)) copyFileSync(casePath + end, join(folder, `case${end}`));
    const otherSalt = Uint8Array.from(key, (byte, index) => (index < 32 ? byte : byte ^ 0xff));
    openForWriting(join(folder, 'case'), true, otherSalt).close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Opens a case as the work process does whose predecessor died.
 * Errors: Error where the file does not show any more that it needs the passphrase: nobody could open it.
 */
export function reopen(casePath: string, key: CaseKey | undefined): SqlDriver {
  if (key !== undefined && existsSync(casePath)) {
    if (sizeOf(casePath) === 0) openEmptyAnew(casePath, key);
    else if (!isEncrypted(casePath)) throw new Error(`${String(sizeOf(casePath))} bytes are not seen to be an encrypted case`);
  }
  return openForWriting(casePath, true, key);
}
