import { AppError } from '../../contract/errors.ts';
import type { CallContext } from '../../contract/methods.ts';
import { breather } from '../breathe.ts';
import { callSearch } from '../store/columns/call-search.ts';
import { foundActivity, getActivity } from '../store/read/activity.ts';
import { getCallDetail } from '../store/read/call-detail.ts';
import { callPager, type SortedQuery } from '../store/read/call-pager.ts';
import { callReader, type CallSort } from '../store/read/calls.ts';
import { countFacets, fieldValues } from '../store/read/facets.ts';
import { untilAborted } from '../until-aborted.ts';
import type { EngineContext, Some } from './context.ts';
import { queryOf } from './filter.ts';

const sorted = (query: string, sort: CallSort = { field: 'time', descending: false }): SortedQuery => ({ ...queryOf(query), sort });

type Names = 'calls.page' | 'calls.count' | 'calls.position' | 'calls.activity' | 'calls.facets' | 'calls.values' | 'calls.get';

/** Questions about calls. Those about many work in slices, so that a cancel and other questions come between. */
export function callHandlers({ db, ports }: EngineContext): Some<Names> {
  const search = callSearch(db, ports);
  const pager = callPager(search);
  const inSlices = <T>({ signal }: CallContext, work: (breathe: () => Promise<void>) => Promise<T>): Promise<T> =>
    untilAborted(work(breather(ports, signal)), signal);
  return {
    'calls.page': ({ from, count, query, sort }, context) =>
      inSlices(context, (breathe) => pager.page(sorted(query, sort), from, count, breathe)),
    'calls.count': ({ query }, context) => inSlices(context, async (breathe) => ({ total: await pager.count(queryOf(query), breathe) })),
    'calls.position': ({ ref, query, sort }, context) =>
      inSlices(context, async (breathe) => {
        const seen = callReader(db).idOf(ref);
        if (seen === undefined) return {};
        // Another sighting of a call stands where the call stands.
        const id = db.prepare('SELECT same_as FROM call_fact WHERE call_id = ?').get<{ same_as: number | null }>(seen)?.same_as ?? seen;
        const index = await pager.position(sorted(query, sort), id, breathe);
        return index === undefined ? {} : { index };
      }),
    'calls.activity': ({ query, bins }, context) =>
      inSlices(context, async (breathe) => {
        const asked = queryOf(query);
        const found = await search.find(asked, breathe);
        return found === undefined ? getActivity(db, asked.filter.where, asked.filter.params, bins) : foundActivity(db, found, bins);
      }),
    'calls.facets': ({ query, ...request }, context) =>
      inSlices(context, (breathe) => countFacets(search, queryOf(query), request, breathe)),
    'calls.values': ({ query, ...request }, context) =>
      inSlices(context, (breathe) => fieldValues(search, queryOf(query), request, breathe)),
    'calls.get': ({ ref }) => {
      const detail = getCallDetail(db, ports.codec, ref);
      if (detail === undefined) throw new AppError('not-found', `no call ${ref} in this case`);
      return detail;
    },
  };
}
