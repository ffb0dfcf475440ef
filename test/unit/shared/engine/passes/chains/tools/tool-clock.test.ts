import { expect, test } from 'vitest';

import { shiftOf } from '#shared/engine/passes/chains/tools/tool-clock.ts';

/** Ten calls that begin 30 ms into a tool's 300 ms and last 100 ms, in a log whose clock is off. Units: µs. */
const pairs = (off: number): (readonly [number, number])[] =>
  Array.from({ length: 10 }, (_, place) => [-30_000 - place * 100 - off, 170_000 - place * 100 - off]);

test('a log whose calls lie within those of the tools is left as it is', () => {
  expect(shiftOf(pairs(0))).toBe(0);
  expect(shiftOf(pairs(-20_000))).toBe(0);
});

test('a log that is late is moved by as little as lets its calls fit', () => {
  const shift = shiftOf(pairs(400_000));
  expect(shift).toBeLessThan(-229_000);
  expect(shift).toBeGreaterThan(-235_000);
});

test('one that is early is moved the other way', () => {
  const shift = shiftOf(pairs(-400_000));
  expect(shift).toBeGreaterThan(365_000);
  expect(shift).toBeLessThan(372_000);
});

test('calls all over the time set no clock, nor do few', () => {
  const scattered = Array.from({ length: 20 }, (_, place) => [place * 900_000 - 9_000_000, place * 900_000 - 8_800_000] as const);
  expect(shiftOf(scattered)).toBe(0);
  expect(shiftOf(pairs(400_000).slice(0, 5))).toBe(0);
});
