import { describe, expect, test } from 'vitest';
import { LEFT, layoutActivity, splitBin } from '#renderer/charts/time/activity-layout.ts';
import type { Activity } from '#shared/contract/rows.ts';

const BARS = 84;

/** Slices of an hour from a picture: `9 4 0 0 0 1` are the calls of each. */
function activityOf(picture: string): Activity {
  const bins = picture.split(' ').map((calls, index) => ({
    start: new Date(Date.UTC(2026, 9, 1, index)).toISOString(),
    calls: Number(calls),
    failed: 0,
    inFindings: 0,
  }));
  return { window: ['2026-10-01T00:00:00.000000Z', '2026-10-02T00:00:00.000000Z'], binSeconds: 3600, bins };
}

describe('the picture of activity', () => {
  test('a slice splits into parts that add up, a failed call of a finding counted once', () => {
    expect(splitBin({ start: '', calls: 10, failed: 4, inFindings: 7 })).toEqual({ finding: 7, failed: 3, ok: 0 });
    expect(splitBin({ start: '', calls: 10, failed: 2, inFindings: 3 })).toEqual({ finding: 3, failed: 2, ok: 5 });
  });

  test('bars stand on the baseline and the highest fills the height', () => {
    const { bars } = layoutActivity(activityOf('10 5'), LEFT + 200, BARS);
    const [high, low] = bars.map((bar) => bar.parts[0]);
    expect((high?.y ?? 0) + (high?.height ?? 0)).toBe(BARS);
    expect(high?.height).toBe(80);
    expect(low?.height).toBe(40);
  });

  test('a single call beside a million is still seen', () => {
    const { bars } = layoutActivity(activityOf('1000000 1'), LEFT + 200, BARS);
    expect(bars[1]?.parts[0]?.height).toBe(1.5);
  });

  test('three empty slices or more are a gap, one quiet slice is not', () => {
    const { gaps, slice } = layoutActivity(activityOf('3 0 3 0 0 0 3'), LEFT + 700, BARS);
    expect(slice).toBe(100);
    expect(gaps).toEqual([{ x: LEFT + 300, width: 300 }]);
  });

  test('labels of time name the day where it begins and stay apart', () => {
    const { times } = layoutActivity(activityOf(Array.from({ length: 48 }, () => '1').join(' ')), LEFT + 800, BARS);
    expect(times[0]?.text).toBe('2026-10-01');
    expect(times.map(({ text }) => text)).toContain('2026-10-02');
    const gaps = times.slice(1).map(({ x }, index) => x - (times[index]?.x ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(60);
  });

  test('a time has its place, and one outside of the picture stands at its edge', () => {
    const { toX } = layoutActivity(activityOf('1 1 1 1'), LEFT + 400, BARS);
    expect(toX(Date.UTC(2026, 9, 1, 1) * 1000)).toBeCloseTo(LEFT + 100, 5);
    expect([toX(0), toX(Date.UTC(2027, 0, 1) * 1000)]).toEqual([LEFT, LEFT + 400]);
  });

  test('nothing at all is a picture without bars, gaps or labels of time', () => {
    const layout = layoutActivity({ binSeconds: 60, bins: [] }, 900, BARS);
    expect(layout).toMatchObject({ bars: [], gaps: [], times: [] });
  });

  test.each([200, 300, 420, 1100])('at %i px no label of the time axis touches the next, and each new day is named', (width) => {
    const { times } = layoutActivity(activityOf(Array.from({ length: 72 }, () => '1').join(' ')), LEFT + width, BARS);
    const before = { start: 0, middle: 3, end: 6 };
    const ends = times.map(({ text, x, anchor }) => {
      const from = x - text.length * before[anchor];
      return { from, to: from + text.length * 6 };
    });
    for (const [index, { from }] of ends.entries()) expect(from).toBeGreaterThan(ends[index - 1]?.to ?? -Infinity);
    expect(times[0]?.text).toMatch(/^2026-10-0\d/);
  });
});
