import type { CaseOutcome, Verdict } from '../../../../contract/triage.ts';
import type { SqlDriver } from '../../driver.ts';

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

/** How these effects begin in the log: the key that every effect has first. */
const VERDICTS = `{"kind":"verdict",`;
const OUTCOMES = `{"kind":"outcome"`;

/** What the analyst decided of findings, by id. As with levels, the log is its only place. Cost: one walk over the log, which a person wrote. */
export function listVerdicts(db: SqlDriver): ReadonlyMap<string, SetVerdict> {
  const stands = new Map<string, SetVerdict>();
  const rows = db
    .prepare('SELECT effect FROM review_log WHERE substr(effect, 1, ?) = ? ORDER BY id')
    .all<{ effect: string }>(VERDICTS.length, VERDICTS);
  for (const { effect } of rows) {
    const change = JSON.parse(effect) as VerdictEffect; // our own, from the log's `append`
    if (change.after === undefined) stands.delete(change.finding);
    else stands.set(change.finding, change.after);
  }
  return stands;
}

/** The outcome that the analyst last gave the case, if any. */
export function findOutcome(db: SqlDriver): OutcomeEffect['after'] {
  const row = db
    .prepare('SELECT effect FROM review_log WHERE substr(effect, 1, ?) = ? ORDER BY id DESC LIMIT 1')
    .get<{ effect: string }>(OUTCOMES.length, OUTCOMES);
  return row === undefined ? undefined : (JSON.parse(row.effect) as OutcomeEffect).after; // our own, from the log's `append`
}
