import { AppError } from '../../contract/errors.ts';
import { getRevision } from '../store/meta.ts';
import { getCallDetail } from '../store/read/call-detail.ts';
import { callPager } from '../store/read/calls.ts';
import { fieldValues } from '../store/read/field-values.ts';
import { getActivity } from '../store/read/overview.ts';
import type { EngineContext, Some } from './context.ts';
import { filterOf } from './filter.ts';

/** Questions about calls. */
export function callHandlers({ db, ports }: EngineContext): Some<'calls.page' | 'calls.activity' | 'calls.values' | 'calls.get'> {
  const pager = callPager(db);
  return {
    'calls.page': ({ from, count, query, sort }) =>
      pager(getRevision(db), query, filterOf(query), sort ?? { field: 'time', descending: false }, from, count),
    'calls.activity': ({ query, bins }) => {
      const { where, params } = filterOf(query);
      return getActivity(db, where, params, bins);
    },
    'calls.values': ({ field, query, startsWith, count }) => fieldValues(db, field, filterOf(query), startsWith, count),
    'calls.get': ({ ref }) => {
      const detail = getCallDetail(db, ports.codec, ref);
      if (detail === undefined) throw new AppError('not-found', `no call ${ref} in this case`);
      return detail;
    },
  };
}
