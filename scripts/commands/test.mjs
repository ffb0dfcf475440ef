// Everything: checks, unit and conformance tests, end-to-end tests in the browser and in the desktop shell.
// The last line is `N passed, N failed`, added up from the runners' own reports.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { runChecks } from '../check/steps.mjs';
import { createTally, readPlaywright, readVitest } from '../check/tally.mjs';
import { at } from '../lib/paths.mjs';
import { childEnv, run } from '../lib/run.mjs';
import { BUILT_ENGINE, ensureBuild } from '../setup/build.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { ensureElectron } from '../setup/electron.mjs';

const node = process.execPath;
const tally = createTally();
const readReport = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);
const heading = (text) => console.log(`\n=== ${text}`);

// `npm test -- test/unit/… test/e2e/…` runs only those.
const wanted = process.argv.slice(2);
const unitPaths = wanted.filter((path) => !path.startsWith('test/e2e'));
const flowPaths = wanted.filter((path) => path.startsWith('test/e2e'));
const everything = wanted.length === 0;

try {
  const chromium = await ensureChromium();
  const electron = await ensureElectron(node);
  const env = childEnv(node, { TZ: 'UTC', LC_ALL: 'C.UTF-8', CHROMIUM_PATH: chromium, SPOOR_ENGINE: BUILT_ENGINE });
  mkdirSync(at('test-results'), { recursive: true });

  heading('build');
  await ensureBuild();

  if (everything) {
    heading('check');
    tally.add('check', await runChecks());
  }

  if (everything || unitPaths.length > 0) {
    heading('unit and conformance');
    const report = at('test-results/vitest.json');
    rmSync(report, { force: true });
    const args = ['run', ...unitPaths, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
    const exit = await run(node, [at('node_modules/vitest/vitest.mjs'), ...args], { cwd: at(), env });
    tally.add('unit and conformance', readVitest(readReport(report), exit));
  }

  // The same shell specs run in the stand-in always, and in Electron itself wherever its binary is there.
  const shells = electron.path === undefined ? ['electron-double'] : ['electron-double', 'electron'];
  for (const shell of everything || flowPaths.length > 0 ? shells : []) {
    const all = shell === 'electron-double' ? ['browser', 'shell'] : ['shell'];
    const projects = all.filter((name) => everything || flowPaths.some((path) => /\/shell[^/]*$/.test(path) === (name === 'shell')));
    if (projects.length === 0) continue;
    heading(`end to end: ${shell === 'electron-double' ? 'browser (spoor serve) and electron-double' : 'electron'}`);
    const report = at(`test-results/playwright-${shell}.json`);
    rmSync(report, { force: true });
    const args = ['test', ...flowPaths, '--reporter=list,json', ...projects.map((name) => `--project=${name}`)];
    const e2e = { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, SPOOR_TEST_SHELL: shell };
    const exit = await run(node, [at('node_modules/@playwright/test/cli.js'), ...args], { cwd: at(), env: e2e });
    const names = { browser: 'browser (spoor serve)', shell };
    for (const [project, result] of readPlaywright(readReport(report), exit, projects))
      tally.add(`end to end, ${names[project] ?? project}`, result);
  }
  if (electron.path === undefined) tally.say(`electron: not run, ${electron.why}`);
} catch (error) {
  // A set-up or build that fails is a failure of the run, and the last line says so.
  tally.add('set-up', { passed: 0, failed: 1, failures: [error instanceof Error ? error.message : String(error)] });
}

process.exitCode = tally.print() ? 0 : 1;
