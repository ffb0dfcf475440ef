import { expect, test } from 'vitest';
import { learnRates, type HourCounts } from '#shared/engine/passes/signals/rates.ts';

const DAYS = 3;
/** Ten calls at nine o'clock of every day. */
const atNine = (principal: number, calls = 10): HourCounts => ({
  principal,
  group: 'human',
  counts: new Map(Array.from({ length: DAYS }, (_, day) => [day * 24 + 9, calls])),
});

test('the hour of the day is expected as on other days, other hours by the shape of the peers', () => {
  const own = atNine(1);
  const model = learnRates([own, atNine(2), atNine(3)], DAYS);
  expect(model.expected(own, 24 + 9)).toBeGreaterThan(5);
  expect(model.expected(own, 24 + 3)).toBeLessThan(2);
});

test('the day in question is left out, so that an incident is not its own excuse', () => {
  const own: HourCounts = { principal: 1, group: 'human', counts: new Map([[24 + 3, 500]]) };
  const model = learnRates([own, atNine(2), atNine(3)], DAYS);
  expect(model.expected(own, 24 + 3)).toBeLessThan(2);
  expect(model.surprise(own, 24 + 3, 500)).toBeGreaterThan(6);
});

test('a newcomer that does what its peers do at this hour surprises little', () => {
  const fresh: HourCounts = { principal: 9, group: 'human', counts: new Map([[9, 4]]) };
  const model = learnRates([fresh, atNine(2), atNine(3)], DAYS);
  expect(model.surprise(fresh, 9, 4)).toBeLessThan(4);
});
