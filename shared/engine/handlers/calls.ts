import { AppError } from '../../contract/errors.ts';
import { foundActivity, getActivity } from '../store/read/activity.ts';
import { getCallDetail } from '../store/read/call-detail.ts';
import { callPager, type SortedQuery } from '../store/read/call-pager.ts';
import { callReader, type CallSort } from '../store/read/calls.ts';
import { countFacets, fieldValues } from '../store/read/facets.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';
import { queryOf } from './filter.ts';

const sorted = (query: string, sort: CallSort = { field: 'time', descending: false }): SortedQuery => ({ ...queryOf(query), sort });

type Names = 'calls.page' | 'calls.count' | 'calls.position' | 'calls.activity' | 'calls.facets' | 'calls.values' | 'calls.get';

/** Questions about calls. Those about many work in slices, so that a cancel and other questions come between. */
export function callHandlers({ db, ports, search }: EngineContext): Some<Names> {
  const pager = callPager(search);
  return {
    'calls.page': ({ from, count, query, sort }, context) =>
      inSlices(ports, context, (breathe) => pager.page(sorted(query, sort), from, count, breathe)),
    'calls.count': ({ query }, context) =>
      inSlices(ports, context, async (breathe) => ({ total: await pager.count(queryOf(query), breathe) })),
    'calls.position': ({ ref, query, sort }, context) =>
      inSlices(ports, context, async (breathe) => {
        const seen = callReader(db).idOf(ref);
        if (seen === undefined) return {};
        // Another sighting of a call stands where the call stands.
        const id = db.prepare('SELECT same_as FROM call_fact WHERE call_id = ?').get<{ same_as: number | null }>(seen)?.same_as ?? seen;
        const index = await pager.position(sorted(query, sort), id, breathe);
        return index === undefined ? {} : { index };
      }),
    'calls.activity': ({ query, bins }, context) =>
      inSlices(ports, context, async (breathe) => {
        const asked = queryOf(query);
        const found = await search.find(asked, breathe);
        return found === undefined ? getActivity(db, asked.filter.where, asked.filter.params, bins) : foundActivity(db, found, bins);
      }),
    'calls.facets': ({ query, ...request }, context) =>
      inSlices(ports, context, async (breathe) => {
        const facets = await countFacets(search, queryOf(query), request, breathe);
        search.warm();
        return facets;
      }),
    'calls.values': ({ query, ...request }, context) =>
      inSlices(ports, context, (breathe) => fieldValues(search, queryOf(query), request, breathe)),
    'calls.get': ({ ref }) => {
      const detail = getCallDetail(db, ports.codec, ref);
      if (detail === undefined) throw new AppError('not-found', `no call ${ref} in this case`);
      return detail;
    },
  };
}
