import { existsSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import type { Spool } from '#electron/node/serve/spool.ts';
import type { FileRef } from '#shared/contract/table.ts';

/** Most files in one drop. A folder counts as one. */
const MOST = 100_000;

/**
 * Turns the paths of dropped files into references; the page that dropped them learns names and tokens only.
 * Errors: TypeError when it is no list of absolute paths; a path that is not there any more is left out.
 */
export function takeGrants(spool: Pick<Spool, 'grant'>, paths: unknown): readonly FileRef[] {
  if (!Array.isArray(paths) || paths.length > MOST) throw new TypeError('a list of paths was expected');
  return paths
    .filter((path: unknown): path is string => {
      if (typeof path !== 'string' || !isAbsolute(path)) throw new TypeError('an absolute path was expected');
      return existsSync(path);
    })
    .map((path) => spool.grant(path, basename(path)));
}
