import type { CallOutcome } from '../../model/call.ts';
import { answerWord } from '../../model/call-outcome.ts';
import { callFlag } from './call-flags.ts';

/** What is known of the answer to a call: it gave what was asked for, it did not, or the evidence does not say. */
export type CallAnswer = 'given' | 'refused' | 'unknown';

/** What a call must hold for its answer to be told. */
export interface Answered {
  /** 0 stands for none as well: HAR has it for requests whose answer the browser did not get to see. */
  readonly status: number | null | undefined;
  /** Bits of `callFlag`. */
  readonly flags: number;
}

/** Statuses by which the caller has what it asked for: 2xx, another protocol from here on, and that it has it already. Source: RFC 9110, 15.2.2, 15.3, 15.4.5. */
const isGivenStatus = (status: number): boolean => status === 101 || (status >= 200 && status < 300) || status === 304;
const IS_GIVEN_STATUS = '(c.status BETWEEN 200 AND 299 OR c.status IN (101, 304))';

/**
 * Tells what is known of the answer, by its status, else by what the record says beside it (CloudTrail's `errorCode`).
 * A call without either is unknown, never refused: half of what an agent's trace holds has no status. So is one that was led on elsewhere (302): a form that
 * did what it was sent for and a page that wants a log-in first look the same.
 */
export function answerOf({ status, flags }: Answered): CallAnswer {
  if (status !== null && status !== undefined && status > 0) return isGivenStatus(status) ? 'given' : status < 400 ? 'unknown' : 'refused';
  if ((flags & callFlag.given) !== 0) return 'given';
  return (flags & (callFlag.denied | callFlag.failed)) === 0 ? 'unknown' : 'refused';
}

/** What the record says of the answer where it has no status, as rows of calls tell it. */
export function outcomeOf({ status, flags }: Answered): CallOutcome | undefined {
  if (status !== null && status !== undefined && status > 0) return undefined;
  if ((flags & callFlag.given) !== 0) return 'given';
  if ((flags & callFlag.denied) !== 0) return 'denied';
  return (flags & callFlag.failed) === 0 ? undefined : 'failed';
}

/** True unless the answer is known to have kept back what was asked for: who judges what was taken must not count a silence as a refusal. */
export const mayBeGiven = (call: Answered): boolean => answerOf(call) !== 'refused';

/** True for a call that came to nothing, as SQL that gives 1 or 0. */
export const failedSql = <Alias extends string>(call: Alias) =>
  `(CASE WHEN ifnull(${call}.status, 0) > 0 THEN ${call}.status >= 400 ELSE ${call}.flags & ${String(callFlag.denied | callFlag.failed)} <> 0 END)` as const;

/** The same of the call `c`. */
export const FAILED_SQL = failedSql('c');

/** `mayBeGiven` as a condition in SQL. */
export const MAY_BE_GIVEN_SQL = `NOT ${FAILED_SQL}`;

/** What became of a call in one word, with a refusal told from another failure; `c` is the call. */
export const OUTCOME_SQL = `(CASE WHEN ifnull(c.status, 0) > 0 THEN CASE WHEN ${IS_GIVEN_STATUS} THEN 'given' WHEN c.status < 400 THEN 'unknown' WHEN c.status IN (401, 403) THEN 'denied' ELSE 'failed' END
  WHEN c.flags & ${String(callFlag.given)} <> 0 THEN 'given' WHEN c.flags & ${String(callFlag.denied)} <> 0 THEN 'denied'
  WHEN c.flags & ${String(callFlag.failed)} <> 0 THEN 'failed' ELSE 'unknown' END)`;

/** What stands in the column of answers: the status, else what the record says, else that it says nothing. */
export const answerText = (call: Answered): string =>
  answerWord({ status: call.status ?? undefined, outcome: outcomeOf(call) }) ?? 'without a recorded answer';
