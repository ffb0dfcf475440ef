import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Generator } from './generator.ts';

const root = resolve(import.meta.dirname, '../../..');
/** Folders whose code is in the product; Electron itself carries it. */
const SHIPPED = ['shared', 'electron', 'renderer'];
const SHELL = 'electron';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Packages that code of the product names in an import. */
function importedPackages(known: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>([SHELL]);
  for (const folder of SHIPPED)
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(ts|tsx|css)$/.test(entry.name)) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      for (const [, name] of text.matchAll(/(?:from|import|@import)\s*\(?['"]((?:@[\w.-]+\/)?[\w.-]+)/g))
        if (name !== undefined && known.has(name)) found.add(name);
    }
  return [...found];
}

/** The lock file's rows of a package, as it is found from another one: nested before shared. */
function locate(packages: Readonly<Record<string, Locked>>, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (folder === '') return undefined;
  }
}

/** Every package that the product holds or is built into, with its version and licence, by the lock file. */
function makeList(): string {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> };
  const direct = { ...packages[''] } as { dependencies?: object; devDependencies?: object };
  const known = new Set(Object.keys({ ...direct.dependencies, ...direct.devDependencies }));
  const reached = new Set<string>();
  // What is needed at run time is shipped as it is, also where it is loaded by name only when it is wanted.
  const shipped = new Set([...importedPackages(known), ...Object.keys(direct.dependencies ?? {})]);
  const waiting = [...shipped].flatMap((name) => locate(packages, name, '') ?? []);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    // What Electron's package depends on downloads its binary and is no part of it.
    if (path === `node_modules/${SHELL}`) continue;
    for (const name of Object.keys(packages[path]?.dependencies ?? {})) {
      const next = locate(packages, name, path);
      if (next !== undefined) waiting.push(next);
    }
  }
  const rows = [...reached].map((path) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: packages[path]?.version ?? '',
    licence: packages[path]?.license ?? 'not stated',
  }));
  rows.sort((a, b) => (a.name === b.name ? (a.version < b.version ? -1 : 1) : a.name < b.name ? -1 : 1));
  const lines = rows.map(({ name, version, licence }) => `  { name: '${name}', version: '${version}', licence: '${licence}' },\n`);
  return [
    '/** Packages in the product, with what each may be used under. Generated from the lock file: `npm run generate`. */\n',
    'export const shippedPackages: readonly { readonly name: string; readonly version: string; readonly licence: string }[] = [\n',
    ...lines,
    '];\n',
  ].join('');
}

/** The list behind Settings, Licences. */
export const shippedPackagesGenerator: Generator = { file: 'renderer/views/settings/shipped-packages.ts', make: makeList };
