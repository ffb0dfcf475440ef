import { expect, test } from 'vitest';
import { likelyZone, zoneOf } from '#shared/model/likely-zone.ts';

test.each([
  [120, 120],
  [115.6, 120],
  [-238, -240],
  [344, 345],
  [3, 0],
  [20, undefined],
  [900, undefined],
])('a log whose stamps lie %s minutes ahead was written in the zone of %s', (ahead, zone) => {
  expect(zoneOf(ahead)).toBe(zone);
});

test('a zone is named as the command line takes it, for sources whose zone was assumed alone', () => {
  const timezone = 'assumed UTC';
  expect(likelyZone({ timezone, clockAheadMs: 6_937_000 })).toBe('+02:00');
  expect(likelyZone({ timezone, clockAheadMs: -12_600_000 })).toBe('-03:30');
  expect(likelyZone({ timezone, clockAheadMs: 263_000 })).toBeUndefined();
  expect(likelyZone({ timezone })).toBeUndefined();
  expect(likelyZone({ timezone: 'in the data', clockAheadMs: 7_200_000 })).toBeUndefined();
});
