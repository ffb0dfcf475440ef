import { expect, test } from 'vitest';
import { createOrderModel } from '#shared/engine/detectors/sequences/order-model.ts';

test('the usual next step is the most frequent one, of equals the lowest', () => {
  const model = createOrderModel(9);
  for (const sequence of [[1, 5], [1, 3], [1, 3], [2, 7], [2, 4]]) model.count(sequence, 1); // prettier-ignore
  expect(model.usualNext([1, 9], 1)).toBe(3);
  expect(model.usualNext([2, 9], 1)).toBe(4);
  expect(model.usualNext([8, 9], 1)).toBeUndefined();
  expect(model.usualNext([1, 9], 0)).toBeUndefined();
});

test('what was seen costs fewer bits than what was not, and taking it out again forgets it', () => {
  const model = createOrderModel(9);
  for (let times = 0; times < 20; times += 1) model.count([1, 2, 3], 1);
  const [, , known = 0] = model.bits([1, 2, 3]);
  const [, , odd = 0] = model.bits([1, 2, 8]);
  expect(known).toBeLessThan(1);
  expect(odd).toBeGreaterThan(4);
  for (let times = 0; times < 20; times += 1) model.count([1, 2, 3], -1);
  expect(model.bits([1, 2, 3])[2]).toBeGreaterThan(3);
});
