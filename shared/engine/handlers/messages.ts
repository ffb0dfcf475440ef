import { getReview } from '../store/meta.ts';
import { getMergedDetail } from '../store/read/calls/call-detail.ts';
import { callPager } from '../store/read/calls/call-pager.ts';
import { inCommonOrder } from '../store/read/chains/common-order.ts';
import { toConversation } from '../store/read/messages/conversation.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';
import { queryOf } from './filter.ts';

/** What was said in calls: bodies are read one call at a time, as they stand in the case, masked. */
export function messageHandlers({ db, ports, search }: EngineContext): Some<'calls.messages'> {
  const pager = callPager(search);
  return {
    'calls.messages': ({ query, limit }, context) =>
      inSlices(ports, context, async (breathe) => {
        const asked = { ...queryOf(query, () => getReview(db)), sort: { field: 'time', descending: false } as const };
        const { rows } = await pager.page(asked, 0, limit, breathe);
        const total = await pager.count(asked, breathe);
        return toConversation(inCommonOrder(db, rows), total, (call) => getMergedDetail(db, ports.codec, call.id), breathe);
      }),
  };
}
