import { expect, test } from 'vitest';
import { isZoneName, toLocalTime } from '#renderer/widgets/local-time.ts';

test('the hour that a clock passes twice is told apart by the offset', () => {
  expect(toLocalTime('2026-10-25T00:30:00.500000Z', 'Europe/Amsterdam')).toBe('2026-10-25 02:30:00.500 +02:00');
  expect(toLocalTime('2026-10-25T01:30:00.500000Z', 'Europe/Amsterdam')).toBe('2026-10-25 02:30:00.500 +01:00');
});

test('midnight is hour 00 of the new day, and a zone on UTC says so', () => {
  expect(toLocalTime('2026-03-02T18:30:00.000000Z', 'Asia/Kolkata')).toBe('2026-03-03 00:00:00.000 +05:30');
  expect(toLocalTime('2026-03-02T18:30:00.000000Z', 'UTC')).toBe('2026-03-02 18:30:00.000 +00:00');
});

test('what is no time stays as it stands, and what is no zone is known as such', () => {
  expect(toLocalTime('unknown', 'Europe/Amsterdam')).toBe('unknown');
  expect(isZoneName('America/New_York')).toBe(true);
  expect(isZoneName('Mars/Olympus')).toBe(false);
});
