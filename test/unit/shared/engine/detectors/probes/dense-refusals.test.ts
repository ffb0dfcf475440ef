import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDense } from '#shared/engine/detectors/probes/dense-refusals.ts';

const sorted = (times: readonly number[]): Float64Array => Float64Array.from(times).sort();

test('eight refusals in a row are dense, and so are those between as many other calls', () => {
  const refused = [1, 2, 3, 4, 5, 6, 7, 8];
  expect(isDense(sorted(refused), sorted(refused), 8, 0.5)).toBe(true);
  expect(isDense(sorted([...refused, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 0, 9]), sorted(refused), 8, 0.5)).toBe(true);
  expect(isDense(sorted([...refused, ...Array.from({ length: 9 }, (_, at) => 3 + at / 10)]), sorted(refused), 8, 0.5)).toBe(false);
  expect(isDense(sorted(refused.slice(1)), sorted(refused.slice(1)), 8, 0.5)).toBe(false);
});

test('it finds what trying every stretch finds', () => {
  const marks = fc.array(fc.boolean(), { maxLength: 60 });
  fc.assert(
    fc.property(marks, fc.constantFrom(2, 3, 8), fc.constantFrom(0.5, 0.75), (isRefused, least, share) => {
      const all = isRefused.map((_, at) => at);
      const refused = all.filter((at) => isRefused[at]);
      const everyStretch = refused.some((from, first) =>
        refused.some((to, last) => last - first + 1 >= least && last - first + 1 >= share * (to - from + 1)),
      );
      expect(isDense(sorted(all), sorted(refused), least, share)).toBe(everyStretch);
    }),
    { numRuns: 300 },
  );
});
