import type { SavedDetector, SavedDetectorRow, Suppression } from '../../../../contract/hunting.ts';
import type { SqlDriver } from '../../driver.ts';
import { standing } from '../review/effects.ts';

/** What the analyst keeps under an id of its own; `set` is the log's entry that last said so. */
export type KeptRule =
  | { readonly what: 'detector'; readonly rule: SavedDetector; readonly set: number }
  | { readonly what: 'suppression'; readonly rule: Suppression; readonly set: number };

/** What a change of such a rule is in the log. */
export interface KeptEffect {
  readonly kind: 'kept';
  readonly id: string;
  readonly before?: KeptRule;
  readonly after?: KeptRule;
}

/** Detectors and suppressions of the analyst, by id. As with levels, the log is their only place. Cost: one walk over the log, which a person wrote. */
export const listKeptRules = (db: SqlDriver): ReadonlyMap<string, KeptRule> => standing<KeptRule, KeptEffect>(db, 'kept', ({ id }) => id);

/** Detectors that the analyst made of queries, in the order in which they were made. */
export const listSavedDetectors = (db: SqlDriver): readonly SavedDetectorRow[] =>
  [...listKeptRules(db)].flatMap(([id, kept]) => (kept.what === 'detector' ? [{ ...kept.rule, id, set: kept.set }] : []));

/** Suppressions that stand, by id. */
export const listSuppressions = (db: SqlDriver): readonly (Suppression & { readonly id: string })[] =>
  [...listKeptRules(db)].flatMap(([id, kept]) => (kept.what === 'suppression' ? [{ ...kept.rule, id }] : []));
