import { expect, test } from 'vitest';
import { openNamedZone } from '#shared/lib/named-zone.ts';
import { epochMicros, printTime } from '#shared/model/units.ts';

/** What a clock that shows `wall` means, and what is odd about it. */
function settled(name: string, wall: string): string {
  const found = openNamedZone(name)?.settle(epochMicros(Date.parse(`${wall}Z`) * 1000));
  if (found === undefined) return 'no such zone';
  const { time, secondPass, isSkipped } = found;
  const again = secondPass === undefined ? '' : `, again ${String(secondPass / 60_000_000)} min later`;
  return `${printTime(time).slice(0, 16)}${again}${isSkipped === true ? ', never shown' : ''}`;
}

test.each([
  ['Europe/Brussels', '2026-07-01T12:00', '2026-07-01T10:00'],
  ['Europe/Brussels', '2026-12-01T12:00', '2026-12-01T11:00'],
  ['Europe/Brussels', '2026-10-25T01:59', '2026-10-24T23:59'],
  ['Europe/Brussels', '2026-10-25T02:00', '2026-10-25T00:00, again 60 min later'],
  ['Europe/Brussels', '2026-10-25T02:59', '2026-10-25T00:59, again 60 min later'],
  ['Europe/Brussels', '2026-10-25T03:00', '2026-10-25T02:00'],
  ['Europe/Brussels', '2026-03-29T01:59', '2026-03-29T00:59'],
  ['Europe/Brussels', '2026-03-29T02:30', '2026-03-29T01:30, never shown'],
  ['Europe/Brussels', '2026-03-29T03:00', '2026-03-29T01:00'],
  ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30, again 60 min later'],
  ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45, again 30 min later'],
  ['Asia/Kolkata', '2026-04-05T01:45', '2026-04-04T20:15'],
  ['Asia/Tokyo', '2026-10-25T02:30', '2026-10-24T17:30'],
])('in %s %s is %s', (zone, wall, expected) => {
  expect(settled(zone, wall)).toBe(expected);
});

test('a name that no zone has opens none', () => {
  expect(openNamedZone('Europe/Atlantis')).toBeUndefined();
});
