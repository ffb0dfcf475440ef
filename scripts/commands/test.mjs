// Everything: checks, unit and conformance tests, end-to-end tests in the browser and in the desktop shell.
// The last line is `N passed, N failed`, added up from the runners' own reports.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { runChecks } from '../check/steps.mjs';
import { createTally, readPlaywright, readVitest } from '../check/tally.mjs';
import { at } from '../lib/paths.mjs';
import { childEnv, run } from '../lib/run.mjs';
import { ensureBuild } from '../setup/build.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { ensureElectron } from '../setup/electron.mjs';

const node = process.execPath;
const tally = createTally();
const readReport = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);
const heading = (text) => console.log(`\n=== ${text}`);

const chromium = await ensureChromium();
const electron = await ensureElectron(node);
const env = childEnv(node, { TZ: 'UTC', LC_ALL: 'C.UTF-8', CHROMIUM_PATH: chromium });
mkdirSync(at('test-results'), { recursive: true });

heading('build');
await ensureBuild();

heading('check');
tally.add('check', await runChecks());

heading('unit and conformance');
const vitestReport = at('test-results/vitest.json');
rmSync(vitestReport, { force: true });
const vitestArgs = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${vitestReport}`];
const vitestExit = await run(node, [at('node_modules/vitest/vitest.mjs'), ...vitestArgs], { cwd: at(), env });
tally.add('unit and conformance', readVitest(readReport(vitestReport), vitestExit));

// The same shell specs run in the stand-in always, and in Electron itself wherever its binary is there.
const shells = electron.path === undefined ? ['electron-double'] : ['electron-double', 'electron'];
for (const shell of shells) {
  const projects = shell === 'electron-double' ? ['browser', 'shell'] : ['shell'];
  heading(`end to end: ${shell === 'electron-double' ? 'browser (spoor serve) and electron-double' : 'electron'}`);
  const report = at(`test-results/playwright-${shell}.json`);
  rmSync(report, { force: true });
  const args = ['test', '--reporter=list,json', ...projects.map((name) => `--project=${name}`)];
  const e2e = { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, SPOOR_TEST_SHELL: shell };
  const exit = await run(node, [at('node_modules/@playwright/test/cli.js'), ...args], { cwd: at(), env: e2e });
  const names = { browser: 'browser (spoor serve)', shell };
  for (const [project, result] of readPlaywright(readReport(report), exit, projects))
    tally.add(`end to end, ${names[project] ?? project}`, result);
}
if (electron.path === undefined) tally.say(`electron: not run, binary absent (${electron.why})`);

process.exitCode = tally.print() ? 0 : 1;
