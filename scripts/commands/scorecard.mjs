// `npm run scorecard [-- FUZZ_SECONDS [KILLS]]`: the promises of SECURITY.md as numbers, each from a run that happens now.
// What this machine cannot run is printed so. Longer runs: `npm run scorecard -- 3600 1000`.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuseProblems } from '../check/fuses.mjs';
import { at } from '../lib/paths.mjs';
import { capture, childEnv } from '../lib/run.mjs';
import { ensureBuild } from '../setup/build.mjs';
import { ensureChromium } from '../setup/chromium.mjs';

const [seconds = '120', kills = '40'] = process.argv.slice(2);
const node = process.execPath;
const SUITES = ['test/conformance/importers.test.ts', 'test/conformance/corpus.test.ts', 'test/conformance/disk-full.test.ts',
  'test/conformance/planted-secrets.test.ts', 'test/conformance/no-network.test.ts', 'test/conformance/older-cases.test.ts', 'test/conformance/fuzz.test.ts']; // prettier-ignore

const rows = [];
const add = (what, got, target, ok) => rows.push([what, String(got), String(target), ok === undefined ? 'not run' : ok ? 'ok' : 'BELOW']);
const say = (line) => console.log(line);

await ensureBuild();
const env = childEnv(node, { TZ: 'UTC', LC_ALL: 'C.UTF-8', CHROMIUM_PATH: await ensureChromium() });
mkdirSync(at('test-results'), { recursive: true });

say('tests by name …');
const report = at('test-results/scorecard.json');
rmSync(report, { force: true });
// Of the unit tests those that try an attack; the other suites whole.
await capture(
  node,
  [at('node_modules/vitest/vitest.mjs'), 'run', '.exploit.test', ...SUITES, '--reporter=json', `--outputFile.json=${report}`],
  { cwd: at(), env },
);
const files = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : [];
const testsIn = (part) =>
  files.filter(({ name }) => name.replaceAll('\\', '/').includes(part)).flatMap(({ assertionResults }) => assertionResults);
const passed = (tests) => tests.filter(({ status }) => status === 'passed').length;
const failed = (tests) => tests.filter(({ status }) => status === 'failed').length;
const isGood = (part) => testsIn(part).length > 0 && failed(testsIn(part)) === 0;
const attacks = testsIn('.exploit.test');
const laws = [...testsIn('conformance/importers'), ...testsIn('conformance/corpus')];
const named = passed(attacks) + passed(laws);
add(
  'attacks and bad inputs by name',
  `${passed(attacks)} + ${passed(laws)} laws over fixtures`,
  '1,500, all as expected',
  named >= 1500 && failed(attacks) + failed(laws) === 0,
);
const older = testsIn('conformance/older-cases');
add('schemas of earlier versions that open', passed(older), 'every one', isGood('conformance/older-cases'));
const tampering = attacks.find(({ title }) => title.includes('tamperings are found'));
add(
  'tamperings found with an anchor',
  tampering?.status === 'passed' ? '500 of 500' : 'not all',
  '500 of 500',
  tampering?.status === 'passed',
);
add('secrets planted that leaked', isGood('planted-secrets') ? '0 of 500, 2 names not promised' : 'some', '0', isGood('planted-secrets'));
add('disk-full points', isGood('disk-full') ? 12 : 'failed', 100, false);

say(`changed inputs for ${seconds} s …`);
const fuzz = await capture(node, [at('test/support/fuzz/run.ts'), seconds, 'scorecard'], { cwd: at(), env });
const [, inputs = '0', crashes = '?'] = /(\d+) inputs over .*: (\d+) crashes/.exec(fuzz.text) ?? [];
add('changed inputs survived', `${inputs}, ${crashes} crashes`, '60,000, 0', Number(inputs) >= 60_000 && crashes === '0');
add('fuzzing time', `${(Number(seconds) / 3600).toFixed(2)} h`, '24 h', Number(seconds) >= 86_400);

say(`${kills} kills of imports, ${kills} of analysis, notes and exports …`);
const kill = await capture(node, [at('test/support/kill/run.ts'), '20', kills, 'scorecard'], { cwd: at(), env });
const [, deaths = '0', killed = '0', wrong = '?'] = /(\d+) deaths at statements, (\d+) kills: (\d+) rounds/.exec(kill.text) ?? [];
add(
  'kills survived',
  `${killed} and ${deaths} deaths at statements, ${wrong} wrong`,
  '1,000, 0 (Linux)',
  Number(killed) >= 1000 && wrong === '0',
);

say('the screens in a network that leads nowhere …');
const network = testsIn('no-network');
add(
  'no network, command line',
  network.some(({ status }) => status === 'passed') ? 'nothing tried; the control was caught' : 'no namespaces here',
  'nothing',
  passed(network) > 0 ? isGood('no-network') : undefined,
);
const folder = mkdtempSync(join(tmpdir(), 'spoor-scorecard-'));
const shell = 'ip link set lo up && exec "$@"';
const flow = await capture(
  'unshare',
  ['-rn', '--', 'sh', '-c', shell, 'sh', node, at('test/support/network/flow.ts'), join(folder, 'trace')],
  { cwd: at(), env, timeout: 300_000 },
).catch((error) => ({ code: 1, text: String(error) }));
rmSync(folder, { recursive: true, force: true });
const screens = /\d+ screens, .*/.exec(flow.text)?.[0];
add('no network, screens', screens ?? 'cannot be run here', '0 attempts', screens === undefined ? undefined : flow.code === 0);

const packed = existsSync(at('dist'))
  ? readdirSync(at('dist'), { recursive: true })
      .map(String)
      .find((path) => /unpacked[\\/](spoor|Spoor\.exe)$|MacOS[\\/]Spoor$/.test(path))
  : undefined;
const fuses = packed === undefined ? undefined : fuseProblems(readFileSync(at('dist', packed)));
add(
  'fuses of the packaged app',
  fuses === undefined ? 'no packaged app in dist/' : fuses.length === 0 ? 'all as promised' : fuses.join('; '),
  '9 of 9',
  fuses === undefined ? undefined : fuses.length === 0,
);
add('power-loss points', 'needs a file system that loses writes', '300');
add('network, 24 h idle', 'not part of this run', '0');

const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column].length)));
say('');
for (const row of [['', 'now', 'target', ''], ...rows])
  say(
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
const broken = failed(attacks) + failed(laws) + (crashes === '0' ? 0 : 1) + (wrong === '0' ? 0 : 1);
say(
  `\n${rows.filter((row) => row[3] === 'ok').length} reached, ${rows.filter((row) => row[3] === 'BELOW').length} below, ${rows.filter((row) => row[3] === 'not run').length} not run`,
);
process.exitCode = broken === 0 ? 0 : 1;
