import { expect, test } from 'vitest';
import { weekOf } from '#shared/lib/weeks.ts';

test.each([
  ['2026-10-05T00:00:00Z', '2026-10-05T00:00:00.000Z'],
  ['2026-10-11T23:59:59Z', '2026-10-05T00:00:00.000Z'],
  ['1970-01-01T00:00:00Z', '1969-12-29T00:00:00.000Z'],
])('the week of %s begins on %s', (time, monday) => {
  expect(new Date(weekOf(Date.parse(time) * 1000) / 1000).toISOString()).toBe(monday);
});
