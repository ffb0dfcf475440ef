import type { SqlDriver } from './driver.ts';
import { getMeta } from './meta.ts';

/** Key under which a case says from where on an import may still mask texts. */
export const UNSEARCHED = 'unsearched';

/** The last rows that an import which is still looking for secrets will not change; `undefined` while none is. */
export function settledRows(db: SqlDriver): { readonly sources: number; readonly terms: number } | undefined {
  const text = getMeta(db, UNSEARCHED);
  const rows = text === undefined ? undefined : /^\{"sources":(\d{1,15}),"terms":(\d{1,15})\}$/.exec(text);
  return rows === undefined || rows === null ? undefined : { sources: Number(rows[1]), terms: Number(rows[2]) };
}

/** Forgets an import that died: what it stored is as it stays. */
export const forgetUnsearched = (db: SqlDriver): void => {
  db.prepare('DELETE FROM meta WHERE key = ?').run(UNSEARCHED);
};
