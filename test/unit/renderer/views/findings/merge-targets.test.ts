import { expect, test } from 'vitest';
import type { FindingJson } from '#shared/contract/report-json.ts';
import { mergeTargets } from '#renderer/views/findings/merge-targets.ts';
import { findings } from '#test/support/fake-case.ts';

function named(id: string, more: Partial<FindingJson> = {}): FindingJson {
  const [finding] = findings;
  if (finding === undefined) throw new Error('the fake case has findings');
  return { ...finding, id, story: '', ...more };
}

test('findings of the same story come first, parts of others and itself are left out', () => {
  const one = named('one', { story: 'bot' });
  const all = [named('two'), one, named('three', { story: 'bot' }), named('four', { mergedInto: 'two' })];
  expect(mergeTargets(all, one).map(({ id }) => id)).toEqual(['three', 'two']);
});

test('a finding that has parts cannot become one', () => {
  const whole = named('one', { merged: ['two'] });
  expect(mergeTargets([whole, named('three')], whole)).toEqual([]);
});
