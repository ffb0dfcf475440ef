import { expect, test } from 'vitest';
import { AppError } from '#shared/contract/errors.ts';
import { untilAborted } from '#shared/engine/until-aborted.ts';

test('work that ends first gives its result or its error', async () => {
  const { signal } = new AbortController();
  await expect(untilAborted(Promise.resolve(7), signal)).resolves.toBe(7);
  await expect(untilAborted(Promise.reject(new AppError('not-found', 'gone')), signal)).rejects.toMatchObject({ code: 'not-found' });
});

test('a cancel is answered while the work goes on', async () => {
  const abort = new AbortController();
  let fail = (_error: Error): void => undefined;
  const work = new Promise<number>((_resolve, reject) => {
    fail = reject;
  });
  const answer = untilAborted(work, abort.signal);
  abort.abort(new AppError('cancelled', 'cancelled on request'));
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
  fail(new Error('a late failure is nobody’s'));
});
