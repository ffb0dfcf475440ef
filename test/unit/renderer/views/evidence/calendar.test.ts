import { expect, test } from 'vitest';
import type { Coverage } from '#shared/contract/rows.ts';
import { countSilent, toCalendar } from '#renderer/views/evidence/calendar.ts';

/** Slices of `hours` hours from a time, with the calls of two sources. */
function coverage(start: string, hours: number, a: readonly number[], b: readonly number[], again: readonly number[] = []): Coverage {
  const at = (slice: number): string => `${new Date(Date.parse(start) + slice * hours * 3_600_000).toISOString().slice(0, -1)}000Z`;
  return {
    window: [at(0), at(a.length - 1)],
    binSeconds: hours * 3600,
    starts: a.map((_, slice) => at(slice)),
    sources: [
      { source: 'a', calls: a, untimed: 0 },
      { source: 'b', calls: b, untimed: 0 },
    ],
    again,
  };
}

test('hours of all sources are added up, by day; silence counts only between the first and the last call', () => {
  const calendar = toCalendar(coverage('2026-10-01T22:00:00Z', 1, [5, 0, 0, 2], [1, 0, 3, 0]), undefined);
  expect(calendar?.kind).toBe('hours');
  expect(calendar?.rows.map(({ label }) => label)).toEqual(['2026-10-01', '2026-10-02']);
  const told = calendar?.rows.flatMap(({ cells }) => cells.filter(({ outside }) => !outside).map(({ from, calls }) => `${from.slice(5, 13)} ${String(calls)}`));
  expect(told).toEqual(['10-01T22 6', '10-01T23 0', '10-02T00 3', '10-02T01 2']);
  expect(calendar === undefined ? undefined : countSilent(calendar)).toBe(1);
}); // prettier-ignore

test('a call that two sources show is counted once, and where only another sighting stands it is not silent', () => {
  const seenTwice = coverage('2026-10-01T22:00:00Z', 1, [5, 0, 0, 2], [1, 0, 3, 0], [1, 0, 3, 0]);
  const cells = toCalendar(seenTwice, undefined)?.rows.flatMap((row) => row.cells.filter(({ outside }) => !outside));
  expect(cells?.map(({ calls, silent }) => (silent ? 'silent' : calls))).toEqual([5, 'silent', 0, 2]);
  expect(
    toCalendar(seenTwice, 'b')
      ?.rows.flatMap(({ cells: own }) => own.map(({ calls }) => calls))
      .filter(Boolean),
  ).toEqual([1, 3]);
});

test('one source is shown alone, on the time of the case', () => {
  const calendar = toCalendar(coverage('2026-10-01T22:00:00Z', 1, [5, 0, 0, 2], [1, 0, 3, 0]), 'b');
  expect(calendar === undefined ? undefined : countSilent(calendar)).toBe(2);
});

test('slices that are coarser than an hour make weeks of days', () => {
  // 2026-10-01 is a Thursday.
  const calendar = toCalendar(coverage('2026-10-01T00:00:00Z', 12, [1, 1, 0, 0, 4], [0, 0, 0, 0, 0]), undefined);
  expect(calendar?.rows.map(({ label }) => label)).toEqual(['2026-09-28']);
  expect(calendar?.rows[0]?.cells.map(({ calls }) => calls)).toEqual([0, 0, 0, 2, 0, 4, 0]);
});

test('without a time, or with slices of more than a day, there is no calendar', () => {
  expect(toCalendar({ binSeconds: 0, starts: [], sources: [], again: [] }, undefined)).toBeUndefined();
  expect(toCalendar(coverage('2026-10-01T00:00:00Z', 48, [1], [1]), undefined)).toBeUndefined();
});
