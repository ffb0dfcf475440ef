import type { MarkedCall } from '../../../../contract/review.ts';
import type { CallRow } from '../../../../contract/rows.ts';
import type { SqlDriver } from '../../driver.ts';
import { LABELLED_CALLS, NOTED_CALLS } from '../../query-review.ts';
import { callReader } from './calls.ts';
import { withReview } from '../review/review-marks.ts';

const BY_TIME = (a: CallRow, b: CallRow): number =>
  (a.time ?? '~') < (b.time ?? '~') ? -1 : (a.time ?? '~') > (b.time ?? '~') ? 1 : a.id - b.id;

/**
 * The calls with a tag, a star, a mark or a note of the analyst, in order of time, with what stands on them; the first `limit`.
 * Cost: reads those calls, not the others.
 */
export function listMarkedRows(db: SqlDriver, limit: number): readonly CallRow[] {
  const where = `f.same_as IS NULL AND c.id IN (SELECT * FROM (${LABELLED_CALLS} UNION ${NOTED_CALLS}) LIMIT ?)`;
  return withReview(db, [...callReader(db).iterate({ where, params: [limit] })].sort(BY_TIME));
}

/** The same with nothing of the calls but their references. */
export const listMarkedCalls = (db: SqlDriver, limit: number): readonly MarkedCall[] =>
  listMarkedRows(db, limit).map(({ ref, alsoSeenAs, tags, starred, marked, notes }) => ({
    ref,
    ...(alsoSeenAs === undefined ? {} : { alsoSeenAs }),
    ...(tags === undefined ? {} : { tags }),
    ...(starred === undefined ? {} : { starred }),
    ...(marked === undefined ? {} : { marked }),
    ...(notes === undefined ? {} : { notes }),
  }));
