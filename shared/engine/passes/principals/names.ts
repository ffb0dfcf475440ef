import type { SqlDriver } from '../../store/driver.ts';

/** Texts of `term` by row id. */
export interface Names {
  /** The text, or `undefined` for 0, which stands for none. */
  find(id: number): string | undefined;
}

/** Texts kept at once; addresses of a public log can be a million. */
const KEPT = 50_000;

/** Looks terms up one by one and remembers them. */
export function readNames(db: SqlDriver): Names {
  const select = db.prepare('SELECT value FROM term WHERE id = ?');
  const known = new Map<number, string | undefined>();
  return {
    find(id) {
      if (id === 0) return undefined;
      if (known.has(id)) return known.get(id);
      if (known.size >= KEPT) known.clear();
      const value = select.get<{ value: string }>(id)?.value;
      known.set(id, value);
      return value;
    },
  };
}
