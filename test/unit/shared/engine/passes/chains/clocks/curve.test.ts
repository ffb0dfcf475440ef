import { expect, test } from 'vitest';
import { numberAt } from '#shared/lib/numbers.ts';
import { findCurves, offsetAt, type ClockCurve } from '#shared/engine/passes/chains/clocks/curve.ts';
import type { ClockSeeds } from '#shared/engine/passes/chains/clocks/stretches.ts';

const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;

/** Seeds every minute, one true difference and one of chance each, of so many paths. */
function seedsOf(hours: number, trueAt: (time: number, minute: number) => number, paths = 9): ClockSeeds {
  const [times, differences, owners]: [number[], number[], number[]] = [[], [], []];
  let state = 11;
  for (let minute = 0; minute < hours * 60; minute += 1) {
    const time = minute * 60 * SECOND;
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    for (const difference of [trueAt(time, minute), (state % (120 * SECOND)) - 60 * SECOND]) {
      times.push(time);
      differences.push(difference);
      owners.push(minute);
    }
  }
  return {
    times: Float64Array.from(times),
    differences: Float64Array.from(differences),
    owners: Float64Array.from(owners),
    labels: Float64Array.from(owners, (minute) => minute % paths),
    reach: 60 * SECOND,
  };
}

test('one offset stands out among differences of chance', () => {
  const [curve, ...others] = findCurves(
    seedsOf(4, () => 14.5 * SECOND),
    8,
  );
  expect(others).toEqual([]);
  expect(offsetAt(curve ?? { times: [], offsets: [], support: 0, spread: 0 }, HOUR)).toBeCloseTo(14.5 * SECOND, -3);
});

/** How far a curve is from the truth at some hours, at most. Units: µs. */
function worstAt(curve: ClockCurve | undefined, hours: readonly number[], trueAt: (time: number) => number): number {
  return Math.max(...hours.map((hour) => (curve === undefined ? Infinity : Math.abs(offsetAt(curve, hour * HOUR) - trueAt(hour * HOUR)))));
}

test('a clock that drifts by half a second an hour is followed from the first call to the last', () => {
  const drift = (time: number): number => -2 * SECOND + (time / HOUR) * 500_000;
  const [curve] = findCurves(
    seedsOf(3.5, (time, minute) => drift(time) + (minute % 7) * 1_000),
    8,
  );
  expect(worstAt(curve, [0, 0.4, 1.02, 2, 2.9, 3.45], drift)).toBeLessThan(12_000);
  expect(curve?.spread).toBeLessThan(4_000);
});

test('a clock that drifts is followed over a night without calls', () => {
  const drift = (time: number): number => (time / HOUR) * 400_000;
  const isNight = (minute: number): boolean => minute >= 150 && minute < 150 + 11 * 60;
  const all = seedsOf(16, drift);
  const kept = [...all.times.keys()].filter((place) => !isNight(numberAt(all.owners, place)));
  const pick = (list: Float64Array): Float64Array => Float64Array.from(kept, (place) => numberAt(list, place));
  const curves = findCurves(
    { ...all, times: pick(all.times), differences: pick(all.differences), owners: pick(all.owners), labels: pick(all.labels) },
    8,
  );
  expect(curves).toHaveLength(1);
  expect(worstAt(curves[0], [0.1, 2.4, 13.6, 15.9], drift)).toBeLessThan(5_000);
});

test('what was measured for half an hour is not continued for hours', () => {
  const [curve] = findCurves(
    seedsOf(0.5, (time) => (time / HOUR) * 600_000),
    8,
  );
  expect(worstAt(curve, [24], () => 0)).toBeLessThan(600_000);
});

test('a clock that drifts is followed over a day', () => {
  const [curve] = findCurves(
    seedsOf(24, (time) => Math.round((time / HOUR) * 60_000)),
    8,
  );
  for (const hour of [2, 12, 22])
    expect(Math.abs(offsetAt(curve ?? { times: [], offsets: [], support: 0, spread: 0 }, hour * HOUR) - hour * 60_000)).toBeLessThan(3_000);
});

test('two clocks behind one log are two curves', () => {
  const curves = findCurves(
    seedsOf(6, (_, minute) => (minute % 2 === 0 ? 40_000 : -14 * SECOND)),
    8,
  );
  expect(curves.map(({ offsets }) => Math.round((offsets[0] ?? 0) / 1000)).sort((a, b) => a - b)).toEqual([-14_000, 40]);
});

test('differences of chance alone are no clock', () => {
  expect(
    findCurves(
      seedsOf(6, (_, minute) => ((minute * 7_919_393) % 120) * SECOND - 60 * SECOND),
      8,
    ),
  ).toEqual([]);
});

test('too few seeds are no clock', () => {
  const one = Float64Array.of(0);
  expect(findCurves({ times: one, differences: one, owners: one, labels: one, reach: 60 * SECOND }, 3)).toEqual([]);
});

test('one poll beside another at a fixed beat is no clock', () => {
  expect(
    findCurves(
      seedsOf(6, () => 3 * SECOND, 1),
      8,
    ),
  ).toEqual([]);
});
