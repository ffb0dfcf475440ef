import { createWriteStream } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { toAppError } from '#shared/contract/errors.ts';
import { damagedArchive } from './stream.ts';
import { makeTempFolder } from '../temp-folder.ts';

/** Everything unpacked in one import. Units: bytes; 50 GB. */
export const MAX_UNPACKED_BYTES = 50 * 1024 ** 3;
/** Part of the free disk that unpacked archives may take. */
export const MAX_OF_FREE_DISK = 0.8;

/** Counts what archives unpack to, and stops at the limit. */
export interface UnpackBudget {
  /** Errors: AppError `damaged-file` ARC_SIZE. Units: bytes. */
  add(bytes: number, name: string): void;
}

/** A budget for one import. */
export function createUnpackBudget(limit: number): UnpackBudget {
  let unpacked = 0;
  return {
    add(bytes, name) {
      unpacked += bytes;
      if (unpacked > limit)
        throw damagedArchive('ARC_SIZE', `${name}: all archives together unpack to more than ${String(limit)} bytes`, 0);
    },
  };
}

/** Files for archives that have to be unpacked before they can be read. Lifetime: one import; `close` deletes them. */
export interface Spill {
  /** Writes the bytes to a file of its own and gives its path. Errors: AppError ARC_SIZE when the disk would fill up. */
  write(chunks: AsyncIterable<Uint8Array>, name: string): Promise<string>;
  close(): Promise<void>;
}

/** A spill in a folder of its own under `root`, made when it is first needed. */
export function createSpill(root: string = tmpdir(), signal?: AbortSignal): Spill {
  let folder: string | undefined;
  let free = 0;
  let files = 0;
  return {
    async write(chunks, name) {
      if (folder === undefined) {
        folder = makeTempFolder(root);
        const { bavail, bsize } = await statfs(folder);
        free = bavail * bsize * MAX_OF_FREE_DISK;
      }
      files += 1;
      const path = join(folder, String(files));
      async function* counted(): AsyncGenerator<Uint8Array> {
        for await (const chunk of chunks) {
          free -= chunk.length;
          if (free < 0) throw damagedArchive('ARC_SIZE', `${name}: unpacked, it would take more than 80 % of the free disk`, 0);
          yield chunk;
        }
      }
      // Not executable and not readable by others: it is evidence.
      try {
        await pipeline(counted(), createWriteStream(path, { mode: 0o600, flags: 'wx' }), signal === undefined ? {} : { signal });
      } catch (thrown) {
        // A pipeline that is stopped throws what every stream of it threw.
        if (signal?.aborted === true) throw toAppError(signal.reason);
        throw thrown;
      }
      return path;
    },
    async close() {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
