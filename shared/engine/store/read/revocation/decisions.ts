import type { RevocationStep } from '../../../../model/revocation-steps.ts';
import type { SqlDriver } from '../../driver.ts';
import { standing } from '../review/effects.ts';

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

/**
 * What the analyst decided, by fingerprint of the credential. As with levels, the log is its only place.
 * Cost: one walk over the log, which a person wrote.
 */
export const listDecisions = (db: SqlDriver): ReadonlyMap<string, Decision> =>
  standing<Decision, DecisionEffect>(db, 'revocation', ({ credential }) => credential);
