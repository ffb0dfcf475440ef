import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../lib/paths.mjs';
import { capture, childEnv } from '../lib/run.mjs';

/** How long the download may take. Units: ms. */
const LIMIT = 120_000;
const FAILED = at('.toolchain/electron-failed.json');

const packageFile = (name) => readFileSync(at('node_modules/electron', name), 'utf8').trim();

/** Path of Electron's executable, or `undefined` while it is not installed. Honours `ELECTRON_OVERRIDE_DIST_PATH`. */
export function findElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? at('node_modules/electron/dist');
  const name = existsSync(at('node_modules/electron/path.txt'))
    ? packageFile('path.txt')
    : ({ win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron');
  return existsSync(join(folder, name)) ? join(folder, name) : undefined;
}

/** Why Electron cannot open a window here even where its binary is; the stand-in of the tests always can. */
function obstacle() {
  if (process.platform !== 'linux' || process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) return undefined;
  if (process.getuid() === 0) return 'Electron keeps its sandbox, which does not start for root';
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'this session has no display for Electron';
  return undefined;
}

/**
 * Electron's binary is no npm package; it is downloaded when first needed, and on locked-down machines that fails.
 * Gives its path, or one line why it cannot be used. A failure is remembered for this version; delete the file it names,
 * or set `SPOOR_RETRY_ELECTRON=1`, to try again.
 */
export async function ensureElectron(node) {
  const stopped = obstacle();
  if (stopped !== undefined) return { path: undefined, why: stopped };
  const found = findElectron();
  if (found !== undefined) return { path: found, why: '' };
  const { version } = JSON.parse(packageFile('package.json'));
  if (process.env.SPOOR_RETRY_ELECTRON === undefined && existsSync(FAILED)) {
    const failed = JSON.parse(readFileSync(FAILED, 'utf8'));
    if (failed.version === version) return { path: undefined, why: `${failed.why} (remembered; SPOOR_RETRY_ELECTRON=1 tries again)` };
  }
  console.error(`Fetching Electron ${version} (once, at most two minutes)`);
  const result = await capture(node, [at('node_modules/electron/install.js')], { env: childEnv(node), cwd: at(), timeout: LIMIT });
  const path = findElectron();
  if (path !== undefined) return { path, why: '' };
  const reason = result.timedOut
    ? 'the download took more than two minutes'
    : result.text.trim().split('\n')[0] || `exit code ${result.code}`;
  const why = `Electron ${version} could not be fetched: ${reason}`;
  mkdirSync(at('.toolchain'), { recursive: true });
  writeFileSync(FAILED, JSON.stringify({ version, why }));
  return { path: undefined, why };
}
