import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ScratchCase } from '#shared/engine/ports.ts';
import type { CaseKey } from './encryption/case-key.ts';
import { rekey } from './encryption/cipher.ts';
import { openForWriting, settle } from './sqlite.ts';
import { makeTempFolder } from './temp-folder.ts';

/** Units: bytes. */
const PIECE = 1024 * 1024;

/** A case file that only this process sees, in a folder of its own that nobody else may read; encrypted as the case is that it comes from. */
export function openScratch(key: CaseKey | undefined): ScratchCase {
  const folder = makeTempFolder();
  const path = join(folder, 'case.spoor');
  return {
    path,
    work: async (run) => {
      const db = openForWriting(path, true, key);
      try {
        const result = await run(db);
        settle(db);
        return result;
      } finally {
        db.close();
      }
    },
    *read() {
      // What is handed on opens without a passphrase, which nobody there has.
      if (key !== undefined) rekey(path, key, undefined);
      const handle = openSync(path, 'r');
      try {
        for (;;) {
          const piece = new Uint8Array(PIECE);
          const got = readSync(handle, piece);
          if (got === 0) return;
          yield piece.subarray(0, got);
        }
      } finally {
        closeSync(handle);
      }
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
