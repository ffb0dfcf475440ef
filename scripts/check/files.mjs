// Rules about files as files: length, names, mirrored tests, open ends, and a lock file that names no host.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { at } from '../lib/paths.mjs';
import { listFiles } from '../lib/sources.mjs';

/** Past this, the first comment of a file says why it stays whole. Units: lines. */
const MOST_LINES = 400;
const CODE = /\.(ts|tsx|mjs|cjs|js)$/;
const TOP = ['electron', 'renderer', 'shared', 'test', 'scripts'];

const broken = [];
const files = TOP.flatMap(listFiles).filter((path) => !path.startsWith('test/fixtures/'));
const code = files.filter((path) => CODE.test(path));
const textOf = (path) => readFileSync(at(path), 'utf8');

for (const path of code) {
  const text = textOf(path);
  const lines = text.split('\n').length - 1;
  if (lines > MOST_LINES && !/stays whole/i.test(text.slice(0, 800)))
    broken.push(`${path}: ${lines} lines; past ${MOST_LINES} its first comment says why it "stays whole"`);
  for (const [index, line] of text.split('\n').entries()) {
    if (/\b(TODO|FIXME)\b(?!.*#\d)/.test(line) && path !== 'scripts/check/files.mjs')
      broken.push(`${path}:${index + 1}: an open end must name its issue (#12)`);
    if (/@ts-(expect-error|ignore)\s*$/.test(line)) broken.push(`${path}:${index + 1}: the suppression gives no reason`);
  }
}

for (const path of code.filter((each) => /^(electron|renderer|shared)\//.test(each))) {
  const name = path.split('/').at(-1);
  const good = path.endsWith('.tsx') ? /^([A-Z][A-Za-z0-9]*|[a-z0-9]+(-[a-z0-9]+)*)\.tsx$/ : /^[a-z0-9]+(-[a-z0-9]+)*(\.worker|\.d)?\.ts$/;
  if (!good.test(name)) broken.push(`${path}: files are kebab-case.ts, components PascalCase.tsx`);
}

const units = code.filter((path) => path.startsWith('test/unit/'));
for (const path of units.filter((each) => /\.test\.tsx?$/.test(each))) {
  const source = path.replace(/^test\/unit\//, '').replace(/(\.exploit)?\.test\.tsx?$/, '');
  const found = ['.ts', '.tsx', '.mjs', '/index.ts', ''].some((end) => existsSync(at(source + end)));
  // An attack on a whole folder is named after it: `importers/importers.exploit.test.ts`.
  const ofFolder = path.includes('.exploit.') && source.split('/').at(-1) === source.split('/').at(-2);
  if (!found && !ofFolder) broken.push(`${path}: mirrors ${source}.ts, which does not exist`);
}
for (const path of code.filter((each) => each.startsWith('test/') && /\.(test|spec)\.tsx?$/.test(each))) {
  for (const match of textOf(path).matchAll(/\b(?:it|test|describe)\.(only|skip|todo)\(/g)) {
    // A skip that is decided at run time and says why is honest; one that is written down is not.
    if (match[1] !== 'skip' || !/\.skip\([^'"`]/.test(textOf(path).slice(match.index, match.index + 40)))
      broken.push(`${path}: .${match[1]}( leaves a test out`);
  }
}

if (/"resolved": *"https?:/.test(textOf('package-lock.json')))
  broken.push('package-lock.json names registry hosts; .npmrc keeps them out: npm install --package-lock-only');

const own = [
  ...files,
  ...listFiles('resources'),
  ...readdirSync(at()).filter((path) => path !== 'package-lock.json' && statSync(at(path)).isFile()),
];
for (const path of own) if (statSync(at(path)).size > 4_000_000) broken.push(`${path}: over 4 MB`);

for (const line of broken) console.error(line);
if (code.length < 50) {
  console.error(`only ${code.length} source files found: the check did not look`);
  process.exit(1);
}
if (broken.length > 0) process.exit(1);
console.log(`${code.length} source files, ${units.length} unit test files`);
