import { AppError } from '../../contract/errors.ts';
import type { CallQuery } from '../store/columns/call-search.ts';
import { getReview } from '../store/meta.ts';
import { foundActivity, getActivity } from '../store/read/calls/activity.ts';
import { getCallDetail } from '../store/read/calls/call-detail.ts';
import { compareCallSets } from '../store/read/calls/call-sets.ts';
import { callPager, type SortedQuery } from '../store/read/calls/call-pager.ts';
import { callReader, type CallSort } from '../store/read/calls/calls.ts';
import { countFacets, fieldValues } from '../store/read/calls/facets.ts';
import { countFlags, FLAGS_FIELD } from '../store/read/calls/flag-facets.ts';
import { countLinked, isLinkedField, linkedValues } from '../store/read/calls/linked-facets.ts';
import { withReview } from '../store/read/review/review-marks.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';
import { queryOf } from './filter.ts';

type Names =
  | 'calls.page'
  | 'calls.count'
  | 'calls.position'
  | 'calls.step'
  | 'calls.activity'
  | 'calls.facets'
  | 'calls.values'
  | 'calls.get'
  | 'calls.compare'
  | 'calls.progress'
  | 'calls.hold';

/** Questions about calls. Those about many work in slices, so that a cancel and other questions come between. */
export function callHandlers({ db, ports, search }: EngineContext): Some<Names> {
  const pager = callPager(search);
  const asked = (query: string): CallQuery => queryOf(query, () => getReview(db));
  const sorted = (query: string, sort: CallSort = { field: 'time', descending: false }): SortedQuery => ({ ...asked(query), sort });
  // Another sighting of a call stands where the call stands.
  const standingId = (ref: string): number | undefined => {
    const seen = callReader(db).idOf(ref);
    return seen === undefined
      ? undefined
      : (db.prepare('SELECT same_as FROM call_fact WHERE call_id = ?').get<{ same_as: number | null }>(seen)?.same_as ?? seen);
  };
  return {
    'calls.page': ({ from, count, query, sort }, context) =>
      inSlices(ports, context, async (breathe) => {
        const page = await pager.page(sorted(query, sort), from, count, breathe);
        return { ...page, rows: withReview(db, page.rows) };
      }),
    'calls.count': ({ query }, context) =>
      inSlices(ports, context, async (breathe) => ({ total: await pager.count(asked(query), breathe) })),
    'calls.progress': ({ query }) => search.progress(asked(query)) ?? {},
    'calls.hold': ({ query, what }) => {
      if (what === 'stop') search.stop(asked(query));
      else search.forget(asked(query));
      return { done: true };
    },
    'calls.position': ({ ref, query, sort }, context) =>
      inSlices(ports, context, async (breathe) => {
        const id = standingId(ref);
        const index = id === undefined ? undefined : await pager.position(sorted(query, sort), id, breathe);
        return index === undefined ? {} : { index };
      }),
    'calls.step': ({ ref, query, sort, clause, by }, context) =>
      inSlices(ports, context, async (breathe) => {
        const step = await pager.step(sorted(query, sort), asked(clause), ref === undefined ? undefined : standingId(ref), by, breathe);
        const found = step === undefined ? undefined : callReader(db).refOf(step.callId);
        return step === undefined || found === undefined ? {} : { ref: found, index: step.index };
      }),
    'calls.activity': ({ query, bins }, context) =>
      inSlices(ports, context, async (breathe) => {
        const { filter, ...rest } = asked(query);
        const found = await search.find({ filter, ...rest }, breathe);
        return found === undefined ? getActivity(db, filter.where, filter.params, bins) : foundActivity(db, found, bins);
      }),
    'calls.facets': ({ query: text, fields, ...request }, context) =>
      inSlices(ports, context, async (breathe) => {
        const query = asked(text);
        const ofCalls = fields.filter((field) => !isLinkedField(field) && field !== FLAGS_FIELD);
        const facets = [...(await countFacets(search, query, { ...request, fields: ofCalls }, breathe))];
        for (const field of fields.filter(isLinkedField)) facets.push(await countLinked(search, query, field, request, breathe));
        if (fields.includes(FLAGS_FIELD)) {
          const contains = request.within?.field === FLAGS_FIELD ? request.within.contains : '';
          facets.push(await countFlags(search, query, { toQuery: asked, contains }, breathe));
        }
        search.warm();
        return facets;
      }),
    'calls.values': ({ query, ...request }, context) =>
      isLinkedField(request.field)
        ? linkedValues(db, request.field, asked(query).filter, request.startsWith, request.count)
        : inSlices(ports, context, (breathe) => fieldValues(search, asked(query), request, breathe)),
    'calls.compare': ({ left, right }, context) =>
      inSlices(ports, context, (breathe) => compareCallSets(search, asked(left), asked(right), breathe)),
    'calls.get': ({ ref }) => {
      const detail = getCallDetail(db, ports.codec, ref);
      if (detail === undefined) throw new AppError('not-found', `no call ${ref} in this case`);
      const [call = detail.call] = withReview(db, [detail.call]);
      return { ...detail, call };
    },
  };
}
