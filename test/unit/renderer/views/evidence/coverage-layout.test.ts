import { expect, test } from 'vitest';
import { layoutStrip, levelOf, listGaps, listStretches, startOf } from '#renderer/views/evidence/coverage-layout.ts';

const COUNTS = [0, 3, 3, 0, 0, 1000, 0];

test('stretches are runs of slices with calls, gaps are the silences between them', () => {
  expect(listStretches(COUNTS)).toEqual([
    { from: 1, to: 3, calls: 6 },
    { from: 5, to: 6, calls: 1000 },
  ]);
  expect(listGaps(COUNTS)).toEqual([{ from: 3, to: 5 }]);
});

test('before the first and after the last call there is no gap: the source may not have been there', () => {
  expect(listGaps([0, 0, 5, 0, 0])).toEqual([]);
  expect(listGaps([])).toEqual([]);
});

test('neighbours of one level are drawn as one rectangle, a silence as a line', () => {
  const { levels, gaps } = layoutStrip(COUNTS, 16);
  expect(levels).toEqual(['M1 0h2v16h-2z', '', '', 'M5 0h1v16h-1z']);
  expect(gaps).toBe('M3 8H5');
});

test('one call beside a million still has a level of its own', () => {
  expect([levelOf(0, 1e6), levelOf(1, 1e6), levelOf(900, 1e6), levelOf(1e6, 1e6)]).toEqual([0, 1, 2, 4]);
});

test('the end of the last slice is known too', () => {
  const coverage = { binSeconds: 1800, starts: ['2026-10-01T09:00:00.000000Z', '2026-10-01T09:30:00.000000Z'], sources: [], again: [] };
  expect(startOf(coverage, 1)).toBe('2026-10-01T09:30:00.000000Z');
  expect(startOf(coverage, 2)).toBe('2026-10-01T10:00:00.000000Z');
});
