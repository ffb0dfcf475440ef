import { copyFileSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { SAMPLE_BUNDLE } from '#electron/node/sample.ts';
import { startServe } from './serve.ts';

/** Where workers find the sample's case; set by the process that starts them. */
const SAMPLE_CASE = 'SPOOR_SAMPLE_CASE';

/** Playwright's global set-up: reads the sample once for all workers. The function that it gives back leaves nothing behind. */
// eslint-disable-next-line no-restricted-syntax -- Playwright calls what a set-up exports by default
export default async function importSample(): Promise<() => void> {
  const home = mkdtempSync(join(tmpdir(), 'spoor-sample-'));
  const served = await startServe([sampleFor(home)], { home });
  await served.opened();
  await served.stop();
  const [path] = globSync(join(home, 'cases', '*.spoor'));
  if (path === undefined) throw new Error(`the sample left no case:\n${served.printed()}`);
  process.env[SAMPLE_CASE] = path;
  return () => {
    rmSync(home, { recursive: true, force: true });
  };
}

/** The untouched case itself, to be read. Errors: Error outside of a test runner. */
export function sampleCase(): string {
  const path = process.env[SAMPLE_CASE];
  if (path === undefined) throw new Error('no test runner has read the sample');
  return path;
}

/**
 * What to open for the sample: an untouched copy of its case, put where a home keeps its cases, or its bundle where no test runner has
 * read it before.
 */
export function sampleFor(home: string): string {
  const path = process.env[SAMPLE_CASE];
  if (path === undefined) return resolve(import.meta.dirname, '../..', SAMPLE_BUNDLE);
  const copy = join(home, 'cases', basename(path));
  mkdirSync(join(home, 'cases'), { recursive: true });
  copyFileSync(path, copy);
  return copy;
}
