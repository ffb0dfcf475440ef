import { expect, test } from 'vitest';
import { readColumns } from '#shared/engine/passes/signals/columns.ts';
import { writeRetries } from '#shared/engine/passes/signals/retries.ts';
import { caseFromText, type TextOptions } from '#test/support/calls-from-text.ts';

/** Retries as `record < record of the attempt before`. */
async function retries(text: string, options: TextOptions = {}): Promise<readonly string[]> {
  const { db, context } = caseFromText(text, options);
  await writeRetries(context, await readColumns(context));
  return db
    .prepare('SELECT c.record, o.record AS of FROM retry r JOIN call c ON c.id = r.call_id JOIN call o ON o.id = r.of_call ORDER BY 1')
    .all<{ record: number; of: number }>()
    .map(({ record, of }) => `${String(record)} < ${String(of)}`);
}

test('a request that failed and is sent again is a retry, each attempt of the one before', async () => {
  const text = `
    00:00 agent:bot POST api.acme.test/export 503
    00:02 agent:bot POST api.acme.test/export 503
    00:06 agent:bot POST api.acme.test/export 201
    00:10 agent:bot POST api.acme.test/export 201`;
  for (const shuffle of [1, 2, 3]) expect(await retries(text, { shuffle })).toEqual(['2 < 1', '3 < 2']);
});

test('a call without an answer failed, unless its source tells none of them', async () => {
  const text = (first: string): string => `
    00:00 agent:bot GET api.acme.test/export -
    00:40 agent:bot GET api.acme.test/export ${first}`;
  expect(await retries(text('200'))).toEqual(['2 < 1']);
  expect(await retries(text('-'))).toEqual([]);
});

test('another body, query, path, method or principal is another request', async () => {
  const text = `
    00:00 agent:bot POST   api.acme.test/orders     422  <= $.name=one
    00:02 agent:bot POST   api.acme.test/orders     201  <= $.name=two
    00:03 agent:bot GET    api.acme.test/orders     404
    00:04 agent:bot GET    api.acme.test/orders?a=1 200
    00:05 agent:bot GET    api.acme.test/orders/7   200
    00:06 agent:bot DELETE api.acme.test/orders     200
    00:07 human:ann GET    api.acme.test/orders     200`;
  expect(await retries(text)).toEqual([]);
});

test('bodies sent in turns are told apart, and those not in the evidence by their size', async () => {
  const turns = `
    00:00 agent:bot POST api.acme.test/orders 500  <= $.name=one
    00:02 agent:bot POST api.acme.test/orders 201  <= $.name=two
    00:04 agent:bot POST api.acme.test/orders 201  <= $.name=one`;
  expect(await retries(turns)).toEqual(['3 < 1']);
  const sizes = `
    00:00 agent:bot POST api.acme.test/orders 500 bytes=10
    00:02 agent:bot POST api.acme.test/orders 201 bytes=20
    00:04 agent:bot POST api.acme.test/orders 201 bytes=10`;
  expect(await retries(sizes)).toEqual(['3 < 1']);
});

test('what began before the first ended, or ten minutes after, is no retry', async () => {
  expect(
    await retries(`
    00:00.1 agent:bot GET api.acme.test/orders 500 dur=4000
    00:02.1 agent:bot GET api.acme.test/orders 200 dur=50`),
  ).toEqual([]);
  expect(
    await retries(`
    00:00 agent:bot GET api.acme.test/orders 500
    11:00 agent:bot GET api.acme.test/orders 200`),
  ).toEqual([]);
});

test('nothing that failed, nothing tried again', async () => {
  expect(
    await retries(`
    00:00 agent:bot GET api.acme.test/orders 200
    00:02 agent:bot GET api.acme.test/orders 200`),
  ).toEqual([]);
});
