import { expect, test } from 'vitest';
import { answerOf, answerText, MAY_BE_GIVEN_SQL, OUTCOME_SQL } from '#shared/engine/store/call-answer.ts';
import { callFlag } from '#shared/engine/store/call-flags.ts';
import { memoryCase } from '#test/support/case.ts';

const { given, denied, failed } = callFlag;

test.each([
  ['200', 200, 0, 'given', '200', 'given'],
  ['a status before what stands beside it', 403, given, 'refused', '403', 'denied'],
  ['304', 304, 0, 'given', '304', 'given'],
  ['302, by which nobody knows', 302, 0, 'unknown', '302', 'unknown'],
  ['500', 500, 0, 'refused', '500', 'failed'],
  ['a success without a status', null, given, 'given', 'done', 'given'],
  ['a refusal without a status', null, denied, 'refused', 'denied', 'denied'],
  ['another failure', 0, failed, 'refused', 'failed', 'failed'],
  ['nothing', null, 0, 'unknown', 'without a recorded answer', 'unknown'],
] as const)('%s: one answer in code and in SQL', (_, status, flags, answer, text, outcome) => {
  expect([answerOf({ status, flags }), answerText({ status, flags })]).toEqual([answer, text]);
  const row = memoryCase()
    .prepare(`SELECT ${MAY_BE_GIVEN_SQL} AS may, ${OUTCOME_SQL} AS outcome FROM (SELECT ? AS status, ? AS flags) c`)
    .get<{ may: number; outcome: string }>(status, flags);
  expect(row).toEqual({ may: answer === 'refused' ? 0 : 1, outcome });
});
