import { expect, test } from 'vitest';
import { describeCoverage } from '#renderer/views/evidence/coverage-strip.tsx';

const coverage = {
  binSeconds: 3600,
  starts: Array.from({ length: 6 }, (_, hour) => `2026-10-01T0${String(hour)}:00:00.000000Z`),
  sources: [],
  again: [],
};

test('a strip is told by its ends and its longest silence', () => {
  expect(describeCoverage(coverage, { source: 'a', calls: [4, 0, 4, 0, 0, 4], untimed: 0 })).toBe(
    'Calls from 2026-10-01 00:00 to 2026-10-01 06:00 UTC; longest silence 2 h from 2026-10-01 03:00',
  );
  expect(describeCoverage(coverage, { source: 'a', calls: [0, 1, 1, 0, 0, 0], untimed: 3 })).toBe(
    'Calls from 2026-10-01 01:00 to 2026-10-01 03:00 UTC; without a silence; 3 calls without a time',
  );
});

test('a source whose calls have no time says so', () => {
  expect(describeCoverage(coverage, { source: 'a', calls: [0, 0, 0, 0, 0, 0], untimed: 2 })).toBe('2 calls without a time');
});
