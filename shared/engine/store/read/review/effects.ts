import type { SqlDriver } from '../../driver.ts';

/** What an entry of the log did to one kind of thing, as the log's `append` wrote it: its kind is its first key. */
interface Effect {
  readonly kind: string;
}

/** How effects of a kind begin. */
const startOf = (kind: string): string => `{"kind":"${kind}"`;

/** Effects of one kind, oldest first. Cost: one walk over the log, which a person wrote. */
export function effectsOf<E extends Effect>(db: SqlDriver, kind: E['kind']): readonly E[] {
  const start = startOf(kind);
  return db
    .prepare('SELECT effect FROM review_log WHERE substr(effect, 1, ?) = ? ORDER BY id')
    .all<{ effect: string }>(start.length, start)
    .map(({ effect }) => JSON.parse(effect) as E);
}

/** The last effect of one kind. */
export function lastEffect<E extends Effect>(db: SqlDriver, kind: E['kind']): E | undefined {
  const start = startOf(kind);
  const row = db
    .prepare('SELECT effect FROM review_log WHERE substr(effect, 1, ?) = ? ORDER BY id DESC LIMIT 1')
    .get<{ effect: string }>(start.length, start);
  return row === undefined ? undefined : (JSON.parse(row.effect) as E);
}

/** What stands of things of one kind, by key, in the order in which they came: each as its last effect left it, and none that it took away. */
export function standing<State, E extends Effect & { readonly after?: State }>(
  db: SqlDriver,
  kind: E['kind'],
  keyOf: (effect: E) => string,
): ReadonlyMap<string, State> {
  const stands = new Map<string, State>();
  for (const effect of effectsOf<E>(db, kind)) {
    if (effect.after === undefined) stands.delete(keyOf(effect));
    else stands.set(keyOf(effect), effect.after);
  }
  return stands;
}

/** When an entry of the log was written; empty where it is gone. */
export const timeOfEntry = (db: SqlDriver, entry: number): string =>
  db.prepare('SELECT at FROM review_log WHERE id = ?').get<{ at: string }>(entry)?.at ?? '';
