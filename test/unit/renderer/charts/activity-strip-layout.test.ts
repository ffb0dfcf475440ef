import { expect, test } from 'vitest';
import { layoutStrip, STRIP_BARS, STRIP_LEFT } from '#renderer/charts/activity-strip-layout.ts';
import type { Activity } from '#shared/contract/rows.ts';

const start = Date.UTC(2026, 9, 1);
const activity = (counts: readonly number[]): Activity => ({
  binSeconds: 3600,
  bins: counts.map((calls, index) => ({
    start: new Date(start + index * 3_600_000).toISOString(),
    calls,
    failed: Math.min(1, calls),
    inFindings: calls > 8 ? 4 : 0,
  })),
});

test('the parts of a bar add up and the highest fills the strip', () => {
  const [, high] = layoutStrip(activity([2, 10]), 200).bars;
  expect((high?.finding ?? 0) + (high?.failed ?? 0) + (high?.ok ?? 0)).toBeCloseTo(STRIP_BARS - 4, 5);
});

test('a silence of three slices is a gap, a shorter one is not', () => {
  const { gaps } = layoutStrip(activity([1, 0, 0, 1, 0, 0, 0, 1]), STRIP_LEFT + 80);
  expect(gaps).toEqual([{ x: STRIP_LEFT + 40, width: 30 }]);
});

test('a place on the strip and its time are inverse', () => {
  const layout = layoutStrip(activity([1, 1, 1, 1]), 400);
  expect(layout.toTime(STRIP_LEFT)).toBe(start * 1000);
  expect(layout.toX(layout.toTime(200))).toBeCloseTo(200, 2);
});
