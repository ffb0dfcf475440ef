import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

/** Folder that holds package.json, found upwards from this file, whether built or plain. */
export function packageRoot(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new Error(`no package.json above ${from}`);
  }
}

/** Version as package.json states it. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** The file that an engine process runs: beside the built command line, or the plain source. */
export const engineEntry = (): string =>
  extname(import.meta.filename) === '.ts' ? join(packageRoot(), 'electron/hosts/engine.ts') : join(packageRoot(), 'out/cli/engine.js');
