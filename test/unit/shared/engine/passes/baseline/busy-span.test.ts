import { expect, test } from 'vitest';
import { busySpan, busyTimes } from '#shared/engine/passes/baseline/busy-span.ts';

const week = (from: number, calls = 60): [number, number][] => Array.from({ length: 168 }, (_, at) => [from + at, calls]);
const [Y2001, Y2026, Y2099] = [271_752, 490_896, 1_130_784];

test.each<[string, [number, number][], object | undefined]>([
  ['a week', week(Y2026), { from: Y2026, to: Y2026 + 167, aside: 0 }],
  ['a week and a clock that was reset', [[Y2001, 1], ...week(Y2026)], { from: Y2026, to: Y2026 + 167, aside: 1 }],
  ['a week, a reset clock and one that runs ahead', [[Y2001, 1], [Y2099, 2], ...week(Y2026)], { from: Y2026, to: Y2026 + 167, aside: 3 }],
  ['a quiet month before the week', [[Y2026 - 720, 1], ...week(Y2026)], { from: Y2026 - 720, to: Y2026 + 167, aside: 0 }],
  ['two weeks far apart', [...week(Y2001), ...week(Y2026)], { from: Y2001, to: Y2026 + 167, aside: 0 }],
  ['one call', [[Y2026, 1]], { from: Y2026, to: Y2026, aside: 0 }],
  ['nothing', [], undefined],
])('%s', (_what, calls, span) => {
  expect(busySpan(new Map(calls))).toEqual(span);
}); // prettier-ignore

test('the first and the last time are those of the busy span, to the microsecond', () => {
  const HOUR = 3_600_000_000;
  const times = Array.from({ length: 300 }, (_, at) => (Y2026 + at) * HOUR + 7);
  expect(busyTimes([Y2001 * HOUR, ...times])).toEqual({ start: Y2026 * HOUR, end: (Y2026 + 299) * HOUR + 7 });
  expect(busyTimes(times)).toEqual({ start: times[0], end: times.at(-1) });
});
