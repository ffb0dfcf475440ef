import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { sortIndices } from '#shared/lib/sort-indices.ts';

const sorted = async (values: readonly number[]): Promise<readonly number[]> => {
  const order = Uint32Array.from(values, (_, index) => index);
  await sortIndices(
    order,
    (a, b) => (values[a] ?? 0) - (values[b] ?? 0),
    () => Promise.resolve(),
  );
  return [...order];
};

test('indices come out as the built-in stable sort would give them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 500 }), async (values) => {
      const expected = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
      expect(await sorted(values)).toEqual(expected);
    }),
  );
});

test('it lets other work in', async () => {
  let pauses = 0;
  const order = Uint32Array.from({ length: 200_000 }, (_, index) => index);
  await sortIndices(
    order,
    (a, b) => b - a,
    () => {
      pauses += 1;
      return Promise.resolve();
    },
  );
  expect(order[0]).toBe(199_999);
  expect(pauses).toBeGreaterThan(10);
});
