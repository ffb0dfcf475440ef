import { expect, test } from 'vitest';
import { Queue } from '#shared/engine/reading/queue.ts';

test('items come in order, those that were put before and those that are waited for', async () => {
  const queue = new Queue<number>();
  queue.put(1);
  queue.put(2);
  expect([await queue.next(), await queue.next()]).toEqual([1, 2]);
  const later = queue.next();
  queue.put(3);
  expect(await later).toBe(3);
});

test('undefined is an item like any other, wherever it stands', async () => {
  const queue = new Queue<number | undefined>();
  queue.put(1);
  queue.put(undefined);
  queue.put(2);
  expect([await queue.next(), await queue.next(), await queue.next()]).toEqual([1, undefined, 2]);
});

test('a failure comes after the items before it, and again to whoever asks again', async () => {
  const queue = new Queue<number>();
  queue.put(1);
  queue.fail(new Error('gone'));
  expect(await queue.next()).toBe(1);
  await expect(queue.next()).rejects.toThrow('gone');
  await expect(queue.next()).rejects.toThrow('gone');
});
