import type { CauseSignJson } from '../../../model/root-cause.ts';

/** What speaks for or against a root cause, before it is tied to a finding. */
export type CauseSign = Omit<CauseSignJson, 'finding'>;

/** A finding as far as the root cause asks: its rule and its facts. */
export interface CauseFinding {
  readonly id: string;
  readonly detector: string;
  readonly observed: Readonly<Record<string, unknown>>;
  /** Medium or worse: a note alone makes no incident. */
  readonly isGrave: boolean;
  readonly principals: readonly number[];
  /** First call, and the call that crossed the line, as printed times; left out where the evidence has none. */
  readonly from?: string | undefined;
  readonly crossed?: string | undefined;
  readonly calls: readonly number[];
}
