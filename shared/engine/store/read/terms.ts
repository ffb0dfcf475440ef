import type { SqlDriver } from '../driver.ts';

/** Interned texts by id, read once and kept; `undefined` in, `undefined` out. */
export function termReader(db: SqlDriver): (id: number | null | undefined) => string | undefined {
  const known = new Map<number, string>();
  const select = db.prepare('SELECT value FROM term WHERE id = ?');
  return (id) => {
    if (id === null || id === undefined) return undefined;
    let text = known.get(id);
    if (text === undefined) {
      text = select.get<{ value: string }>(id)?.value;
      if (text === undefined) return undefined;
      known.set(id, text);
    }
    return text;
  };
}
