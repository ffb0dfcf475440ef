import { expect, test } from 'vitest';
import { parseGoDuration } from '#shared/lib/go-duration.ts';

test.each([
  ['4.529µs', 0.004529],
  ['4.529\u03BCs', 0.004529],
  ['247ms', 247],
  ['1m2.5s', 62_500],
  ['1h0m0s', 3_600_000],
  ['0s', 0],
])('%s is %d ms', (text, ms) => {
  expect(parseGoDuration(text)).toBeCloseTo(ms, 9);
});

test.each(['', '-1s', '5', 's', '1 s', '1s x', '1s'.repeat(40)])('%j is no length of time', (text) => {
  expect(parseGoDuration(text)).toBeUndefined();
});
