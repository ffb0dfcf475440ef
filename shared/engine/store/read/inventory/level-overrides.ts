import type { LevelOverride } from '../../../../contract/inventory.ts';
import type { Sensitivity } from '../../../../contract/report-json.ts';
import type { SqlDriver } from '../../driver.ts';

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

/** How effects on levels begin in the log: the key that every effect has first. */
const EFFECTS = `{"kind":"level",`;

/**
 * The levels that the analyst gave, by endpoint id. The log is their only place, so that they need no table and outlive every analysis.
 * Cost: one walk over the log, which a person wrote.
 */
export function listLevelOverrides(db: SqlDriver): ReadonlyMap<string, LevelOverride> {
  const stands = new Map<string, { readonly level: LevelOverride['level']; readonly reason: string; readonly set: number }>();
  const times = new Map<number, string>();
  const rows = db
    .prepare('SELECT id, at, effect FROM review_log WHERE substr(effect, 1, ?) = ? ORDER BY id')
    .all<{ id: number; at: string; effect: string }>(EFFECTS.length, EFFECTS);
  for (const { id, at, effect } of rows) {
    times.set(id, at);
    const change = JSON.parse(effect) as LevelEffect; // our own, from the log's `append`
    if (change.after === undefined) stands.delete(change.endpoint);
    else stands.set(change.endpoint, change.after);
  }
  return new Map(
    [...stands].map(([endpoint, { level, reason, set }]) => [endpoint, { level, reason, entry: set, at: times.get(set) ?? '' }]),
  );
}
