import { answerWord, hasFailed, type AnsweredCall } from '#shared/model/call-outcome.ts';

/** The status of a call, or the record's word where it has none; a failure stands out, as `is:failed` finds it. */
export function AnswerText({ call }: { readonly call: AnsweredCall }) {
  const answer = answerWord(call);
  return answer === undefined ? null : <span className={hasFailed(call) ? 'status-bad number' : 'number'}>{answer}</span>;
}
