import type { SqlDriver } from '../../driver.ts';

export interface Tie {
  readonly other: number;
  readonly kind: string;
  readonly call: number;
}

/** Most credentials that a walk over ties finds: a login may have handed out thousands. */
const MAX_WALK = 200;

const PARENTS = 'SELECT parent_id AS other, kind, call_id AS call FROM credential_link WHERE child_id = ? ORDER BY call_id, parent_id';
const CHILDREN = 'SELECT child_id AS other, kind, call_id AS call FROM credential_link WHERE parent_id = ? ORDER BY call_id, child_id';

/** Credentials that this one was made from. */
export const parentsOf = (db: SqlDriver, credential: number): readonly Tie[] => db.prepare(PARENTS).all<Tie>(credential);
/** Credentials that were made from this one. */
export const childrenOf = (db: SqlDriver, credential: number): readonly Tie[] => db.prepare(CHILDREN).all<Tie>(credential);

/** Everything that `step` leads to, nearest first, without the start. */
export function walkTies(db: SqlDriver, start: number, step: (db: SqlDriver, credential: number) => readonly Tie[]): readonly number[] {
  const found = new Set<number>([start]);
  for (const credential of found) {
    if (found.size > MAX_WALK) break;
    for (const { other } of step(db, credential)) found.add(other);
  }
  return [...found].slice(1, MAX_WALK + 1);
}
