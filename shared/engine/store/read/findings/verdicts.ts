import type { CaseOutcome, Verdict } from '../../../../contract/triage.ts';
import type { SqlDriver } from '../../driver.ts';
import { lastEffect, standing } from '../review/effects.ts';

/** A verdict as it stands; `set` is the log's entry that said it last. */
export interface SetVerdict extends Verdict {
  readonly set: number;
}

/** What a change of a verdict is in the log. The finding is named by its id, which the next analysis gives again. */
export interface VerdictEffect {
  readonly kind: 'verdict';
  readonly finding: string;
  readonly before?: SetVerdict;
  readonly after?: SetVerdict;
}

/** What a change of the case's outcome is in the log. */
export interface OutcomeEffect {
  readonly kind: 'outcome';
  readonly before?: CaseOutcome & { readonly set: number };
  readonly after?: CaseOutcome & { readonly set: number };
}

/** What the analyst decided of findings, by id. As with levels, the log is its only place. Cost: one walk over the log, which a person wrote. */
export const listVerdicts = (db: SqlDriver): ReadonlyMap<string, SetVerdict> =>
  standing<SetVerdict, VerdictEffect>(db, 'verdict', ({ finding }) => finding);

/** The outcome that the analyst last gave the case, if any. */
export const findOutcome = (db: SqlDriver): OutcomeEffect['after'] => lastEffect<OutcomeEffect>(db, 'outcome')?.after;
