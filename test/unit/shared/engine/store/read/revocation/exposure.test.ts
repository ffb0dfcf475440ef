import { expect, test } from 'vitest';
import { longestExposure } from '#shared/engine/store/read/revocation/exposure.ts';

const YEAR = 365 * 86_400_000;
const finding = (id: string, story: string, from: number, to: number) => ({ id, story, from, to });

test('two incidents that are years apart are not one exposure', () => {
  const findings = [finding('injection:1', '', 0, 60_000), finding('burst:1', '', 8 * YEAR, 8 * YEAR + 5_000)];
  expect(longestExposure(findings)).toBe(60_000);
});

test('findings of one story are one exposure, from the first call of any to the last call of any', () => {
  const findings = [
    finding('bola:1', 'northmarket', 1_000, 5_000),
    finding('theft:1', 'northmarket', 9_000, 12_000),
    finding('burst:1', '', 0, 2_000),
  ];
  expect(longestExposure(findings)).toBe(11_000);
});

test('without a time nothing is said', () => {
  expect(longestExposure([{ id: 'burst:1', story: '' }])).toBeUndefined();
  expect(longestExposure([])).toBeUndefined();
});
