import type { NoteRow, SavedView, TagRow, ViewRow } from '../../../../contract/review.ts';
import { KEPT_QUERIES } from '../../../../model/review-size.ts';
import type { SqlDriver } from '../../driver.ts';
import { everyCall } from '../calls/calls.ts';
import { linkedValues } from '../calls/linked-facets.ts';
import { sightingFinder } from '../calls/sightings.ts';

/** Tags on any call, withdrawn ones included, and tags whose slot was chosen; by name. */
export function listTags(db: SqlDriver): readonly TagRow[] {
  const counted = new Map(linkedValues(db, 'tag', everyCall, '', -1).map(({ value, calls }) => [value, calls]));
  return db
    .prepare(
      `SELECT name AS tag, slot FROM review_label l
       WHERE kind = 'tag' AND (chosen = 1 OR EXISTS (SELECT 1 FROM review_labelled WHERE label_id = l.id)) ORDER BY name`,
    )
    .all<Omit<TagRow, 'calls'>>()
    .map((row) => ({ ...row, calls: counted.get(row.tag) ?? 0 }));
}

interface StoredNote {
  readonly id: number;
  readonly source: string;
  readonly record: number;
  readonly text: string;
  readonly at: string;
  readonly edited: string | null;
}

const NOTES = `SELECT n.id, n.source, n.record, n.text, a.at AS at, e.at AS edited
  FROM review_note n JOIN review_log a ON a.id = n.id LEFT JOIN review_log e ON e.id = n.edited`;

/** Notes in the order in which they were written: all, or those on one call. Errors: AppError `not-found` for a call that is not there. */
export function listNotes(db: SqlDriver, ref: string | undefined): readonly NoteRow[] {
  const toRow = ({ id, source, record, text, at, edited }: StoredNote): NoteRow => ({
    id,
    ref: `${source}#${String(record)}`,
    text,
    at,
    ...(edited === null ? {} : { edited }),
  });
  if (ref === undefined) return db.prepare(`${NOTES} ORDER BY n.id`).all<StoredNote>().map(toRow);
  const onCall = db.prepare(`${NOTES} WHERE n.source = ? AND n.record = ?`);
  return sightingFinder(db)(ref)
    .sightings.flatMap(({ source, record }) => onCall.all<StoredNote>(source, record))
    .sort((a, b) => a.id - b.id)
    .map(toRow);
}

/** Saved views by name. */
export const listViews = (db: SqlDriver): readonly ViewRow[] =>
  db
    .prepare('SELECT v.name, v.view, l.at FROM review_view v JOIN review_log l ON l.id = v.saved ORDER BY v.name')
    .all<{ name: string; view: string; at: string }>()
    .map(({ name, view, at }) => ({ name, view: JSON.parse(view) as SavedView, at })); // checked when it was saved

/** Queries that were run on this case, latest first. */
export const listQueries = (db: SqlDriver): readonly string[] =>
  db
    .prepare('SELECT query FROM review_query ORDER BY used DESC')
    .all<{ query: string }>()
    .map(({ query }) => query);

/** Puts a query on top of the history and drops the oldest beyond its length; a blank one is not kept. Gives whether it was kept. */
export function rememberQuery(db: SqlDriver, query: string): boolean {
  const text = query.trim();
  if (text === '') return false;
  db.transaction(() => {
    db.prepare(
      `INSERT INTO review_query (query, used) VALUES (?, (SELECT coalesce(max(used), 0) + 1 FROM review_query))
       ON CONFLICT (query) DO UPDATE SET used = excluded.used`,
    ).run(text);
    db.prepare('DELETE FROM review_query WHERE query NOT IN (SELECT query FROM review_query ORDER BY used DESC LIMIT ?)').run(KEPT_QUERIES);
  });
  return true;
}
