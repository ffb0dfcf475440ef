import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { at } from '../lib/paths.mjs';
import { npm } from '../lib/npm.mjs';
import { childEnv } from '../lib/run.mjs';

const STAMP = at('node_modules/.bootstrap');

const readOrEmpty = (path) => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
};

/** Runs `npm ci` when the lock file is not the one that node_modules was made from. */
export async function ensureDependencies(node) {
  const wanted = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex');
  if (readOrEmpty(STAMP) === wanted) return;
  console.error('Installing dependencies (npm ci; once, and after each change of the lock file)');
  const code = await npm(node, ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: at(),
    env: childEnv(node),
  });
  if (code !== 0) throw new Error('npm ci failed: see above; the packages come from the registry that npm is set up for');
  writeFileSync(STAMP, `${wanted}\n`);
}
