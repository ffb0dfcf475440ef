import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { chainScores } from '#test/bench/truth/chains.ts';
import { classifyScores } from '#test/bench/truth/classify.ts';
import { detectScores } from '#test/bench/truth/detect.ts';
import { emptyExport, type Export } from '#test/bench/truth/export.ts';
import { identityScores } from '#test/bench/truth/identity.ts';
import { loadTruth } from '#test/bench/truth/load.ts';
import { oracleExport } from '#test/bench/truth/oracle.ts';
import { toRatios } from '#test/bench/truth/score.ts';
import { templateScores } from '#test/bench/truth/templates.ts';
import { makeScenario } from '#test/support/scenarios/core/scenario.ts';
import { source } from '#test/support/scenarios/core/source.ts';
import { incidents } from '#test/support/scenarios/incidents/index.ts';
import { traps } from '#test/support/scenarios/traps/index.ts';
import { worlds } from '#test/support/scenarios/worlds/index.ts';
import { agentHar } from '#test/support/scenarios/writers/har.ts';

const MEASURES = { chainScores, templateScores, identityScores, classifyScores, detectScores };
/** 0 is best. */
const ERRORS: ReadonlySet<string> = new Set(['calibration.error', 'merged', 'split']);

const folder = mkdtempSync(join(tmpdir(), 'spoor-oracle-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

// Traffic between services is recorded as well, some of it without ids.
const inner = source('mesh/inner.har', agentHar, ({ hop }) => hop === 'inner', { withoutIds: 0.2 });
const FORMS = ['loud', 'quiet'] as const;

/** Each world in both forms, each time with another incident. */
const scenes = worlds.flatMap((world, place) =>
  FORMS.map((form, index) => {
    const incident = incidents[(place * FORMS.length + index) % incidents.length];
    if (incident === undefined) throw new RangeError('no incident');
    const own = join(folder, `${world.id}-${form}`);
    makeScenario({
      world: { ...world, sources: [...world.sources, inner] },
      seed: 'oracle',
      days: 0.5,
      scale: 0.1,
      incidents: [{ incident, form }],
      traps,
      documents: {},
      folder: own,
    });
    return { name: `${world.id}, ${incident.id} ${form}`, truth: loadTruth(own) };
  }),
);
const truth = scenes[0]?.truth;
if (truth === undefined) throw new RangeError('no world');
const oracle = oracleExport(truth);

describe.each(scenes)('$name', ({ truth: known }) => {
  const exported = oracleExport(known);

  test.each(Object.entries(MEASURES))('who knows everything scores 1 in every measure of %s, and 0 in what counts errors', (_, measure) => {
    const ratios = Object.entries(toRatios(measure(known, exported)));
    expect(ratios.length).toBeGreaterThan(3);
    for (const [id, value] of ratios) expect(value, id).toBeCloseTo(ERRORS.has(id) ? 0 : 1, 12);
  });

  test.each(Object.entries(MEASURES))('who says nothing scores 0 in every measure of %s', (_, measure) => {
    const ratios = Object.entries(toRatios(measure(known, emptyExport)));
    expect(ratios.length).toBeGreaterThan(2);
    for (const [id, value] of ratios) expect(value, id).toBe(0);
  });
});

test('a tenth of the edges less is a tenth of the recall less, and nothing else', () => {
  let place = 0;
  const chains = oracle.report.chains.map((chain) => ({
    ...chain,
    edges: chain.edges.filter(({ kind }) => kind !== 'trace' || (place += 1) % 10 !== 0),
  }));
  const said: Export = { ...oracle, report: { ...oracle.report, chains } };
  const ratios = toRatios(chainScores(truth, said));
  expect(ratios['edges.recall']).toBeCloseTo(0.9, 1);
  expect(ratios).toMatchObject({ 'edges.precision': 1, 'value.recall': 1, 'same.f1': 1, 'sessions.f1': 1 });
});

test('chains that are cut in two keep their precision', () => {
  const said: Export = {
    ...oracle,
    calls: oracle.calls.map((call, index) => ({ ...call, chain: `${call.chain ?? ''}/${String(index % 2)}` })),
  };
  const ratios = toRatios(chainScores(truth, said));
  expect(ratios['sessions.precision']).toBe(1);
  expect(ratios['sessions.recall']).toBeLessThan(0.8);
});

test('a finding with half of the evidence has half of the recall', () => {
  const findings = oracle.report.findings.map((finding) => ({ ...finding, calls: finding.calls.slice(0, finding.calls.length / 2) }));
  const ratios = toRatios(detectScores(truth, { ...oracle, report: { ...oracle.report, findings } }));
  expect(ratios['evidence.recall']).toBeCloseTo(0.5, 1);
  expect(ratios).toMatchObject({ 'recall.loud': 1, 'evidence.precision': 1 });
});
