import { expect, test } from 'vitest';
import { zoneOffset } from '#shared/engine/jobs/zone.ts';

test.each([
  ['UTC', 0],
  ['z', 0],
  ['+02:00', 120],
  ['-0330', -210],
  ['+5', 300],
])('%s is %d minutes east of UTC', (zone, minutes) => {
  expect(zoneOffset(zone)).toBe(minutes);
});

test.each(['Mars/Olympus', '+99:00', '2', '', '+2:0:0'])('%j is refused by name', (zone) => {
  expect(() => zoneOffset(zone)).toThrow('is not a time zone');
});
