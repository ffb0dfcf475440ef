import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { at } from './paths.mjs';

/** What a build is made from. */
export const SOURCE_FOLDERS = ['electron', 'renderer', 'shared', 'resources'];
export const SOURCE_FILES = [
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'vite.cli.config.ts',
  'scripts/bundle-guard.ts',
  'tsconfig.json',
];
const LEFT_OUT = /^resources\/(samples|screenshots|decisions)\/|\.md$/;

/** Paths of all files under `folder`, relative to the checkout, sorted, with forward slashes. */
export const listFiles = (folder) =>
  readdirSync(at(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(at().length + 1).replaceAll('\\', '/'))
    .sort();

/** One hash over everything that the build reads. */
export function sourcesHash() {
  const hash = createHash('sha256');
  const paths = [...SOURCE_FOLDERS.flatMap(listFiles).filter((path) => !LEFT_OUT.test(path)), ...SOURCE_FILES];
  for (const path of paths)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(at(path)))
      .update('\0');
  return hash.digest('hex');
}
