import { expect, test } from 'vitest';
import { durationText, toDurationParts } from '#shared/lib/duration.ts';

test.each([
  [0, '0 seconds'],
  [0.2, 'less than a second'],
  [12, '12 seconds'],
  [61, '1 minute 1 second'],
  [3725, '1 hour 2 minutes'],
  [129_600, '1 day 12 hours'],
  [94_608_000, '3 years'],
])('%d seconds are said as %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test.each([
  [59.7, '1 m'],
  [3599.8, '1 h'],
  [86_399, '1 d'],
  [35 * 3600 + 59 * 60, '1 d 12 h'],
  [365 * 86_400 - 1, '1 y'],
])('%d seconds round up into the next unit: %s', (seconds, text) => {
  expect(
    toDurationParts(seconds)
      .map(({ count, sign }) => `${String(count)} ${sign}`)
      .join(' '),
  ).toBe(text);
});
