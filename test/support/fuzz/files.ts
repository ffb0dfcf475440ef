import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
/** What runs keep on this machine. */
const KEPT = join(ROOT, 'test-results/fuzz');
/** Crashes that were mended, by target: each a named file that the suite tries again. */
export const FIXTURES = join(ROOT, 'test/fixtures/fuzz');

const hashOf = (input: Uint8Array): string => createHash('sha256').update(input).digest('hex').slice(0, 16);

const readFolder = (folder: string): readonly Uint8Array[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => new Uint8Array(readFileSync(join(folder, name))))
    : [];

function keep(folder: string, input: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, hashOf(input));
  writeFileSync(path, input);
  return path;
}

/** Inputs that earlier runs kept for a target. */
export const readCorpus = (target: string): readonly Uint8Array[] => readFolder(join(KEPT, 'corpus', target));

/** Keeps an input that gave a new answer. */
export const keepInput = (target: string, input: Uint8Array): void => void keep(join(KEPT, 'corpus', target), input);

/** Keeps an input that crashed, with what it did beside it; gives where. */
export function keepCrash(target: string, input: Uint8Array, why: string): string {
  const path = keep(join(KEPT, 'crashes', target), input);
  writeFileSync(`${path}.txt`, `${why}\n`);
  return path;
}

/** Where a process writes the input that it is about to try. */
export function currentPath(): string {
  mkdirSync(KEPT, { recursive: true });
  return join(KEPT, `current-${String(process.pid)}`);
}
