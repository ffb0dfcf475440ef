import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { AppError } from '#shared/contract/errors.ts';
import { createEngine } from '#shared/engine/index.ts';
import { caseOfPaths } from '#test/support/call-search.ts';

const paths = Array.from({ length: 20_000 }, (_, index) => `/v1/items/${String(index)}`);
const progress = (): void => undefined;
const running = (): AbortSignal => new AbortController().signal;

/** An engine whose work breathes at every chance, so that a cancel comes between whatever the machine's speed. */
function slowEngine(): ReturnType<typeof createEngine> {
  let now = 0;
  const ports = { ...nodePorts('test'), clock: () => (now += 1000) };
  return createEngine(caseOfPaths(paths), ports, () => undefined);
}

test('a question that is cancelled stops, and the same question asked anew is answered', async () => {
  const engine = slowEngine();
  const query = Array.from({ length: 60 }, (_, index) => `w${String(index)}`).join(' or ');
  const abort = new AbortController();
  const first = Promise.resolve(engine['calls.page']({ from: 0, count: 10, query }, { signal: abort.signal, progress }));
  const other = Promise.resolve(engine['calls.count']({ query }, { signal: running(), progress }));
  setImmediate(() => {
    abort.abort(new AppError('cancelled', 'cancelled on request'));
  });
  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  // What waited for the first one's work does it itself.
  await expect(other).resolves.toEqual({ total: 0 });
});

test('a question about few calls is answered while one about all is at work', async () => {
  const engine = slowEngine();
  const ended: string[] = [];
  const query = Array.from({ length: 60 }, (_, index) => `w${String(index)}`).join(' or ');
  const long = Promise.resolve(engine['calls.count']({ query }, { signal: running(), progress })).then(() => ended.push('long'));
  const short = Promise.resolve(engine['calls.page']({ from: 0, count: 10, query: '' }, { signal: running(), progress })).then(() =>
    ended.push('short'),
  );
  await Promise.all([long, short]);
  expect(ended).toEqual(['short', 'long']);
});

test('the count comes with the rows of a filter and is asked for beside the rows of all calls', async () => {
  const engine = slowEngine();
  const context = { signal: running(), progress };
  expect(await engine['calls.page']({ from: 0, count: 2, query: 'path:*1' }, context)).toMatchObject({ total: 2000 });
  expect(await engine['calls.page']({ from: 0, count: 2, query: '' }, context)).not.toHaveProperty('total');
  expect(await engine['calls.count']({ query: '' }, context)).toEqual({ total: 20_000 });
});
