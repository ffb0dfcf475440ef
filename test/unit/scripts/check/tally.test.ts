import { describe, expect, test } from 'vitest';
import { createTally, readPlaywright, readVitest } from '../../../../scripts/check/tally.mjs';

interface Result {
  readonly passed: number;
  readonly failed: number;
  readonly skipped?: readonly string[];
  readonly failures?: readonly string[];
}

const unitFile = (statuses: readonly string[], status = 'passed'): object => ({
  name: '/somewhere/test/unit/a.test.ts',
  status,
  message: 'SyntaxError: here',
  assertionResults: statuses.map((each, index) => ({ status: each, fullName: `sentence ${index}` })),
});
const unitReport = (files: readonly object[], passed: number, failed: number): object => ({
  numPassedTests: passed,
  numFailedTests: failed,
  testResults: files,
});
const flow = (status: string, project = 'browser', annotations: readonly object[] = []): object => ({
  title: `a ${status} flow`,
  tests: [{ status, projectName: project, annotations }],
});
const results = (report: object, exit: number, projects: readonly string[]): ReadonlyMap<string, Result> =>
  new Map(readPlaywright(report, exit, projects));

describe('reading vitest', () => {
  test('counts what the runner counted', () => {
    expect(readVitest(unitReport([unitFile(['passed', 'passed'])], 2, 0), 0)).toMatchObject({ passed: 2, failed: 0 });
  });

  test('a run without a report or without a test has failed', () => {
    expect(readVitest(undefined, 0)).toMatchObject({ passed: 0, failed: 1 });
    expect(readVitest(unitReport([], 0, 0), 0)).toMatchObject({ passed: 0, failed: 1 });
  });

  test('a file that did not load counts as a failure though none of its tests failed', () => {
    const report = unitReport([unitFile(['passed']), unitFile([], 'failed')], 1, 0);
    expect(readVitest(report, 1)).toMatchObject({ passed: 1, failed: 1, failures: ['test/unit/a.test.ts: SyntaxError: here'] });
  });

  test('a crash that no test shows is seen in the exit code', () => {
    expect(readVitest(unitReport([unitFile(['passed'])], 1, 0), 134)).toMatchObject({ passed: 1, failed: 1 });
  });

  test('a skipped test is named, and neither passed nor failed', () => {
    const result = readVitest(unitReport([unitFile(['passed', 'skipped'])], 1, 0), 0);
    expect(result).toMatchObject({ passed: 1, failed: 0 });
    expect(result.skipped).toEqual(['test/unit/a.test.ts: sentence 1 (skipped)']);
  });
});

describe('reading Playwright', () => {
  const report = (specs: readonly object[]): object => ({ suites: [{ title: 'calls.spec.ts', specs }], errors: [] });

  test('counts each project by itself', () => {
    const read = results(report([flow('expected'), flow('expected', 'shell'), flow('unexpected', 'shell')]), 1, ['browser', 'shell']);
    expect(read.get('browser')).toMatchObject({ passed: 1, failed: 0 });
    expect(read.get('shell')).toMatchObject({ passed: 1, failed: 1, failures: ['calls.spec.ts > a unexpected flow'] });
  });

  test('a flow that needed a second try is named, and the fifth such flow has failed', () => {
    const name = 'calls.spec.ts > a flaky flow';
    const flaky = (count: number): object => report(Array.from({ length: count }, () => flow('flaky')));
    expect(results(flaky(2), 0, ['browser']).get('browser')).toMatchObject({ passed: 2, failed: 0, again: [name, name] });
    expect(results(flaky(5), 0, ['browser']).get('browser')).toMatchObject({ passed: 4, failed: 1, failures: [name] });
  });

  test('a project that ran nothing has failed', () => {
    expect(results(report([flow('expected')]), 0, ['browser', 'shell']).get('shell')).toMatchObject({ passed: 0, failed: 1 });
  });

  test('a skipped flow says why', () => {
    const skipped = flow('skipped', 'browser', [{ type: 'skip', description: 'no PDF here' }]);
    expect(results(report([flow('expected'), skipped]), 0, ['browser']).get('browser')?.skipped).toEqual([
      'calls.spec.ts > a skipped flow (no PDF here)',
    ]);
  });
});

test('the tally adds up and passes only without a failure', () => {
  const lines: unknown[] = [];
  const log = console.log;
  console.log = (line: unknown) => void lines.push(line);
  try {
    const good = createTally();
    good.add('check', { passed: 4, failed: 0 });
    expect(good.print()).toBe(true);
    const bad = createTally();
    bad.add('check', { passed: 4, failed: 0 });
    bad.add('unit', { passed: 2, failed: 1, failures: ['x'] });
    expect(bad.print()).toBe(false);
  } finally {
    console.log = log;
  }
  expect(lines.map((line) => String(line).split('\n').at(-1))).toEqual(['4 passed, 0 failed', '6 passed, 1 failed']);
});
