import { expect, test } from 'vitest';
import { readZone } from '#shared/engine/jobs/zone.ts';

test.each([
  ['UTC', 0],
  ['z', 0],
  ['+02:00', 120],
  ['-0330', -210],
  ['+5', 300],
])('%s is %d minutes east of UTC', (zone, minutes) => {
  expect(readZone(zone)).toEqual({ offsetMinutes: minutes });
});

test.each(['Europe/Brussels', 'america/new_york'])('%s is a zone with changes of the clock', (zone) => {
  expect(readZone(zone)).toMatchObject({ offsetMinutes: 0, named: { name: zone } });
});

test.each(['Mars/Olympus', '+99:00', '2', '', '+2:0:0'])('%j is refused by name', (zone) => {
  expect(() => readZone(zone)).toThrow('is not a time zone; give UTC, an offset such as +02:00 or a name such as Europe/Brussels');
});

test('a city alone is refused with the name that it has', () => {
  expect(() => readZone('new york')).toThrow('which may be America/New_York');
});
