import { expect, test } from 'vitest';

import { heightAt, resistantLine } from '#shared/lib/resistant-line.ts';

const steps = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

test('points on a line give the line', () => {
  const line = resistantLine(
    steps(9),
    steps(9).map((step) => 4 + 3 * step),
  );
  expect([line.slope, heightAt(line, 0), heightAt(line, 20)]).toEqual([3, 4, 64]);
});

test('wild points do not turn it', () => {
  const values = steps(30).map((step) => (step % 4 === 1 ? 900 - step * 70 : 2 * step));
  const line = resistantLine(steps(30), values);
  expect(Math.abs(line.slope - 2)).toBeLessThan(0.5);
  expect(Math.abs(heightAt(line, 15) - 30)).toBeLessThan(3);
});

test('a rise that scatter would give by itself is none', () => {
  const line = resistantLine(
    steps(30),
    steps(30).map((step) => ((step * 7) % 11) + step / 100),
  );
  expect(line.slope).toBe(0);
});

test('few points give their median, level', () => {
  expect(resistantLine(steps(5), [1, 2, 40, 4, 5])).toEqual({ at: 2, height: 4, slope: 0 });
});
