import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { createQueryCache, type Ask } from '#renderer/query/query-cache.ts';
import { AppError } from '#shared/contract/errors.ts';

const settled = () => wait(0);
const nothing = (): void => undefined;

describe('the query cache', () => {
  test('asks a question once, however many parts of the screen wait for it', async () => {
    const cache = createQueryCache();
    const ask = vi.fn(() => Promise.resolve(7));
    const table = vi.fn();
    const picture = vi.fn();
    cache.watch('calls', ask, table);
    cache.watch('calls', ask, picture);
    await settled();
    expect(ask).toHaveBeenCalledTimes(1);
    expect(table).toHaveBeenCalledTimes(1);
    expect(picture).toHaveBeenCalledTimes(1);
    expect(cache.get('calls')).toEqual({ data: 7, error: undefined, loading: false });
  });

  test('answers from what it knows when a screen comes back', async () => {
    const cache = createQueryCache();
    const ask = vi.fn(() => Promise.resolve('page'));
    cache.watch('page', ask, nothing)();
    await settled();
    cache.watch('page', ask, nothing);
    expect(cache.get('page').data).toBe('page');
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test('keeps an error as the answer, and asks again only on request', async () => {
    const cache = createQueryCache();
    const ask = vi.fn<Ask<unknown>>().mockRejectedValueOnce(new AppError('bad-query', 'no such field')).mockResolvedValue('rows');
    cache.watch('q', ask, nothing);
    await settled();
    expect(cache.get('q').error?.code).toBe('bad-query');
    cache.reload('q', ask);
    expect(cache.get('q').loading).toBe(true);
    await settled();
    expect(cache.get('q').data).toBe('rows');
  });

  test('asks once more when the query process died under the question', async () => {
    const cache = createQueryCache();
    const ask = vi.fn<Ask<unknown>>().mockRejectedValueOnce(new AppError('crashed', 'the query process ended')).mockResolvedValue('rows');
    cache.watch('q', ask, nothing);
    await settled();
    expect(cache.get('q').data).toBe('rows');
  });

  test('a second crash is an answer: it does not ask for ever', async () => {
    const cache = createQueryCache();
    const ask = vi.fn<Ask<unknown>>().mockRejectedValue(new AppError('crashed', 'the query process ended'));
    cache.watch('q', ask, nothing);
    await settled();
    expect(cache.get('q').error?.code).toBe('crashed');
    expect(ask).toHaveBeenCalledTimes(2);
  });

  test('cancels a question that nobody waits for any more', async () => {
    const cache = createQueryCache();
    let given: AbortSignal | undefined;
    const stop = cache.watch(
      'slow',
      (signal) => {
        given = signal;
        return new Promise(nothing);
      },
      nothing,
    );
    stop();
    await wait(120);
    expect(given?.aborted).toBe(true);
  });

  test('does not cancel when the next screen takes the same question over', async () => {
    const cache = createQueryCache();
    let given: AbortSignal | undefined;
    const ask: Ask<unknown> = (signal) => {
      given = signal;
      return new Promise(nothing);
    };
    cache.watch('slow', ask, nothing)();
    cache.watch('slow', ask, nothing);
    await wait(120);
    expect(given?.aborted).toBe(false);
  });

  test('a late answer to an earlier asking does not replace the newer one', async () => {
    const cache = createQueryCache();
    const answers: ((value: string) => void)[] = [];
    const ask: Ask<unknown> = () =>
      new Promise<string>((resolve) => {
        answers.push(resolve);
      });
    cache.watch('q', ask, nothing);
    cache.reload('q', ask);
    answers[1]?.('new');
    answers[0]?.('old');
    await settled();
    expect(cache.get('q').data).toBe('new');
  });
});

test('a question that is given up stays given up until it is asked again, and says how far it was before', async () => {
  const cache = createQueryCache();
  let heard: AbortSignal | undefined;
  const ask = vi.fn<Ask<unknown>>((signal, onProgress) => {
    heard = signal;
    onProgress({ step: 'counting', done: 1, total: 4, unit: 'records' });
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new AppError('cancelled', 'cancelled'));
      });
    });
  });
  cache.watch('map', ask, nothing);
  expect(cache.get('map').progress?.done).toBe(1);
  cache.stop('map');
  await settled();
  expect(heard?.aborted).toBe(true);
  expect(cache.get('map').error?.code).toBe('cancelled');
  expect(ask).toHaveBeenCalledTimes(1);
  cache.reload('map', () => Promise.resolve(3));
  await settled();
  expect(cache.get('map')).toMatchObject({ data: 3, error: undefined });
});
