import { expect, test } from 'vitest';
import { likeness, shareApart, shownShare } from '#shared/engine/detectors/signals/same-work.ts';

const work = (calls: Readonly<Record<number, number>>): ReadonlyMap<number, number> =>
  new Map(Object.entries(calls).map(([id, count]) => [Number(id), count]));

test('ten endpoints, four of them used once and two twice, stand for twelve', () => {
  const ten = work({ 1: 1, 2: 1, 3: 1, 4: 1, 5: 2, 6: 2, 7: 9, 8: 9, 9: 9, 10: 9 });
  expect(shownShare(ten)).toBeCloseTo(10 / 12);
  expect(shownShare(work({}))).toBe(0);
});

test('two principals of few calls are alike with three of seven in common, two of many are not', () => {
  const few = likeness(work({ 1: 1, 2: 1, 3: 1, 4: 2, 5: 2 }), work({ 3: 1, 4: 1, 5: 2, 6: 1, 7: 1 }));
  const many = likeness(work({ 1: 50, 2: 50, 3: 50, 4: 50, 5: 50 }), work({ 3: 50, 4: 50, 5: 50, 6: 50, 7: 50 }));
  expect(many).toBeCloseTo(3 / 7);
  expect(few).toBeGreaterThan(0.6);
  expect(likeness(work({ 1: 5 }), work({ 2: 5 }))).toBe(0);
});

test('what nobody or only a colleague among twenty does is apart; of unknown work nothing is', () => {
  const customers = Array.from({ length: 19 }, () => work({ 1: 2, 2: 1 }));
  const staff = work({ 1: 8, 7: 9, 8: 3 });
  expect(shareApart(staff, [...customers, work({ 7: 5, 8: 5 })])).toBeCloseTo(12 / 20);
  expect(shareApart(work({ 1: 8, 2: 3, 9: 1 }), customers)).toBeCloseTo(1 / 12);
  expect(shareApart(work({}), customers)).toBe(0);
});
