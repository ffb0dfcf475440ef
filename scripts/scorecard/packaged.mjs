// The rows about a packaged app: its fuses, read back; and that the packager takes its configuration, where it can be fetched.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fuseProblems, SENTINEL } from '../check/fuses.mjs';
import { npm } from '../lib/npm.mjs';
import { at } from '../lib/paths.mjs';
import { capture, childEnv } from '../lib/run.mjs';
import { SOURCE_FILES, SOURCE_FOLDERS } from '../lib/sources.mjs';

/** Pinned; not a dependency, since it is 90 MB and only a release needs it. */
const PACKAGER = 'electron-builder@26.17.0';
const APP = /unpacked[\\/](spoor|Spoor\.exe)$|MacOS[\\/]Spoor$/;

const findApp = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map(String)
        .find((path) => APP.test(path))
    : undefined;

/** A folder that the packager takes for an unpacked Electron: the fuses of the stand-in are those that Electron comes with. */
function makeStandIn(folder, version) {
  for (const sub of ['resources', 'locales']) mkdirSync(join(folder, sub), { recursive: true });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak']) writeFileSync(join(folder, name), 'x');
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'electron'), `stand-in ${SENTINEL}\x01\x09100001011 end`, 'latin1');
  chmodSync(join(folder, 'electron'), 0o755);
}

/** Packs the built app around a stand-in for Electron; gives what is wrong with it, `undefined` when the packager cannot be had. */
async function packStandIn() {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-pack-'));
  try {
    const project = join(folder, 'project');
    const { devDependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
    for (const part of [
      'out',
      'package.json',
      'LICENSE',
      'electron-builder.yml',
      'resources',
      'node_modules/better-sqlite3',
      'node_modules/better-sqlite3-multiple-ciphers',
      'node_modules/node-addon-api',
    ])
      if (existsSync(at(part))) cpSync(at(part), join(project, part), { recursive: true, dereference: true });
    makeStandIn(join(folder, 'electron'), devDependencies.electron);
    const args = ['exec', '--yes', `--package=${PACKAGER}`, '--', 'electron-builder', '--linux', '--dir', `-c.electronDist=${join(folder, 'electron')}`, `-c.electronVersion=${devDependencies.electron}`]; // prettier-ignore
    const code = await npm(process.execPath, args, { cwd: project, env: childEnv(process.execPath), output: 'stderr' });
    const app = findApp(join(project, 'dist'));
    if (app === undefined) return code === 0 ? ['nothing was packed'] : undefined;
    return fuseProblems(readFileSync(join(project, 'dist', app)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds a copy of the sources in a folder of its own and names what differs from `out/`, byte for byte. */
async function buildAgain(env) {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-again-'));
  try {
    for (const part of [...SOURCE_FOLDERS, ...SOURCE_FILES, 'scripts', 'test/tsconfig.json'])
      cpSync(at(part), join(folder, part), { recursive: true });
    symlinkSync(at('node_modules'), join(folder, 'node_modules'));
    const { code, text } = await capture(process.execPath, [join(folder, 'scripts/commands/build.mjs'), '--always'], { cwd: folder, env });
    if (code !== 0) {
      console.log(text);
      return ['it could not be built'];
    }
    const [before, after] = [at('out'), join(folder, 'out')].map(hashesIn);
    return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** SHA-256 of each file under a folder, by its path there. */
const hashesIn = (folder) =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );

export async function addBuiltAgain(card, env) {
  const differing = await buildAgain(env);
  const files = hashesIn(at('out')).size;
  card.add(
    'files of the build, made anew elsewhere',
    differing.length === 0 ? `${files}, the same byte for byte` : `differing: ${differing.slice(0, 5).join(', ')}`,
    'the same',
    differing.length === 0,
  );
  return differing.length === 0 ? 0 : 1;
}

export async function addPackaged(card, _, size) {
  const app = findApp(at('dist'));
  const fuses = app === undefined ? undefined : fuseProblems(readFileSync(at('dist', app)));
  const told = (problems) => (problems.length === 0 ? '9 of 9 as promised' : problems.join('; '));
  card.add(
    'fuses of the packaged app',
    fuses === undefined ? 'no packaged app in dist/' : told(fuses),
    '9 of 9',
    fuses === undefined ? undefined : fuses.length === 0,
  );
  if (size !== 'long') {
    card.add('packager takes its configuration', 'with --long: it is fetched for that', 'fuses as promised');
    return 0;
  }
  const standIn = process.platform === 'linux' ? await packStandIn() : undefined;
  card.add(
    'packager takes its configuration',
    standIn === undefined ? 'the packager cannot be had here' : `a stand-in for Electron: fuses ${told(standIn)}`,
    'fuses as promised',
    standIn === undefined ? undefined : standIn.length === 0,
  );
  return standIn === undefined || standIn.length === 0 ? 0 : 1;
}
