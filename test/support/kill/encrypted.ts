import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
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

/**
 * Opens a case as the work process does whose predecessor died.
 * Errors: Error where the files do not show any more that they need the passphrase, or which salt it goes with: nobody could open them.
 */
export function reopen(casePath: string, key: CaseKey | undefined): SqlDriver {
  if (key !== undefined && existsSync(casePath)) {
    const left = ['-wal', '-journal'].reduce((sum, end) => sum + sizeOf(casePath + end), 0);
    if (sizeOf(casePath) === 0 ? left > 0 : !isEncrypted(casePath))
      throw new Error(`${String(sizeOf(casePath))} bytes are not seen to be an encrypted case`);
  }
  return openForWriting(casePath, true, key);
}
