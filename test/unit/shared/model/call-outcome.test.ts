import { expect, test } from 'vitest';
import { answerWord, hasFailed, toOutcome, type AnsweredCall } from '#shared/model/call-outcome.ts';

test.each<[AnsweredCall, boolean, string | undefined, string]>([
  [{ status: 404 }, true, '404', 'failed'],
  [{ status: 399 }, false, '399', 'ok'],
  [{ status: 200, outcome: 'failed' }, false, '200', 'ok'],
  [{ outcome: 'denied' }, true, 'denied', 'failed'],
  [{ status: 0, outcome: 'failed' }, true, 'failed', 'failed'],
  [{ outcome: 'given' }, false, 'done', 'ok'],
  [{ status: 0 }, false, undefined, 'unknown'],
  [{}, false, undefined, 'unknown'],
])('of %j it is %s that it failed', (call, failed, word, outcome) => {
  expect([hasFailed(call), answerWord(call), toOutcome(call)]).toEqual([failed, word, outcome]);
});
