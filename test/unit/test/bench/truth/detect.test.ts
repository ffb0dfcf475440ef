import { expect, test } from 'vitest';

import type { FindingJson } from '#shared/contract/report-json.ts';
import { cleanScores, detectScores, judgeIncident } from '#test/bench/truth/detect.ts';
import type { Export } from '#test/bench/truth/export.ts';
import { oracleExport } from '#test/bench/truth/oracle.ts';
import { toRatios } from '#test/bench/truth/score.ts';
import type { IncidentTruth } from '#test/support/scenarios/core/truth.ts';
import { truthFromText } from '#test/support/truth-from-text.ts';

const theft: IncidentTruth = {
  id: 'theft',
  form: 'quiet',
  detectors: ['right'],
  principals: ['mal'],
  credentials: ['t9'],
  start: 0,
  end: 1,
};
const evidence = Array.from(
  { length: 10 },
  (_, index) => `e${String(index)}  kong#${String(index + 1)}  mal/t9  s1  GET api.test/x  of evidence theft`,
);
const truth = truthFromText(
  `${evidence.join('\n')}
  c   kong#11  mal/t9   s1  GET api.test/x  of context theft
  n1  kong#12  anna/t1  s2  GET api.test/x
  n2  kong#13  anna/t1  s2  GET api.test/x  of trap sale`,
  { incidents: [theft] },
);
const oracle = oracleExport(truth);

/** The oracle's finding, changed, holding these lines of the log. */
function finding(lines: readonly number[], more: Partial<FindingJson> = {}): FindingJson {
  const [first] = oracle.report.findings;
  if (first === undefined) throw new RangeError('the oracle has no finding');
  return { ...first, calls: lines.map((line) => `evidence/kong.jsonl#${String(line)}`), ...more };
}
const say = (...findings: readonly FindingJson[]): Export => ({ ...oracle, report: { ...oracle.report, findings } });
const ratios = (...findings: readonly FindingJson[]) => toRatios(detectScores(truth, say(...findings)));

test('a fifth of the evidence is enough, less is not', () => {
  expect(ratios(finding([1, 2]))).toMatchObject({
    'recall.quiet': 1,
    'evidence.recall': 0.2,
    'evidence.precision': 1,
    class: 1,
    principal: 1,
    credential: 1,
  });
  expect(ratios(finding([1]))).toMatchObject({ 'recall.quiet': 0 });
});

test('findings of posture and below medium are no alarms', () => {
  expect(ratios(finding([1, 2, 3], { family: 'posture' }), finding([1, 2, 3], { severity: 'low' }))).toMatchObject({ 'recall.quiet': 0 });
});

test('context is neutral, calls of others cost precision', () => {
  expect(ratios(finding([1, 2, 3, 11, 12]))).toMatchObject({ 'evidence.precision': 3 / 4, 'evidence.recall': 3 / 10 });
});

test('the class is that of the first finding about it, which need not be the first of all', () => {
  const other = finding([12, 13], { id: 'other', detector: 'other', principals: ['anna', 'x', 'y'], credentials: [] });
  const about = finding([1, 2, 3], { detector: 'wrong' });
  expect(ratios(other, about)).toMatchObject({ class: 0, 'first-rank': 0, principal: 0, credential: 1, findings: 1 });
  expect(judgeIncident(truth, say(other, about), theft)).toMatchObject({ rank: 2, recalled: true, detectors: ['wrong'] });
});

test('several findings about one incident are counted and read together', () => {
  expect(ratios(finding([1, 2, 3]), finding([4, 5], { detector: 'also' }))).toMatchObject({ findings: 2, 'evidence.recall': 0.5 });
});

test('the lag is the time of the logs from the first evidence to the alarm', () => {
  expect(judgeIncident(truth, say(finding([1, 2], { detectedAt: '1970-01-01T00:30:00.000000Z' })), theft).minutes).toBe(30);
});

test('where nothing happened every alarm is false, and a trap is named', () => {
  const { scores, alarms } = cleanScores(truth, say(finding([13], { detector: 'burst' })));
  expect(scores['false-per-million']).toEqual({ sum: 1e6, of: 13 });
  expect(alarms).toMatchObject([{ detector: 'burst', trap: 'sale' }]);
  const lessImported = { ...say(finding([13])), calls: [] };
  expect(cleanScores(truth, lessImported).scores['false-per-million']).toEqual({ sum: 1e6, of: 13 });
});

test('a credential that no record shows need not be named', () => {
  const hidden = truthFromText('e  kong#1=  mal/t9  s1  GET api.test/x  of evidence theft', { incidents: [theft] });
  expect(toRatios(detectScores(hidden, oracleExport(hidden)))).toMatchObject({ principal: 1, 'recall.quiet': 1 });
  expect(toRatios(detectScores(hidden, oracleExport(hidden)))).not.toHaveProperty('credential');
});

const crowd = truthFromText(
  `${evidence.join('\n')}
  ${Array.from({ length: 91 }, (_, index) => `n${String(index)}  kong#${String(index + 11)}  p${String(index)}/t1${String(index)}  s2  GET api.test/x`).join('\n')}`,
  { incidents: [theft] },
);
const linesTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1);

test('an alarm over everybody is about no incident, however much of its evidence it holds', () => {
  const net = (last: number) => ({ ...oracleExport(crowd), report: { ...oracleExport(crowd).report, findings: [finding(linesTo(last))] } });
  expect(toRatios(detectScores(crowd, net(100)))).toMatchObject({ 'recall.quiet': 1, 'evidence.precision': 0.1 });
  expect(toRatios(detectScores(crowd, net(101)))).toMatchObject({ 'recall.quiet': 0, 'evidence.recall': 0 });
});

test('a name that the guilty share with a crowd accuses nobody', () => {
  const known = oracleExport(crowd);
  const calls = known.calls.map((call) => ({ ...call, principal: 'all', credential: 'any' }));
  const findings = [finding([1, 2, 3], { principals: ['all'], credentials: ['any'] })];
  const said = { report: { ...known.report, findings }, calls };
  expect(toRatios(detectScores(crowd, said))).toMatchObject({ 'recall.quiet': 1, principal: 0, credential: 0 });
});

test('what stands on a finding that holds too little of the incident is right for nobody', () => {
  const [found, missed] = [ratios(finding([1, 2])), ratios(finding([1]))];
  expect(found).toMatchObject({ class: 1, 'class.of-all': 1, 'principal.of-all': 1, 'credential.of-all': 1 });
  expect(missed).toMatchObject({ 'class.of-all': 0, 'principal.of-all': 0, 'credential.of-all': 0 });
  expect(missed).not.toHaveProperty('class');
  expect(detectScores(truth, say(finding([1])))['class']).toEqual({ sum: 0, of: 0 });
});
