import { expect, test } from 'vitest';

import { twoAtATime } from '#test/bench/truth/play.ts';

test('results stand in the order of the items, whichever is ready first', async () => {
  const later = (value: number): Promise<number> =>
    value === 1 ? new Promise((resolve) => setImmediate(() => resolve(value))) : Promise.resolve(value);
  expect(await twoAtATime([1, 2, 3], later)).toEqual([1, 2, 3]);
});

test('when the time is over nothing further begins, and what began is kept', async () => {
  const begun: number[] = [];
  const task = (value: number): Promise<number> => {
    begun.push(value);
    return Promise.resolve(value * 10);
  };
  expect(await twoAtATime([1, 2, 3, 4], task, () => begun.length >= 2)).toEqual([10, 20]);
});
