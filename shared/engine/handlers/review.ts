import { getReview, getRevision } from '../store/meta.ts';
import { MAX_MARKED } from '../../contract/review.ts';
import { listMarkedCalls } from '../store/read/calls/marked-calls.ts';
import { listNotes, listQueries, listTags, listViews, rememberQuery } from '../store/read/review/review.ts';
import { makeChange, pageLog, undoEntry } from '../store/review/log.ts';
import type { EngineContext, Some } from './context.ts';

type Names =
  | 'review.change'
  | 'review.undo'
  | 'review.tags'
  | 'review.notes'
  | 'review.marks'
  | 'review.views'
  | 'review.log'
  | 'review.history'
  | 'review.remember';

/** What the analyst says about the case: changes, how to take them back, and what stands. */
export function reviewHandlers({ db, ports, onReview, onRevision }: EngineContext): Some<Names> {
  /**
   * Not in turn, since an import may take an hour: between two steps of a job, but never inside a transaction that the job may roll back.
   */
  const between = async <T>(write: () => T): Promise<T> => {
    while (db.inTransaction()) await ports.yieldToEvents();
    return write();
  };
  /** Makes a change and tells of it: of the case's revision only where that rose, too. */
  const tell = <T>(write: () => T): T => {
    const [review, revision] = [getReview(db), getRevision(db)];
    const result = write();
    if (getReview(db) !== review) onReview(getReview(db));
    if (getRevision(db) !== revision) onRevision(getRevision(db));
    return result;
  };
  return {
    'review.change': ({ change }) => between(() => tell(() => makeChange(db, change, ports.now()))),
    'review.undo': ({ entry }) => between(() => tell(() => undoEntry(db, entry, ports.now()))),
    'review.tags': () => listTags(db),
    'review.notes': ({ ref }) => listNotes(db, ref),
    'review.marks': () => listMarkedCalls(db, MAX_MARKED),
    'review.views': () => listViews(db),
    'review.log': ({ from, count }) => pageLog(db, from, count),
    'review.history': () => listQueries(db),
    'review.remember': ({ query }) => between(() => ({ remembered: rememberQuery(db, query) })),
  };
}
