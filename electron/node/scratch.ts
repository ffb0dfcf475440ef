import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ScratchCase } from '#shared/engine/ports.ts';
import { openForWriting, settle } from './sqlite.ts';
import { makeTempFolder } from './temp-folder.ts';

/** Units: bytes. */
const PIECE = 1024 * 1024;

/** A case file that only this process sees, in a folder of its own that nobody else may read. */
export function openScratch(): ScratchCase {
  const folder = makeTempFolder();
  const path = join(folder, 'case.spoor');
  return {
    path,
    work: async (run) => {
      const db = openForWriting(path, true);
      try {
        const result = await run(db);
        settle(db);
        return result;
      } finally {
        db.close();
      }
    },
    *read() {
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
