import { expect, test } from 'vitest';
import { createSampler } from '#shared/lib/even-sample.ts';

test('of each bucket those of the lowest order are taken, whatever order they come in', () => {
  const take = (ids: readonly number[]): readonly number[] => {
    const sampler = createSampler(100);
    for (const id of ids) sampler.offer('a', 2, { id, order: 100 - id });
    return sampler.take();
  };
  const ids = Array.from({ length: 50 }, (_, index) => index + 1);
  expect(take(ids)).toEqual([49, 50]);
  expect(take([...ids].reverse())).toEqual([49, 50]);
});

test('where that is too many in all, each bucket gives fewer', () => {
  const sampler = createSampler(4);
  for (const bucket of ['a', 'b']) for (let id = 1; id <= 9; id += 1) sampler.offer(bucket, 9, { id: bucket === 'a' ? id : id + 100, order: id });
  expect(sampler.take()).toEqual([1, 2, 101, 102]);
}); // prettier-ignore
