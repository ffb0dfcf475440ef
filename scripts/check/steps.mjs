import { at } from '../lib/paths.mjs';
import { capture, childEnv } from '../lib/run.mjs';

const node = process.execPath;
const tool = (path, ...args) => [node, [at('node_modules', path), ...args]];
const own = (path, ...args) => [node, [at(path), ...args]];
const types = (folder) => ({
  name: `types-${folder}`,
  command: tool('typescript-native/bin/tsc', '-p', folder, '--noEmit', '--pretty', 'false'),
  mend: `node node_modules/typescript-native/bin/tsc -p ${folder} --noEmit`,
});

const lint = (name, ...what) => ({
  name: `lint-${name}`,
  command: tool('eslint/bin/eslint.js', ...what, '--max-warnings', '0'),
  mend: `node node_modules/eslint/bin/eslint.js --fix ${what.join(' ')}`,
});

/** Each step is one process; it passes when that ends with 0. `mend` is what a developer runs next. */
const steps = [
  // First what takes longest. In three processes: the types of all sources at once do not fit into the heap of one.
  lint('rest', '.', ...['shared', 'electron', 'renderer'].flatMap((folder) => ['--ignore-pattern', folder])),
  lint('engine', 'shared', 'electron'),
  lint('window', 'renderer'),
  ...['shared', 'electron', 'renderer', 'test'].map(types),
  {
    name: 'format',
    command: tool('prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'),
    mend: 'node node_modules/prettier/bin/prettier.cjs --write .',
  },
  { name: 'layers', command: own('scripts/check/layers.mjs'), mend: 'node scripts/check/layers.mjs (rules: .dependency-cruiser.cjs)' },
  { name: 'files', command: own('scripts/check/files.mjs'), mend: 'node scripts/check/files.mjs' },
  {
    name: 'dead-code',
    command: own('test/support/check/dead-code.ts'),
    mend: 'node test/support/check/dead-code.ts --mend, then delete what it still names',
  },
  { name: 'generated', command: own('test/support/generate/run.ts', '--check'), mend: 'npm run generate' },
];

/** How many steps run at a time; the runners have two cores. */
const AT_A_TIME = 2;

const runStep = async ({ name, command: [program, args], mend }) => {
  const started = performance.now();
  const { code, text } = await capture(program, args, { cwd: at(), env: childEnv(node, { FORCE_COLOR: '0' }) });
  const took = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  if (code === 0) console.log(`  ok    ${name} (${took})`);
  else console.log(`  FAIL  ${name} (${took})\n${text.trimEnd().replace(/^/gm, '        ')}\n        mend: ${mend}`);
  return code === 0;
};

/** Runs the named steps, or all; a prefix such as `types` names several. Gives how many passed and failed. */
export async function runChecks(names = []) {
  const chosen = names.length === 0 ? steps : steps.filter((step) => names.some((name) => step.name.startsWith(name)));
  if (chosen.length === 0) throw new Error(`no such check: ${names.join(' ')}; there are ${steps.map((step) => step.name).join(' ')}`);
  const waiting = [...chosen];
  let passed = 0;
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) if (await runStep(step)) passed += 1;
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return { passed, failed: chosen.length - passed };
}
