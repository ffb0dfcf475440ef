import { existsSync, mkdirSync } from 'node:fs';
import { at } from '../lib/paths.mjs';
import { npm } from '../lib/npm.mjs';

/** The Node that is fetched where the machine's own does not fit: the line that Electron carries. */
const NODE_VERSION = '24.21.0';

/**
 * Node-API 10 is what better-sqlite3 13 is compiled for (below it the process crashes, no error to catch);
 * running TypeScript as it stands is what the maintenance scripts rely on.
 */
const fits = Number(process.versions.napi) >= 10 && process.features.typescript === 'strip';

/** Path of a Node that fits: this one, or the one in `.toolchain/`, fetched from npm when it is not there yet. */
export async function ensureNode() {
  if (fits) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const path = at('.toolchain/node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(path)) return path;
  console.error(`Node ${process.versions.node} is too old for Spoor; fetching Node ${NODE_VERSION} into .toolchain/ (once, about 60 MB)`);
  mkdirSync(at('.toolchain'), { recursive: true });
  const args = [
    'install',
    '--prefix',
    at('.toolchain'),
    '--ignore-scripts',
    '--no-fund',
    '--no-audit',
    '--loglevel=error',
    `${name}@${NODE_VERSION}`,
  ];
  const code = await npm(process.execPath, args, { cwd: at('.toolchain') });
  if (code !== 0 || !existsSync(path))
    throw new Error(`Spoor needs Node 22.18 or later and could not fetch ${name}@${NODE_VERSION}: install Node 24 and try again`);
  return path;
}
