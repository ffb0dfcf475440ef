/** The quality benches on a small scenario through the engine: every measure gives a number, and the laws of the measures hold. No gate. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { nodePorts } from '#electron/node/ports.ts';
import { openForWriting } from '#electron/node/sqlite.ts';
import { createEngine } from '#shared/engine/index.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { chainScores } from '#test/bench/truth/chains.ts';
import { classifyScores } from '#test/bench/truth/classify.ts';
import { detectScores } from '#test/bench/truth/detect.ts';
import { emptyExport, readExport, type Export } from '#test/bench/truth/export.ts';
import { identityScores } from '#test/bench/truth/identity.ts';
import { loadTruth, type Truth } from '#test/bench/truth/load.ts';
import { oracleExport } from '#test/bench/truth/oracle.ts';
import { toRatios, type Scores } from '#test/bench/truth/score.ts';
import { templateScores } from '#test/bench/truth/templates.ts';
import { fixedCrypto } from '#test/support/case.ts';
import { playScenario } from '#test/support/scenarios/index.ts';

const BENCHES: readonly (readonly [name: string, score: (truth: Truth, exported: Export) => Scores])[] = [
  ['chains', chainScores],
  ['templates', templateScores],
  ['identity', identityScores],
  ['classify', classifyScores],
  ['detect', detectScores],
];
/** Measures that count errors: the oracle has none. */
const ERRORS: ReadonlySet<string> = new Set(['calibration.error', 'merged', 'split']);
/** Import and analysis on a busy machine. Units: ms. */
const PATIENCE = 120_000;
const LEAST_CALLS = 100;

const folder = mkdtempSync(join(tmpdir(), 'spoor-benches-'));
const context = { signal: new AbortController().signal, progress: () => undefined };
let truth: Truth;
let exported: Export;

beforeAll(async () => {
  playScenario({ world: 'shop', seed: '1', days: 0.5, scale: 0.1, folder, incidents: [{ id: 'enumeration', form: 'loud' }] });
  const path = join(folder, 'shop.spoor');
  const db = openForWriting(path, true);
  migrateCase(db, path, fixedCrypto, '');
  const engine = createEngine(db, { ...nodePorts('0.0.0'), crypto: fixedCrypto }, () => undefined);
  await engine['case.import']({ paths: [{ path: join(folder, 'evidence') }] }, context);
  await engine['case.analyze']({}, context);
  const [report, calls] = [join(folder, 'report.json'), join(folder, 'calls.ndjson')];
  await engine['report.write']({ format: 'json', path: report }, context);
  await engine['query.write']({ query: '*', format: 'ndjson', path: calls }, context);
  db.close();
  truth = loadTruth(folder);
  exported = readExport(report, calls);
}, PATIENCE);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('the calls of the export are those of the truth', () => {
  expect(exported.calls.length).toBeGreaterThan(LEAST_CALLS);
  expect(Math.abs(exported.calls.length - truth.recordsOf.size)).toBeLessThan(truth.recordsOf.size / 100);
});

for (const [name, score] of BENCHES) {
  test(`${name}: every measure of the product is a number from 0 to 1, or a count`, () => {
    const ratios = Object.entries(toRatios(score(truth, exported)));
    expect(ratios.length).toBeGreaterThan(1);
    for (const [id, value] of ratios) {
      expect(value, id).toBeGreaterThanOrEqual(0);
      if (id !== 'findings') expect(value, id).toBeLessThanOrEqual(1);
    }
  });

  test(`${name}: who knows everything has 1 and no errors, who says nothing has 0`, () => {
    for (const [id, value] of Object.entries(toRatios(score(truth, oracleExport(truth)))))
      expect(value, id).toBeCloseTo(ERRORS.has(id) ? 0 : 1, 12);
    for (const [id, value] of Object.entries(toRatios(score(truth, emptyExport)))) expect(value, id).toBe(0);
  });
}
