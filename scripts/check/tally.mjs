/** Adds up what the runners themselves report; the last line of a run comes from here. */
export const createTally = () => {
  let passed = 0;
  let failed = 0;
  const notes = [];
  return {
    add(name, result) {
      passed += result.passed;
      failed += result.failed;
      notes.push(`${name}: ${result.passed} passed, ${result.failed} failed`);
      for (const skipped of result.skipped ?? []) notes.push(`  skipped: ${skipped}`);
      for (const again of result.again ?? []) notes.push(`  passed only on its second try: ${again}`);
      for (const failure of result.failures ?? []) notes.push(`  failed: ${failure}`);
    },
    say: (line) => notes.push(line),
    print() {
      console.log(`\n${notes.join('\n')}\n${passed} passed, ${failed} failed`);
      return failed === 0;
    },
  };
};

/** A runner that ran nothing, or wrote no report, has failed: silence is no success. */
const ranNothing = (why) => ({ passed: 0, failed: 1, failures: [why] });

/** Reads vitest's JSON report. `exit` is the runner's exit code: a crash outside any test shows only there. */
export function readVitest(report, exit) {
  if (report === undefined) return ranNothing('vitest wrote no report');
  const result = { passed: report.numPassedTests, failed: report.numFailedTests, skipped: [], failures: [] };
  for (const file of report.testResults) {
    const name = file.name.replace(/^.*\/test\//, 'test/');
    if (file.status === 'failed' && file.assertionResults.every((each) => each.status !== 'failed')) {
      result.failed += 1;
      result.failures.push(`${name}: ${(file.message ?? 'did not run').split('\n')[0]}`);
    }
    for (const each of file.assertionResults) {
      if (each.status === 'failed') result.failures.push(`${name}: ${each.fullName}`);
      if (['skipped', 'pending', 'todo', 'disabled'].includes(each.status))
        result.skipped.push(`${name}: ${each.fullName} (${each.meta?.reason ?? each.status})`);
    }
  }
  if (result.passed + result.failed === 0) return ranNothing('vitest ran no test');
  if (exit !== 0 && result.failed === 0)
    return { ...result, failed: 1, failures: [`vitest ended with exit code ${exit} though no test failed`] };
  return result;
}

/** Flows of one project that may need a second try, of some two hundred: a busy machine stops a few, a fault of ours more. */
const SECOND_TRIES = 4;

/** Reads Playwright's JSON report, per project. A flow that passed on its second try is named as such; more than a few of them have failed. */
export function readPlaywright(report, exit, projects) {
  if (report === undefined) return [['Playwright', ranNothing('Playwright wrote no report')]];
  const byProject = new Map(projects.map((name) => [name, { passed: 0, failed: 0, skipped: [], failures: [], again: [] }]));
  const visit = (suite, trail) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const into = byProject.get(test.projectName);
        const name = [...trail, spec.title].join(' > ');
        if (test.status === 'expected') into.passed += 1;
        else if (test.status === 'flaky' && into.again.length < SECOND_TRIES) {
          into.passed += 1;
          into.again.push(name);
        } else if (test.status === 'skipped')
          into.skipped.push(`${name} (${test.annotations.find((each) => each.type === 'skip')?.description ?? 'no reason given'})`);
        else {
          into.failed += 1;
          into.failures.push(name);
        }
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, inner.title === suite.title ? trail : [...trail, inner.title]);
  };
  for (const suite of report.suites) visit(suite, [suite.title]);
  const results = [...byProject].map(([name, result]) => [
    name,
    result.passed + result.failed === 0 ? ranNothing(`Playwright ran no test in "${name}"`) : result,
  ]);
  for (const error of report.errors ?? [])
    results.push(['Playwright', { passed: 0, failed: 1, failures: [(error.message ?? 'an error outside any test').split('\n')[0]] }]);
  if (exit !== 0 && results.every(([, result]) => result.failed === 0))
    results.push(['Playwright', ranNothing(`ended with exit code ${exit} though no test failed`)]);
  return results;
}
