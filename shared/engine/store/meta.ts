import type { SqlDriver } from './driver.ts';

/** A value of the case's key-value table: title, revision, chosen windows. */
export const getMeta = (db: SqlDriver, key: string): string | undefined =>
  db.prepare('SELECT value FROM meta WHERE key = ?').get<{ value: string }>(key)?.value;

/** Sets a value of the case's key-value table. */
export const setMeta = (db: SqlDriver, key: string, value: string): void => {
  db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, value);
};

/** Counts up at every change that a screen should notice. */
export const getRevision = (db: SqlDriver): number => Number(getMeta(db, 'revision') ?? '0');

/** Raises the revision by one and gives it. */
export function bumpRevision(db: SqlDriver): number {
  const next = getRevision(db) + 1;
  setMeta(db, 'revision', String(next));
  return next;
}

/**
 * Counts up whenever a step of the analysis took out or wrote rows. Whatever keeps something of the case in memory compares it or, where titles
 * and what the analyst says count as well, the revision, which rises with it.
 */
export const getDerived = (db: SqlDriver): number => Number(getMeta(db, 'derived') ?? '0');

/** Raises the count of derived rows, and the revision with it. */
export function bumpDerived(db: SqlDriver): void {
  setMeta(db, 'derived', String(getDerived(db) + 1));
  bumpRevision(db);
}

/** Counts up at every change of the analyst's own: tags, notes, marks, views. Apart from the revision, so that no kept order or total goes. */
export const getReview = (db: SqlDriver): number => Number(getMeta(db, 'review') ?? '0');

/** Raises the review counter by one and gives it. */
export function bumpReview(db: SqlDriver): number {
  const next = getReview(db) + 1;
  setMeta(db, 'review', String(next));
  return next;
}

/** What the analyst had said when a pass last ran, as far as its result depends on it; empty for nothing. */
export const getInputs = (db: SqlDriver, pass: string): string => getMeta(db, `inputs ${pass}`) ?? '';

/** Keeps what a pass was run on. */
export function setInputs(db: SqlDriver, pass: string, inputs: string): void {
  // A case in which the analyst said nothing is as it was before there were such passes.
  if (inputs !== getInputs(db, pass)) setMeta(db, `inputs ${pass}`, inputs);
}
