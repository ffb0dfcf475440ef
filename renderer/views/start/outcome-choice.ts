import type { RecentCase } from '#shared/contract/table.ts';
import type { Outcome } from '#shared/model/outcome.ts';

/** An outcome to list the cases of; `unsaid` for those of which nobody said any. */
export type OutcomeChoice = Outcome | 'unsaid';

/** The cases of an outcome, all without one. */
export const casesOf = (cases: readonly RecentCase[], chosen: OutcomeChoice | undefined): readonly RecentCase[] =>
  chosen === undefined ? cases : cases.filter(({ outcome = 'unsaid' }) => outcome === chosen);
