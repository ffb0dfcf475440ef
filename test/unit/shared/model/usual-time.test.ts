import { expect, test } from 'vitest';
import { isSlower } from '#shared/model/usual-time.ts';

const usual = { endpoint: 'GET api.test/a', timed: 20, medianMs: 40, p90Ms: 100 };

test.each([
  [201, usual, true],
  [200, usual, false],
  [undefined, usual, false],
  [5000, undefined, false],
  [5000, { ...usual, timed: 19 }, false],
  [21, { ...usual, p90Ms: 2 }, false],
  [22, { ...usual, p90Ms: 2 }, true],
])('a call of %s ms beside %j: slower than expected is %s', (took, beside, expected) => {
  expect(isSlower(took, beside)).toBe(expected);
});
