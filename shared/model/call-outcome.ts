import type { CallOutcome } from './call.ts';

/** What is known of the answer to a call. */
export interface AnsweredCall {
  /** 0 stands for none as well: HAR has it for requests whose answer the browser did not get to see. */
  readonly status?: number | undefined;
  /** What the record says of the answer, where it has no status. */
  readonly outcome?: CallOutcome | undefined;
}

/** True for a call that came to nothing, as `is:failed` finds it: by its status, else by what its record says. */
export const hasFailed = ({ status = 0, outcome }: AnsweredCall): boolean =>
  status > 0 ? status >= 400 : outcome === 'denied' || outcome === 'failed';

/** The answer as it stands in a column: the status, else the record's word for it; `undefined` where nothing is known. */
export const answerWord = ({ status = 0, outcome }: AnsweredCall): string | undefined =>
  status > 0 ? String(status) : outcome === 'given' ? 'done' : outcome;

/** What becomes of a call; `unknown` where the evidence has neither a status nor another word for it. */
export type Outcome = 'ok' | 'failed' | 'unknown';

/** What became of a call, for calls that are alike. */
export const toOutcome = (call: AnsweredCall): Outcome => (hasFailed(call) ? 'failed' : answerWord(call) === undefined ? 'unknown' : 'ok');
