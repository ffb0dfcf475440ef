import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../lib/run.mjs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
/** What the tests need beside a browser: `pdftotext` and `pdfinfo` to read our PDFs back, and fonts to draw them with. */
const DEBIAN_PACKAGES = ['chromium', 'poppler-utils', 'fonts-dejavu-core', 'fonts-liberation'];

/** Path of an installed Chromium, or `undefined`. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined && given !== '') return existsSync(given) ? given : undefined;
  return PLACES.find((place) => existsSync(place));
}

const onPath = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

const isDebian = () => existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
// Ubuntu's chromium is a stub for snap, which does not run in containers.
const isUbuntu = () => existsSync('/etc/os-release') && /^ID=ubuntu$/m.test(readFileSync('/etc/os-release', 'utf8'));

/** Gives a Chromium and the PDF tools for the tests; installs them where that is ours to do (root on Debian). */
export async function ensureChromium() {
  const complete = () => findChromium() !== undefined && onPath('pdftotext') && existsSync('/usr/share/fonts');
  if (!complete() && process.platform === 'linux' && isDebian() && process.getuid() === 0) {
    const packages = isUbuntu() ? DEBIAN_PACKAGES.filter((name) => name !== 'chromium') : DEBIAN_PACKAGES;
    console.error(`Installing for the tests: ${packages.join(' ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env, output: 'stderr' });
    await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], { env, output: 'stderr' });
  }
  const path = findChromium();
  if (path === undefined) throw new Error('the tests need a Chromium: install chromium or google-chrome, or set CHROMIUM_PATH');
  return path;
}
