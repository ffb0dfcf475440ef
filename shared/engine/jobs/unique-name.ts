import type { SqlDriver } from '../store/driver.ts';

/** A source's name, made unique in the case: references to calls begin with it. */
export function uniqueName(db: SqlDriver, name: string): string {
  const taken = db.prepare('SELECT 1 FROM source WHERE name = ?');
  let unique = name;
  for (let copy = 2; taken.get(unique) !== undefined; copy++) unique = `${name}~${String(copy)}`;
  return unique;
}
