import { expect, test } from 'vitest';

import { seededRandom } from '#test/support/large/random.ts';

const sample = (count: number, draw: () => number): readonly number[] => Array.from({ length: count }, draw);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('a seed gives its own values for ever', () => {
  const random = seededRandom('spoor');
  expect([random.hex(8), random.base32(6), random.int(0, 999)]).toMatchInlineSnapshot(`
    [
      "970b1edd",
      "jspfht",
      833,
    ]
  `);
});

test('drawing from a fork does not move the values of its origin', () => {
  const [left, right] = [seededRandom('s'), seededRandom('s')];
  left.fork('f').next();
  expect(left.next()).toBe(right.next());
  expect(seededRandom('s').fork('f').next()).not.toBe(seededRandom('s').fork('g').next());
});

test('whole numbers reach both ends and stay inside', () => {
  const random = seededRandom('int');
  const values = sample(2000, () => random.int(3, 6));
  expect(new Set(values)).toEqual(new Set([3, 4, 5, 6]));
});

test('hex and base 32 have the length asked for, odd ones too', () => {
  const random = seededRandom('text');
  for (const count of [0, 1, 7, 8, 9, 33]) {
    expect(random.hex(count)).toMatch(new RegExp(`^[0-9a-f]{${String(count)}}$`));
    expect(random.base32(count)).toMatch(new RegExp(`^[a-z2-7]{${String(count)}}$`));
  }
});

test('a uuid says version 4', () => {
  expect(seededRandom('uuid').uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('counts of events have the mean asked for, and values around a median lie on both sides of it', () => {
  const random = seededRandom('shape');
  expect(mean(sample(5000, () => random.poisson(3)))).toBeCloseTo(3, 0);
  const below = sample(5000, () => random.around(100, 0.4)).filter((value) => value < 100).length;
  expect(below / 5000).toBeCloseTo(0.5, 1);
});

test('picking from nothing is a mistake of the caller', () => {
  expect(() => seededRandom('none').pick([])).toThrow(RangeError);
});
