import { expect, test } from 'vitest';
import { findRelated, findSteps } from '#renderer/views/findings/story.ts';
import { findings, incident, overview } from '#test/support/fake-case.ts';

const [, second, third] = findings;

test('findings of one story know each other, a finding without a story knows none', () => {
  expect(findRelated(findings, incident).map(({ id }) => id)).toEqual(['F-0002']);
  expect(third === undefined ? ['missing'] : findRelated(findings, third)).toEqual([]);
});

test('the steps are told by the incident whose evidence they are, and by no other', () => {
  expect(findSteps(overview, incident)).toEqual(overview.story);
  expect(second === undefined ? ['missing'] : findSteps(overview, second)).toEqual([]);
});

test('steps that are in nobody’s evidence are told by nobody', () => {
  expect(findSteps({ ...overview, story: [{ call: 'other.har#1', role: 'entry', text: '' }] }, incident)).toEqual([]);
});
