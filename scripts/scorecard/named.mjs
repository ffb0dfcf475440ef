// The rows that come from tests by name: each counted from the report of the runner.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { at } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';
import { failed, isGood, isWhole, passed, skipped, testsOf } from './tests.mjs';
import { ensureElectron } from '../setup/electron.mjs';

/** Besides every test that tries an attack. */
const SUITES = ['importers', 'corpus', 'bad-input', 'disk-full', 'small-disk', 'planted-secrets', 'no-network', 'older', 'fuzz', 'power', 'electron-checklist', 'vectors'].map(
  (name) => `test/conformance/${name}`,
); // prettier-ignore
const OTHERS = ['test/unit/electron/main', 'test/unit/shared/engine/importers/read/csv', 'test/unit/shared/lib/visible-text', 'test/unit/shared/query/regex', 'test/unit/electron/node/engine/host', 'test/unit/electron/node/workbench', 'test/unit/shared/engine/store/open.test', 'test/unit/scripts/check/fuses']; // prettier-ignore

/** Titles of the tests about cases that can only be read, are open elsewhere, were cut, or come of a newer Spoor. */
const GUARDS = [
  'a case beside which nothing can be written opens for reading only',
  'that nobody may write answers queries',
  'cannot be opened by a second writer',
  'that another Spoor has open opens for reading only',
  'row 80: a case cut',
  'a case of a later version is refused',
];

/** Runs the suites; gives how many passed and failed among those whose file or title holds a text. Shape: `undefined` when the runner gave no report. */
async function runSuites(env) {
  const report = at('test-results/scorecard.json');
  rmSync(report, { force: true });
  await capture(
    process.execPath,
    [at('node_modules/vitest/vitest.mjs'), 'run', '.exploit.test', ...SUITES, ...OTHERS, '--reporter=json', `--outputFile.json=${report}`],
    { cwd: at(), env: { ...env, SPOOR_EVERY_VECTOR: '1', SPOOR_EVERY_POINT: '1' } },
  );
  if (!existsSync(report)) return undefined;
  return testsOf(JSON.parse(readFileSync(report, 'utf8')));
}

/** What of the checklist only Electron's own binary shows: `npm test` runs the flows in it where it starts. */
async function addOnlyElectron(card) {
  const { electronChecklist } = await import(pathToFileURL(at('test/support/trust/electron-checklist.ts')).href);
  const { path, why } = await ensureElectron(process.execPath);
  for (const { item, onlyBinary } of electronChecklist.filter((each) => each.onlyBinary !== undefined))
    card.add(`Electron checklist, item ${item} in its binary`, path === undefined ? why : `${onlyBinary}: seen by nobody yet`, onlyBinary);
}

export async function addNamed(card, env) {
  const tests = await runSuites(env);
  if (tests === undefined) {
    card.add('tests by name', 'the runner gave no report', '1,500', false);
    return 1;
  }
  const inFile = (part) => tests.filter(({ file }) => file.includes(part));

  const rows = inFile('bad-input-rows').filter(({ title }) => title.startsWith('row '));
  const attacks = [...inFile('.exploit.test'), ...inFile('conformance/bad-inputs')];
  const laws = [...inFile('conformance/importers'), ...inFile('conformance/corpus')];
  const named = [...attacks, ...laws];
  card.add('bad inputs: rows of the table with tests', `${passed(rows)} of 90`, '90 of 90', passed(rows) === 90);
  card.add(
    'bad inputs and attacks by name',
    `${passed(attacks)}, and ${passed(laws)} laws over fixtures; ${failed(named)} not as expected`,
    '1,500, all as expected',
    passed(named) >= 1500 && failed(named) === 0,
  );
  const cases = inFile('open.exploit');
  // The other 2,000 are changed by the fuzzer.
  card.add('hostile case files', `${passed(cases)} by name, ${failed(cases)} not refused`, '50', passed(cases) >= 50 && isGood(cases));
  const older = [...inFile('older-cases'), ...inFile('older-files')];
  card.add('cases of earlier schemas', `${passed(older)} tests, ${failed(older)} failed`, 'every schema opens', isWhole(older));
  const tampering = attacks.find(({ title }) => title.includes('tamperings are found'));
  card.add(
    'tamperings found with an anchor',
    tampering?.status === 'passed' ? /\d+ of \d+/.exec(tampering.title)?.[0] : 'not all',
    '500 of 500',
    tampering?.status === 'passed' && tampering.title.includes('500 of 500'),
  );
  const secrets = inFile('planted-secrets');
  const [, count = '0', places = '0'] = secrets.map(({ title }) => /^(\d+) secrets stand in (\d+) places/.exec(title)).find(Boolean) ?? [];
  card.add(
    'planted secrets that leaked, at rest / in exports',
    isWhole(secrets) ? `0 / 0 of ${count} in ${places} places` : 'some',
    '0 / 0',
    isWhole(secrets) && Number(count) > 0,
  );
  const vectors = inFile('conformance/vectors');
  const figures = /^\d+ vectors in \d+ fields/.exec(vectors[0]?.title ?? '')?.[0] ?? 'not run';
  card.add(
    'attacks × fields of the printed report',
    `${figures}, ${isWhole(vectors) ? 0 : 'some'} executed`,
    '3,000 × 60, 0',
    isWhole(vectors) && parseInt(figures, 10) >= 3000,
  );
  const full = inFile('disk-full');
  const points = Number(/(\d+) points/.exec(full[0]?.title ?? '')?.[1] ?? 0);
  card.add('disk-full points survived', isWhole(full) ? points : 'failed', 100, isWhole(full) && points >= 100);
  const small = inFile('small-disk');
  const [, deeds = '', real = '0'] = /: (\S*) at (\d+) points/.exec(small[0]?.title ?? '') ?? [];
  card.add(
    'disk-full points on a real small disk',
    skipped(small)
      ? 'no disk can be mounted here (unshare -rm)'
      : isGood(small)
        ? `${real} of ${deeds}, for ${small.length === 2 ? 'plain and encrypted cases each' : 'plain cases'}`
        : 'failed',
    '12 of import,analysis,export',
    skipped(small) ? undefined : isGood(small) && Number(real) >= 12,
  );
  const guarded = tests.filter(({ title }) => GUARDS.some((part) => title.includes(part)));
  card.add(
    'read-only place, second process, cut case, newer case',
    `${passed(guarded)} tests, ${failed(guarded)} failed`,
    `${GUARDS.length}, 0`,
    passed(guarded) >= GUARDS.length && failed(guarded) === 0,
  );
  const checklist = inFile('electron-checklist').filter(({ title }) => title.startsWith('item '));
  card.add(
    'Electron checklist, in source and stand-in',
    `${passed(checklist)} of 20`,
    '20 of 20',
    passed(checklist) === 20 && isGood(inFile('electron/main')),
  );
  await addOnlyElectron(card);
  const network = inFile('no-network');
  card.add(
    'no network, command line',
    skipped(network)
      ? 'no network namespaces here'
      : isGood(network)
        ? '0 attempts; the control was caught'
        : 'something was tried, or the control missed',
    '0 attempts',
    skipped(network) ? undefined : isGood(network),
  );
  const wrong = failed(tests);
  for (const { file, title } of tests.filter(({ status }) => status === 'failed'))
    console.log(`  failed: ${file.slice(at().length + 1)}: ${title}`);
  return wrong;
}
