import type { LevelOverride } from '../../../../contract/inventory.ts';
import type { Sensitivity } from '../../../../contract/report-json.ts';
import type { SqlDriver } from '../../driver.ts';
import { standing, timeOfEntry } from '../review/effects.ts';

/** The analyst's level of an endpoint; `set` is the log's entry that gave it. */
export interface LevelState {
  readonly level: Sensitivity;
  readonly reason: string;
  readonly set: number;
}

/** What a change of a level is in the log. */
export interface LevelEffect {
  readonly kind: 'level';
  readonly endpoint: string;
  readonly before?: LevelState;
  readonly after?: LevelState;
}

/**
 * The levels that the analyst gave, by endpoint id. The log is their only place, so that they need no table and outlive every analysis.
 * Cost: one walk over the log, which a person wrote.
 */
export const listLevelOverrides = (db: SqlDriver): ReadonlyMap<string, LevelOverride> =>
  new Map(
    [...standing<LevelState, LevelEffect>(db, 'level', ({ endpoint }) => endpoint)].map(([endpoint, { level, reason, set }]) => [
      endpoint,
      { level, reason, entry: set, at: timeOfEntry(db, set) },
    ]),
  );
