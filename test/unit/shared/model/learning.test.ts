import { expect, test } from 'vitest';
import { findLearntIncidents, learntWords } from '#shared/model/learning.ts';

const BASELINE = ['2026-09-14T00:00:00Z', '2026-09-14T20:00:00Z'] as const;
const incident = (first: string, last: string, more: object = {}) =>
  ({ family: 'incident', severity: 'high', status: 'suggested', window: [first, last], ...more }) as const;

test('an incident that begins before the time of learning ends was learnt', () => {
  const theft = incident('2026-09-14T19:23:41Z', '2026-09-14T20:43:00Z');
  expect(findLearntIncidents([theft], BASELINE)).toEqual({ findings: 1, first: '2026-09-14T19:23:41Z' });
  expect(learntWords({ findings: 1, first: '' }, '2026-09-14 19:23 UTC')).toMatch(
    /^One finding of an incident lies in the time .* first from 2026-09-14 19:23 UTC\./,
  );
});

test('posture, notes, what was dismissed and what came later were not', () => {
  const inside = ['2026-09-14T19:00:00Z', '2026-09-14T19:10:00Z'] as const;
  const none = [
    incident(...inside, { family: 'posture' }),
    incident(...inside, { severity: 'low' }),
    incident(...inside, { status: 'dismissed' }),
    incident('2026-09-14T20:00:01Z', '2026-09-14T20:10:00Z'),
  ];
  expect(findLearntIncidents(none, BASELINE)).toBeUndefined();
  expect(findLearntIncidents([incident(...inside)], undefined)).toBeUndefined();
});
