import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import { sha256OfFile } from './file-hash.ts';

/** The list of hashes in a folder of an export. */
export const MANIFEST = 'MANIFEST.sha256';

/** A file and whether it is the one that was written. */
export interface CheckedFile {
  readonly name: string;
  readonly state: 'same' | 'changed' | 'missing' | 'not in the manifest' | 'no plain file';
}

/** A case that lies beside the files of an audit goes on changing, and is verified by its own log. */
const CASE_FILE = /\.spoor(-wal|-shm|-journal|-lock)?$/;

/**
 * Names that we write: at most two folders, no step upwards, no device. What else a manifest names was not written by us, and is not
 * opened.
 */
const NAME = /^(?:[A-Za-z0-9][A-Za-z0-9._-]{0,199}(?:\/(?=.)|$)){1,3}$/;

function readManifest(path: string): ReadonlyMap<string, string> {
  // A link may lead anywhere, and a pipe never ends.
  if (!lstatSync(path).isFile()) throw new AppError('damaged-file', `${path} is no plain file`);
  const hashes = new Map<string, string>();
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (line === '') continue;
    const [, sha256, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (sha256 === undefined || name === undefined || !NAME.test(name) || hashes.has(name))
      throw new AppError('damaged-file', `${path}: line ${String(index + 1)} names no file of an export`);
    hashes.set(name, sha256);
  }
  return hashes;
}

/** The folders that a name stands in, the outermost first: `a` and `a/b` of `a/b/c.txt`. */
const foldersOf = (name: string): readonly string[] =>
  name
    .split('/')
    .slice(0, -1)
    .map((_, depth, parts) => parts.slice(0, depth + 1).join('/'));

async function stateOf(folder: string, name: string, sha256: string): Promise<CheckedFile['state']> {
  // A folder that is a link leads to files that were never part of the export.
  for (const each of foldersOf(name)) {
    const stat = lstatSync(join(folder, each), { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isDirectory()) return 'no plain file';
  }
  const path = join(folder, name);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'missing';
  if (!stat.isFile()) return 'no plain file';
  return (await sha256OfFile(path)).sha256 === sha256 ? 'same' : 'changed';
}

/** Everything in a folder and in those folders of it that the manifest has files of; of any other folder its name. */
function listed(folder: string, known: ReadonlySet<string>, prefix = ''): readonly string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const name = `${prefix}${entry.name}`;
    return entry.isDirectory() && known.has(name) ? listed(folder, known, `${name}/`) : [name];
  });
}

/** Cases that lie in a folder of an export; its manifest does not name them. */
export const casesIn = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.spoor'));

/** Lists the hashes of files of a folder, in the form that `sha256sum -c` takes. */
export async function writeManifest(folder: string, names: readonly string[]): Promise<void> {
  const lines: string[] = [];
  for (const name of [...names].sort()) lines.push(`${(await sha256OfFile(join(folder, name))).sha256}  ${name}\n`);
  writeFileSync(join(folder, MANIFEST), lines.join(''));
}

/**
 * Compares the files of a folder with its manifest: those that it names, and others that are no case, by name.
 * Errors: AppError `damaged-file` for a manifest that is none, `unreadable` for files that cannot be read.
 */
export async function checkManifest(folder: string): Promise<readonly CheckedFile[]> {
  const hashes = readManifest(join(folder, MANIFEST));
  const known = new Set([...hashes.keys()].flatMap(foldersOf));
  const others = listed(folder, known).filter((name) => name !== MANIFEST && !CASE_FILE.test(name));
  const names = [...new Set([...hashes.keys(), ...others])].sort();
  const files: CheckedFile[] = [];
  for (const name of names) {
    const sha256 = hashes.get(name);
    files.push({ name, state: sha256 === undefined ? 'not in the manifest' : await stateOf(folder, name, sha256) });
  }
  return files;
}
