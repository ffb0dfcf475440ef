import type { RevocationStep } from '../../../../model/revocation-steps.ts';
import type { SqlDriver } from '../../driver.ts';

/** What the analyst says of the revocation of one credential; `set` is the log's entry that said it last. */
export interface Decision {
  /** Units: µs. */
  readonly revokedAt?: number;
  readonly done: readonly RevocationStep[];
  readonly set: number;
}

/** What a change of a decision is in the log. The credential is named by its fingerprint: its id may change with more evidence. */
export interface DecisionEffect {
  readonly kind: 'revocation';
  readonly credential: string;
  readonly before?: Decision;
  readonly after?: Decision;
}

/** How effects on decisions begin in the log: the key that every effect has first. */
const EFFECTS = `{"kind":"revocation",`;

/**
 * What the analyst decided, by fingerprint of the credential. As with levels, the log is its only place.
 * Cost: one walk over the log, which a person wrote.
 */
export function listDecisions(db: SqlDriver): ReadonlyMap<string, Decision> {
  const stands = new Map<string, Decision>();
  const rows = db
    .prepare('SELECT effect FROM review_log WHERE substr(effect, 1, ?) = ? ORDER BY id')
    .all<{ effect: string }>(EFFECTS.length, EFFECTS);
  for (const { effect } of rows) {
    const change = JSON.parse(effect) as DecisionEffect; // our own, from the log's `append`
    if (change.after === undefined) stands.delete(change.credential);
    else stands.set(change.credential, change.after);
  }
  return stands;
}
