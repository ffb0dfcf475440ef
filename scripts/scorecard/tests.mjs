// What the runner's report says of the tests that rows are counted from.

/**
 * The tests of a report in vitest's JSON: `{ title, status, file }`. A file that failed without a test that did (it could not be read, or what
 * stands before its tests threw, which leaves them skipped) is a failed test itself, so that no row counts it as good.
 */
export const testsOf = ({ testResults }) =>
  testResults.flatMap(({ name, status, assertionResults }) => {
    const file = name.replaceAll('\\', '/');
    const tests = assertionResults.map((each) => ({ ...each, file }));
    const isToldOf = status !== 'failed' || tests.some((each) => each.status === 'failed');
    return isToldOf ? tests : [...tests, { title: 'the file itself', status: 'failed', file }];
  });

export const passed = (tests) => tests.filter(({ status }) => status === 'passed').length;
export const failed = (tests) => tests.filter(({ status }) => status === 'failed').length;

/** True when some ran and all that ran passed: a test that was skipped shows nothing. */
export const isGood = (tests) => passed(tests) > 0 && failed(tests) === 0;

/** True when all of them ran and passed: for rows whose figure is in the title of one that may not be left out. */
export const isWhole = (tests) => tests.length > 0 && passed(tests) === tests.length;

/** True when there are such tests and none of them could run here. */
export const skipped = (tests) => tests.length > 0 && passed(tests) + failed(tests) === 0;
