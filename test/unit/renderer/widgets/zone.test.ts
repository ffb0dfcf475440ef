import { expect, test } from 'vitest';
import { isZone } from '#renderer/widgets/zone.ts';

test('zones are UTC, an offset or a name', () => {
  expect(['', 'utc', 'Z', '+2', '+0530', '-07:00', 'Europe/Brussels', ' Asia/Tokyo '].every(isZone)).toBe(true);
  expect(['Berlin', '02:00', '+2:0', 'Europe/Atlantis'].some(isZone)).toBe(false);
});
