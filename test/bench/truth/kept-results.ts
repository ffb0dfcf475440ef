import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { FETCHED, ROOT, SPOOR } from '../places.ts';

/** What a result hangs on: the built program, the scenarios and the measures. */
const SOURCES = [dirname(SPOOR), join(ROOT, 'test/support/scenarios'), join(ROOT, 'test/bench/truth')];

function hashOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders)
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted())
      if (/\.(?:js|ts)$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Results by name that outlive the run. */
export type KeptResults = <T>(name: string, make: () => Promise<T>) => Promise<T>;

/**
 * Gives the result that the same build had for the same name, or makes and keeps it: a run over all worlds takes hours, and one that was
 * cut off, or split into pieces, goes on where it ended. Shape: what JSON can hold. Cost: one hash of the build and the scenarios.
 */
export function openKeptResults(bench: string): KeptResults {
  const folder = join(FETCHED, 'results', bench, hashOf(SOURCES));
  mkdirSync(folder, { recursive: true });
  return async <T>(name: string, make: () => Promise<T>): Promise<T> => {
    const file = join(folder, `${name}.json`);
    // Written below by the same build of the same measures.
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as T;
    const made = await make();
    writeFileSync(`${file}.partial`, JSON.stringify(made));
    renameSync(`${file}.partial`, file);
    return made;
  };
}
