import { AppError } from '../../../contract/errors.ts';
import { describeChange } from '../../../contract/review-words.ts';
import type { ReviewChange, ReviewLogRow } from '../../../contract/review.ts';
import type { Page } from '../../../contract/rows.ts';
import type { SqlDriver } from '../driver.ts';
import { bumpReview, bumpRevision } from '../meta.ts';
import { apply, inverse, stillStands, type Effect } from './effect.ts';
import { planChange } from './plan.ts';
import { checkVerdict } from './plan-triage.ts';
import { settleVerdicts } from './settle-verdicts.ts';

interface Entry {
  readonly id: number;
  readonly kind: ReviewLogRow['kind'];
  readonly text: string;
  readonly effect: string;
}

const nextEntry = (db: SqlDriver): number =>
  (db.prepare('SELECT max(id) AS last FROM review_log').get<{ last: number | null }>()?.last ?? 0) + 1;

/** Every other change stands beside what the analysis found; these make it out of date, and each screen must say so. */
const outdates = (effect: Effect): boolean =>
  effect.kind === 'rules' ||
  effect.kind === 'kept' ||
  effect.kind === 'session-keys' ||
  (effect.kind === 'identity' && effect.edit.kind !== 'owner');

function append(
  db: SqlDriver,
  entry: Omit<Entry, 'effect'> & { readonly at: string; readonly effect: Effect; readonly undoes?: number },
): void {
  db.prepare('INSERT INTO review_log (id, at, kind, text, effect, undoes) VALUES (?, ?, ?, ?, ?, ?)').run(
    entry.id,
    entry.at,
    entry.kind,
    entry.text,
    JSON.stringify(entry.effect),
    entry.undoes ?? null,
  );
  // The log is where verdicts stand, so findings follow only now.
  if (entry.effect.kind === 'verdict') settleVerdicts(db);
  bumpReview(db);
  if (outdates(entry.effect)) bumpRevision(db);
}

/**
 * Makes a change and writes it down, both or neither.
 * Shape:  `entry` is 0 when the case is so already: then nothing is written.
 * Errors: AppError `not-found` when it names what is not there.
 */
export function makeChange(db: SqlDriver, change: ReviewChange, at: string): { readonly entry: number; readonly changed: number } {
  return db.transaction(() => {
    const id = nextEntry(db);
    const { effect, changed } = planChange(db, change, id);
    if (effect === undefined) return { entry: 0, changed: 0 };
    apply(db, effect);
    append(db, { id, at, kind: change.kind, text: describeChange(change, changed), effect });
    return { entry: id, changed };
  });
}

const sentence = ({ kind, text }: Pick<Entry, 'kind' | 'text'>): string =>
  kind === 'undo' ? `undid: ${text}` : kind === 'redo' ? `redid: ${text}` : text;

/**
 * Takes an entry back by writing another that does the opposite; the entry of an undo taken back is a redo.
 * Errors: AppError `not-found` for a number that the log does not have; `changed-since` when the entry was taken back already, or
 *         when what it changed is not as it left it: to go on would lose the later change.
 */
export function undoEntry(db: SqlDriver, number: number, at: string): { readonly entry: number } {
  return db.transaction(() => {
    const entry = db.prepare('SELECT id, kind, text, effect FROM review_log WHERE id = ?').get<Entry>(number);
    if (entry === undefined) throw new AppError('not-found', `no change ${String(number)} in the log of this case`);
    const by = db.prepare('SELECT id FROM review_log WHERE undoes = ?').get<{ id: number }>(number)?.id;
    const which = `change ${String(number)} (${sentence(entry)})`;
    if (by !== undefined)
      throw new AppError('changed-since', `${which} was taken back already, by change ${String(by)}`, { entry: number, by });
    const effect = JSON.parse(entry.effect) as Effect; // our own, from `append`
    if (!stillStands(db, effect))
      throw new AppError('changed-since', `${which} cannot be taken back: what it changed has been changed again since`, { entry: number });
    const id = nextEntry(db);
    const opposite = inverse(effect);
    checkOpposite(db, opposite, which);
    apply(db, opposite);
    append(db, { id, at, kind: entry.kind === 'undo' ? 'redo' : 'undo', text: entry.text, effect: opposite, undoes: number });
    return { entry: id };
  });
}

/** What a plan refuses must not come back by the log either. */
function checkOpposite(db: SqlDriver, effect: Effect, which: string): void {
  if (effect.kind !== 'verdict') return;
  try {
    checkVerdict(db, effect);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError('changed-since', `${which} cannot be taken back: ${cause.message}`, {}, { cause });
  }
}

/** A stretch of the log, latest first. */
export function pageLog(db: SqlDriver, from: number, count: number): Page<ReviewLogRow> {
  const total = db.prepare('SELECT count(*) AS n FROM review_log').get<{ n: number }>()?.n ?? 0;
  const rows = db
    .prepare(
      `SELECT l.id, l.at, l.kind, l.text, l.undoes, u.id AS undone FROM review_log l LEFT JOIN review_log u ON u.undoes = l.id
       ORDER BY l.id DESC LIMIT ? OFFSET ?`,
    )
    .all<Omit<Entry, 'effect'> & { readonly at: string; readonly undoes: number | null; readonly undone: number | null }>(count, from)
    .map((row): ReviewLogRow => ({
      entry: row.id,
      at: row.at,
      kind: row.kind,
      text: sentence(row),
      ...(row.undoes === null ? {} : { undoes: row.undoes }),
      ...(row.undone === null ? {} : { undone: row.undone }),
    }));
  return { rows, from, total };
}
