import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Options, ZipFile } from 'yazl';
import type { ZipOutput } from '#shared/engine/ports.ts';
import { openOutput } from './output-file.ts';
import { makeTempFolder } from './temp-folder.ts';

/** The first day that a zip can say, in the zone of this machine, which is how yazl writes it: the same files give the same bytes anywhere. */
const noTime = (): Partial<Options> => ({ mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644, compress: false });

/**
 * A zip that is complete under its name or absent. Its files wait on disk until all are whole, so that memory stays flat however long
 * they are; past 4 GiB or 65,535 files the zip is a Zip64. Nothing is compressed, since that would differ between versions of Node.
 * Errors: AppError `unreadable` with the operating system's words.
 */
export function openZip(path: string): ZipOutput {
  const folder = makeTempFolder();
  const files: { readonly name: string; readonly at: string }[] = [];
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    open(name) {
      const at = join(folder, String(files.length));
      files.push({ name, at });
      return openOutput(at);
    },
    async commit() {
      const output = openOutput(path);
      try {
        const zip = new ZipFile();
        for (const { name, at } of files) zip.addFile(at, name, noTime());
        zip.end();
        const failed = new Promise<never>((_resolve, reject) => {
          zip.on('error', reject);
        });
        const written = (async () => {
          for await (const piece of zip.outputStream) output.writeBytes(piece as Buffer);
        })();
        await Promise.race([written, failed]);
        return await output.commit();
      } catch (thrown) {
        output.abandon();
        throw thrown;
      } finally {
        remove();
      }
    },
    abandon: remove,
  };
}
