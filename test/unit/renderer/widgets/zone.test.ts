import { expect, test } from 'vitest';
import { isZone } from '#renderer/widgets/zone.ts';

test('zones are UTC or an offset', () => {
  expect(['', 'utc', 'Z', '+2', '+0530', '-07:00'].every(isZone)).toBe(true);
  expect(['Berlin', '02:00', '+2:0'].some(isZone)).toBe(false);
});
