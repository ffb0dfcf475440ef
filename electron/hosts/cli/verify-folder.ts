import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import { casesIn, checkManifest, MANIFEST } from '#electron/node/manifest.ts';
import type { Arguments } from './arguments.ts';
import { exitCode } from './commands.ts';
import { sayTable } from './print.ts';
import { printable, sayJson, sayLine } from './terminal.ts';

/** `spoor verify FOLDER`: whether the files of an export are those that its manifest names, and no others. Exit 3 when they are not. */
export async function verifyFolder(folder: string, args: Arguments): Promise<number> {
  if (!existsSync(join(folder, MANIFEST))) throw new AppError('bad-params', `${folder} holds no ${MANIFEST} to verify it by`);
  const files = await checkManifest(folder);
  const wrong = files.filter(({ state }) => state !== 'same');
  if (args.json) sayJson({ folder, verified: wrong.length === 0, files });
  else {
    if (wrong.length > 0)
      sayTable(
        ['file', 'found'],
        wrong.map(({ name, state }) => [name, state]),
      );
    sayLine(
      wrong.length === 0
        ? `All ${String(files.length)} files are as the manifest says, and there are no others.`
        : `${String(wrong.length)} of ${String(files.length)} files are not as the manifest says.`,
    );
    const listed = new Set(files.map(({ name }) => name));
    for (const name of casesIn(folder)) {
      const says = listed.has(name) ? 'is one of them, and' : 'lies beside them; the manifest does not cover it. It';
      sayLine(`${printable(name)} ${says} has its own log: spoor verify ${printable(join(folder, name))}`);
    }
  }
  return wrong.length === 0 ? exitCode.done : exitCode.unread;
}
