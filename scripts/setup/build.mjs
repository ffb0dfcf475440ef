import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { at } from '../lib/paths.mjs';
import { childEnv, run } from '../lib/run.mjs';
import { sourcesHash } from '../lib/sources.mjs';

const STAMP = at('out/.built-from');
/** The engine of the build, for tests that start it as a process of its own. */
export const BUILT_ENGINE = at('out/cli/engine.js');
const STEPS = [
  ['main, preload and window', 'node_modules/electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']],
  ['command line', 'node_modules/vite/bin/vite.js', ['build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn']],
];

/** Builds into `out/` when a source changed since the last build. Prints to standard error only. */
export async function ensureBuild({ always = false } = {}) {
  const hash = sourcesHash();
  if (!always && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  const started = performance.now();
  rmSync(STAMP, { force: true });
  for (const [what, tool, args] of STEPS) {
    const env = childEnv(process.execPath, { NODE_ENV: 'production' });
    const code = await run(process.execPath, [at(tool), ...args], { cwd: at(), env, output: 'stderr' });
    if (code !== 0) throw new Error(`building ${what} failed (exit code ${code}); try again with: npm run build`);
  }
  mkdirSync(at('out'), { recursive: true });
  writeFileSync(STAMP, hash);
  console.error(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
