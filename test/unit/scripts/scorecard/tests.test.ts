import { expect, test } from 'vitest';
import { failed, isGood, isWhole, passed, skipped, testsOf } from '../../../../scripts/scorecard/tests.mjs';

const told = (...states: readonly string[]): ReturnType<typeof testsOf> =>
  testsOf({ testResults: [{ name: 'C:\\a.test.ts', status: states.includes('failed') ? 'failed' : 'passed', assertionResults: states.map((status) => ({ title: 'a', status })) }] }); // prettier-ignore

test('tests that passed are good, and one that failed is not', () => {
  expect([isGood(told('passed', 'passed')), isWhole(told('passed', 'passed'))]).toEqual([true, true]);
  expect([isGood(told('passed', 'failed')), isWhole(told('passed', 'failed'))]).toEqual([false, false]);
  expect(told('passed')[0]?.file).toBe('C:/a.test.ts');
});

test('tests that were skipped show nothing: a row claims no pass without a run', () => {
  expect([isGood(told('skipped')), isWhole(told('passed', 'skipped')), skipped(told('skipped')), isGood(told())]).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect(skipped(told())).toBe(false);
});

test('a file whose tests could not even begin is a failed test', () => {
  const broken = testsOf({
    testResults: [
      { name: '/b.test.ts', status: 'failed', assertionResults: [{ title: 'none stands in the case', status: 'skipped' }] },
      { name: '/c.test.ts', status: 'failed', assertionResults: [] },
    ],
  });
  expect([passed(broken), failed(broken), isGood(broken), skipped(broken)]).toEqual([0, 2, false, false]);
});
