import { expect, test } from 'vitest';
import { readInputGaps } from '#shared/engine/detectors/inputs/input-gaps.ts';
import { gapWords } from '#shared/engine/detectors/inputs/partly.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';
import { detect } from '#test/support/detect.ts';

async function gapsOf(text: string, inputs: readonly string[]): Promise<readonly string[]> {
  const { db, context } = caseFromText(text);
  const gaps = await readInputGaps(db, context.breathe);
  return [...gaps].flatMap(([input, gap]) => (inputs.includes(input) ? [gapWords(input, gap)] : []));
}

test('what one source keeps and another leaves out is told with the calls that lack it', async () => {
  const text = `
    00:01  human:ann  GET   api.acme.test/v1/orders/1  200  in=har.har => $.id=order-1
    00:02  human:ann  GET   api.acme.test/v1/orders/2  200  in=kong
    00:03  human:ann  GET   api.acme.test/v1/orders/3  200  in=kong
    00:04  human:ann  GET   api.acme.test/v1/orders/3  404  in=kong`;
  expect(await gapsOf(text, ['answerBody', 'caller', 'status'])).toEqual(['bodies of answers: missing in kong, for 2 of 3 calls']);
});

test('a call that another source saw in full lacks nothing', async () => {
  const text = `
    00:01  human:ann  GET   api.acme.test/v1/orders/1  200  in=har.har id=r1 => $.id=order-1
    00:01  human:ann  GET   api.acme.test/v1/orders/1  200  in=kong id=r1`;
  const { db, context } = caseFromText(text);
  db.exec('UPDATE call_fact SET same_as = 1 WHERE call_id = 2');
  expect((await readInputGaps(db, context.breathe)).has('answerBody')).toBe(false);
});

test('a source that keeps a sample says how large it is; who is not logged in is no hole', async () => {
  const text = `
    00:01  human:ann  POST  api.acme.test/v1/orders  201  in=kong cred=jwt-1 <= $.id=1
    00:02  -          POST  api.acme.test/v1/orders  201  in=kong
    00:03  -          POST  api.acme.test/v1/orders  201  in=kong`;
  expect(await gapsOf(text, ['requestBody', 'credential'])).toEqual([
    'bodies of requests: missing in kong (kept for 1 of 3), for 2 of 3 calls',
  ]);
});

test('a detector that answers says where it could not look, one that cannot answer says that alone', async () => {
  const part = `
    00:01  human:ann  GET   api.acme.test/v1/orders/1  200  in=har.har => $.id=order-1
    00:02  human:ann  GET   api.acme.test/v1/orders/2  200  in=kong`;
  const partly = await detect(['error-leak'], part);
  expect(partly.notEvaluable).toEqual([]);
  expect(partly.partlyEvaluable).toEqual([
    { detector: 'error-leak', reason: 'bodies of answers: missing in kong, for 1 of 2 calls', sources: ['kong'] },
  ]);
  const none = await detect(['error-leak'], '00:02  human:ann  GET   api.acme.test/v1/orders/2  200  in=kong');
  expect(none.notEvaluable).toEqual([{ detector: 'error-leak', reason: 'no bodies of answers in the evidence' }]);
  expect(none.partlyEvaluable).toEqual([]);
});
