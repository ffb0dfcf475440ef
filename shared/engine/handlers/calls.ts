import { AppError } from '../../contract/errors.ts';
import { getReview, getRevision } from '../store/meta.ts';
import { getCallDetail } from '../store/read/call-detail.ts';
import { callPager, callReader, type CallSort, type SortedQuery } from '../store/read/calls.ts';
import { fieldValues } from '../store/read/field-values.ts';
import { getActivity } from '../store/read/overview.ts';
import { tagValues } from '../store/read/review.ts';
import { withReview } from '../store/read/review-marks.ts';
import type { EngineContext, Some } from './context.ts';
import { filterKey, filterOf } from './filter.ts';

/** Questions about calls. */
export function callHandlers({
  db,
  ports,
}: EngineContext): Some<'calls.page' | 'calls.position' | 'calls.activity' | 'calls.values' | 'calls.get'> {
  const pager = callPager(db);
  const sorted = (query: string, sort: CallSort = { field: 'time', descending: false }): SortedQuery => ({
    key: filterKey(query, () => getReview(db)),
    filter: filterOf(query),
    sort,
  });
  return {
    'calls.page': ({ from, count, query, sort }) => {
      const page = pager.page(getRevision(db), sorted(query, sort), from, count);
      return { ...page, rows: withReview(db, page.rows) };
    },
    'calls.position': ({ ref, query, sort }) => {
      const seen = callReader(db).idOf(ref);
      if (seen === undefined) return {};
      // Another sighting of a call stands where the call stands.
      const id = db.prepare('SELECT same_as FROM call_fact WHERE call_id = ?').get<{ same_as: number | null }>(seen)?.same_as ?? seen;
      const index = pager.position(getRevision(db), sorted(query, sort), id);
      return index === undefined ? {} : { index };
    },
    'calls.activity': ({ query, bins }) => {
      const { where, params } = filterOf(query);
      return getActivity(db, where, params, bins);
    },
    'calls.values': ({ field, query, startsWith, count }) =>
      field === 'tag' ? tagValues(db, filterOf(query), startsWith, count) : fieldValues(db, field, filterOf(query), startsWith, count),
    'calls.get': ({ ref }) => {
      const detail = getCallDetail(db, ports.codec, ref);
      if (detail === undefined) throw new AppError('not-found', `no call ${ref} in this case`);
      const [call = detail.call] = withReview(db, [detail.call]);
      return { ...detail, call };
    },
  };
}
