import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The checkout. */
export const ROOT = resolve(import.meta.dirname, '../..');
/** What benches fetch; ignored by git. */
export const FETCHED = join(ROOT, '.toolchain/bench');
/** The built command line. */
export const SPOOR = join(ROOT, 'out/cli/spoor.js');

/** Throws when there is no build to measure. */
export function needBuild(): void {
  if (!existsSync(SPOOR)) throw new Error(`${SPOOR} is not there: npm run build, then npm run bench`);
}

/** The folder that holds this file's Node, for programs that look for `node` and `npm` on PATH. */
export const nodeFolder = dirname(process.execPath);
