import { expect, test } from 'vitest';
import { chanceText } from '#shared/model/chance.ts';

test('a chance says what was rare, against what, and that it decides nothing', () => {
  const text = chanceText({ p: 0.012345, q: 0.2, day: '2026-10-02T00:00:00.000000Z', peers: 1200, rarest: '412 different objects, among days of its kind', rarestP: 1.234e-7 }); // prettier-ignore
  expect(text).toContain('2026-10-02, has a chance of 0.012 (p)');
  expect(text).toContain('1,200 days of principals of its kind');
  expect(text).toContain('412 different objects, among days of its kind (1.2e-7)');
  expect(text).toContain('false discoveries of 0.2 (q)');
});
