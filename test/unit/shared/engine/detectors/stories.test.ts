import { expect, test } from 'vitest';
import type { FindingDraft } from '#shared/engine/detectors/detector.ts';
import { joinStories, type Told } from '#shared/engine/detectors/stories.ts';

const MINUTE = 60_000_000;
const told = (opening: string, principal: number, from: number, to: number): Told => {
  const draft: FindingDraft = {
    subject: opening,
    title: opening,
    severity: { base: 'medium', steps: [] },
    confidence: 'inferred',
    score: 0.5,
    principals: [principal],
    credentials: [],
    endpoints: [],
    chains: [],
    calls: [],
    observed: {},
    expected: {},
    benignTested: [],
    remediation: [],
  };
  return { draft, isIncident: true, opening, window: [from * MINUTE, to * MINUTE] };
};

test('findings of one principal within half an hour are one story', () => {
  expect(joinStories([told('a', 1, 0, 10), told('b', 1, 35, 40)])).toEqual(['a', 'a']);
});

test('the same principal a day later, and another principal at the same time, have stories of their own', () => {
  expect(joinStories([told('a', 1, 0, 10), told('b', 1, 1440, 1450), told('c', 2, 0, 10)])).toEqual(['a', 'b', 'c']);
});
