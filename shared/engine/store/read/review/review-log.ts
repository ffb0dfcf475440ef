import type { SqlDriver } from '../../driver.ts';

/** Entries of the log of the analyst's changes, oldest first. */
export const listReviewLog = (db: SqlDriver): readonly { readonly entry: number; readonly at: string; readonly text: string }[] =>
  db.prepare('SELECT id AS entry, at, text FROM review_log ORDER BY id').all<{ entry: number; at: string; text: string }>();
